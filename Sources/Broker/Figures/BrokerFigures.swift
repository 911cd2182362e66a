import Synchronization

/// How the broker is at one moment, in numbers: what metrics are made of.
public struct BrokerFigures: Sendable {
  /// A method with the calls of it since the broker's start.
  public struct Method: Sendable {
    /// `package.Service/Method`, or `other` for those beyond the 512 that are counted by name.
    public let name: String
    public let begun: UInt64
    /// Ended by whoever answers them, by gRPC's codes from 0 on.
    public let ended: [UInt64]
    /// The same by latency: as many as were no slower than the bound of that place, and the last all others.
    public let latencies: [UInt64]
    /// All latencies together.
    public let latencySeconds: Double
  }

  /// Upper bounds of ``Method/latencies``.
  public static var latencyBoundsSeconds: [Double] {
    CallTally.latencyBounds.map { Double($0) / 1e9 }
  }

  public var methods: [Method] = []
  /// Calls that the broker itself has ended or never let begin, by gRPC's codes from 0 on.
  public var ownAnswers: [UInt64] = []
  /// Peers and frames that were refused.
  public var refusals: UInt64 = 0
  /// Of these, those that were not sent because too many connections have no session; connections of which that is
  /// remembered.
  public var unheardRefusals: UInt64 = 0
  public var strangers = 0
  /// Peers that are connected; of these, instances that stand by.
  public var sessions = 0
  public var standbys = 0
  /// Calls that are open; of these, those that wait for somebody to answer them.
  public var openCalls = 0
  public var waitingCalls = 0
  /// Position of the newest event.
  public var logHead: UInt64 = 0
  /// What the log's storage was asked and has not done: batches, their bytes, and pages to read.
  public var waitingBatches = 0
  public var waitingBytes = 0
  public var waitingReads = 0
}

extension BrokerCore {
  var figures: BrokerFigures {
    var figures = BrokerFigures()
    figures.methods = tally.methods.map { method in
      BrokerFigures.Method(
        name: method.name, begun: method.begun, ended: method.ended, latencies: method.classes,
        latencySeconds: Double(method.nanoseconds) / 1e9)
    }
    figures.ownAnswers = tally.ownAnswers
    figures.refusals = tally.refusals
    figures.unheardRefusals = tally.unheard
    figures.strangers = strangers.count
    let connected = sessions.numbers.compactMap { sessions[$0] }
    figures.sessions = connected.count
    figures.standbys = connected.count { $0.isStandby }
    figures.openCalls = calls.count
    figures.waitingCalls = waiting.entries.count
    figures.logHead = log.head
    (figures.waitingBatches, figures.waitingBytes, figures.waitingReads) = logLoad.waiting
    return figures
  }
}

/// Through which a broker that runs can be looked at; empty before and after.
public final class BrokerWindow: Sendable {
  private let broker = Mutex<ZeroMQBroker?>(nil)

  public init() {}

  /// Nil if no broker runs.
  public func figures() async -> BrokerFigures? {
    guard let broker = broker.withLock({ $0 }) else { return nil }
    return await broker.figures()
  }

  func show(_ running: ZeroMQBroker?) { broker.withLock { $0 = running } }
}
