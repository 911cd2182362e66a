/// Who a peer says it is in HELLO.
public struct PeerIdentity: Sendable, Hashable {
  /// Name of the worker, or ``clientName``.
  public var worker: String
  /// Unique for each start of the process.
  public var instance: String
  public var processID: UInt32
  /// Instances without a slice share calls; a worker with a slice has one active instance.
  public var isStateless: Bool

  /// The name of a peer that serves nothing.
  public static let clientName = "client"

  public init(worker: String, instance: String, processID: UInt32, isStateless: Bool = false) {
    self.worker = worker
    self.instance = instance
    self.processID = processID
    self.isStateless = isStateless
  }
}

/// A service that a peer offers.
public struct ServiceOffer: Sendable, Hashable {
  /// Fully qualified name.
  public var name: String
  public var methods: [String]

  public init(name: String, methods: [String]) {
    self.name = name
    self.methods = methods
  }
}
