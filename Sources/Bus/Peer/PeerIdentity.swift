public import GRPCCore
public import Messages

/// Who a peer says it is in HELLO.
public struct PeerIdentity: Sendable, Hashable {
  /// Name of the worker, or ``clientName``.
  public var worker: String
  /// Unique for each start of the process.
  public var instance: String
  public var processID: UInt32
  /// Instances without a slice share calls; a worker with a slice has one active instance.
  public var isStateless: Bool
  /// What it asks for: the broker lets it do nothing else.
  public var manifest: Recourse_Bus_V1_Manifest

  /// The name of a peer that serves nothing.
  public static let clientName = "client"

  public init(
    worker: String, instance: String, processID: UInt32, isStateless: Bool = false,
    manifest: Recourse_Bus_V1_Manifest = Recourse_Bus_V1_Manifest()
  ) {
    self.worker = worker
    self.instance = instance
    self.processID = processID
    self.isStateless = isStateless
    self.manifest = manifest
  }
}

/// A service that a peer offers.
public struct ServiceOffer: Sendable, Hashable {
  /// Fully qualified name.
  public var name: String
  public var methods: [Method]

  /// A method, by its name without the service.
  public struct Method: Sendable, Hashable {
    /// Without the service.
    public var name: String
    /// Nil if the peer does not tell.
    public var kind: MethodDescriptor.RPCType?
  }

  public init(name: String, methods: [Method]) {
    self.name = name
    self.methods = methods
  }

  /// Reads it as HELLO has it.
  public init(_ message: Recourse_Bus_V1_ServiceOffer) {
    name = message.name
    methods = message.methods.enumerated().map { index, name in
      let kind = index < message.kinds.count ? message.kinds[index] : .unspecified
      return Method(name: name, kind: MethodDescriptor.RPCType(kind))
    }
  }

  /// As HELLO has it.
  public var message: Recourse_Bus_V1_ServiceOffer {
    var message = Recourse_Bus_V1_ServiceOffer()
    message.name = name
    message.methods = methods.map(\.name)
    message.kinds = methods.map { Recourse_Bus_V1_MethodKind($0.kind) }
    return message
  }
}

extension MethodDescriptor.RPCType {
  init?(_ kind: Recourse_Bus_V1_MethodKind) {
    switch kind {
    case .unary: self = .unary
    case .clientStreaming: self = .clientStreaming
    case .serverStreaming: self = .serverStreaming
    case .bidirectionalStreaming: self = .bidirectionalStreaming
    case .unspecified, .UNRECOGNIZED: return nil
    }
  }
}

extension Recourse_Bus_V1_MethodKind {
  init(_ kind: MethodDescriptor.RPCType?) {
    self =
      switch kind {
      case .unary: .unary
      case .clientStreaming: .clientStreaming
      case .serverStreaming: .serverStreaming
      case .bidirectionalStreaming: .bidirectionalStreaming
      case nil: .unspecified
      }
  }
}
