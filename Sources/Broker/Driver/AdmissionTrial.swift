import Bus
import Messages
import SwiftProtobuf
import Synchronization

/// What a broker tries on itself before it says that it serves: over its own address, whoever shows no key and
/// whoever shows a key that nobody has enrolled get no connection.
struct AdmissionTrial: Sendable {
  let broker: PublicKey
  /// A pair that was made for this, and is nobody's.
  let stranger: KeyPair

  /// Nanoseconds that a refusal may take. It takes some milliseconds.
  private static let limit: UInt64 = 5_000_000_000

  /// Connections that may come about and break without a word before that is taken for a refusal: the broker's socket
  /// may close one before the other side has read why.
  private static let lossesLimit = 2

  private enum Outcome: Sendable {
    case refused
    case admitted
    case unanswered
  }

  /// Returns when both were refused.
  /// - Throws: ``AdmissionError``; `CancellationError`.
  func run(at bound: String) async throws {
    let address = Self.reachable(bound)
    let stranger = PeerKeys(own: stranger, broker: broker)
    async let withoutKey = outcome(of: ZeroMQLink(address: address, keys: nil))
    async let withUnknownKey = outcome(of: ZeroMQLink(address: address, keys: stranger))
    for (outcome, who) in [
      (try await withoutKey, "no key"), (try await withUnknownKey, "an unknown key"),
    ] {
      switch outcome {
      case .refused: break
      case .admitted: throw AdmissionError.admits(who)
      case .unanswered: throw AdmissionError.unproven(who)
      }
    }
  }

  /// What becomes of a greeting over a link.
  private func outcome(of link: ZeroMQLink) async throws -> Outcome {
    let (outcomes, found) = AsyncStream<Outcome>.makeStream()
    let end = link.now + Self.limit
    let losses = Mutex(0)
    try await link.start { event in
      switch event {
      case .refused: found.yield(.refused)
      // Whoever is let in hears something before he loses the connection.
      case .lost:
        let count = losses.withLock { count in
          count += 1
          return count
        }
        if count >= Self.lossesLimit { found.yield(.refused) }
      // Even a refusal by a frame shows that there is a connection.
      case .frame, .malformed: found.yield(.admitted)
      case .tick(let now) where now >= end: found.yield(.unanswered)
      case .tick: break
      }
    }
    if let hello = Self.hello { link.send(hello) }
    let outcome = await outcomes.first { _ in true }
    await link.close()
    try Task.checkCancellation()
    return outcome ?? .unanswered
  }

  private static var hello: Frame? {
    var hello = Recourse_Bus_V1_Hello()
    hello.wireVersionMin = UInt32(WireLimits.version)
    hello.wireVersionMax = UInt32(WireLimits.version)
    hello.worker = PeerIdentity.clientName
    hello.instance = "trial"
    hello.attempt = 1
    let body: WireBytes? = try? hello.serializedBytes()
    return body.map { Frame(.hello, flags: .message, body: $0) }
  }

  /// An address by which this process reaches what it listens at: “anywhere” is no place to go to.
  static func reachable(_ bound: String) -> String {
    for (anywhere, here) in [
      ("tcp://0.0.0.0:", "tcp://127.0.0.1:"), ("tcp://[::]:", "tcp://[::1]:"),
    ]
    where bound.hasPrefix(anywhere) {
      return here + bound.dropFirst(anywhere.count)
    }
    return bound
  }
}

/// A broker has not shown that it lets no stranger in, so it does not serve.
public enum AdmissionError: Error, Sendable, Hashable, CustomStringConvertible {
  /// It let in whoever showed this.
  case admits(String)
  /// Whoever showed this was not refused in time, nor let in.
  case unproven(String)

  public var description: String {
    switch self {
    case .admits(let who): "the broker lets in who shows \(who)"
    case .unproven(let who): "the broker did not refuse in time who shows \(who)"
    }
  }
}
