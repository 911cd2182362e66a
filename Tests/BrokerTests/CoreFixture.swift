import Bus
import GRPCCore
import Messages
import SwiftProtobuf
import Testing

@testable import Broker

/// A broker's core with peers around it, and everything that it has told them.
struct CoreFixture {
  var core: BrokerCore
  /// Nanoseconds; moved by hand.
  var now: UInt64 = 1_000_000_000
  /// Frames by peer, oldest first; ``take(_:)`` empties it.
  private var sent: [PeerID: [Frame]] = [:]
  private(set) var asked: [LogRequest] = []
  /// Calls of the log that it was told are over.
  private(set) var over: [UInt64] = []
  /// What was to be recorded.
  private(set) var refused: [Refused] = []
  /// Who has asked for more than is approved.
  private(set) var askedForMore: [String] = []

  static let heartbeat: UInt64 = 2_000_000_000

  init(
    logHead: UInt64 = 0, logGenerations: [LogGeneration] = [.first], keys: KeyRing.Standing? = nil,
    approvals: [String: Recourse_Bus_V1_Manifest]? = nil
  ) {
    core = BrokerCore(
      BrokerCore.Settings(
        heartbeat: Self.heartbeat, processID: 99, start: 7, logHead: logHead,
        logGenerations: logGenerations, keys: keys, approvals: approvals))
  }

  static func peer(_ number: UInt64) -> PeerID { PeerID(number) }

  @discardableResult
  mutating func handle(_ event: BrokerCore.Event) -> [BrokerCore.Action] {
    core.handle(event, now: now)
    var actions: [BrokerCore.Action] = []
    while let action = core.nextAction() {
      actions.append(action)
      switch action {
      case .send(let frame, let peer): sent[peer, default: []].append(frame)
      case .log(let request): asked.append(request)
      case .logCallOver(let call): over.append(call)
      case .refused(let refusal): refused.append(refusal)
      case .askedForMore(let principal, _): askedForMore.append(principal)
      }
    }
    return actions
  }

  mutating func say(_ frame: Frame, from peer: UInt64) {
    handle(.frame(frame, from: Self.peer(peer)))
  }

  /// What the peer was told since the last time.
  mutating func take(_ peer: UInt64) -> [Frame] {
    defer { sent[Self.peer(peer)] = nil }
    return sent[Self.peer(peer)] ?? []
  }

  mutating func takeAsked() -> [LogRequest] {
    defer { asked = [] }
    return asked
  }

  // MARK: Sessions

  /// Greets; returns the session of the WELCOME, or 0 after a REFUSE.
  @discardableResult
  mutating func join(
    _ peer: UInt64, _ worker: String = "client", instance: String? = nil,
    serving methods: [String] = [], stateless: Bool = false, attempt: UInt64 = 1,
    features: [String] = [WireFeature.waitForReady],
    asking manifest: Recourse_Bus_V1_Manifest? = nil
  ) throws -> UInt64 {
    say(
      try Self.hello(
        worker, instance ?? "\(peer)", methods, stateless, attempt, features, manifest),
      from: peer)
    let answer = try #require(take(peer).last)
    return answer.kind == .welcome ? answer.session : 0
  }

  static func hello(
    _ worker: String, _ instance: String = "i", _ methods: [String] = [],
    _ stateless: Bool = false, _ attempt: UInt64 = 1,
    _ features: [String] = [WireFeature.waitForReady],
    _ manifest: Recourse_Bus_V1_Manifest? = nil
  ) throws -> Frame {
    var hello = Recourse_Bus_V1_Hello()
    hello.wireVersionMin = 1
    hello.wireVersionMax = 1
    hello.worker = worker
    hello.instance = instance
    hello.stateless = stateless
    hello.attempt = attempt
    hello.features = features
    if let manifest { hello.manifest = manifest }
    for name in methods {
      let parts = name.split(separator: "/").map(String.init)
      var offer = Recourse_Bus_V1_ServiceOffer()
      offer.name = parts[0]
      offer.methods = Array(parts.dropFirst())
      hello.services.append(offer)
    }
    return Frame(.hello, flags: .message, body: try hello.serializedBytes())
  }

  /// Greets by a key; returns the answer.
  mutating func greet(
    _ peer: UInt64, _ worker: String, by key: PublicKey?, instance: String = "i",
    serving methods: [String] = [], attempt: UInt64 = 1
  ) throws -> Frame? {
    let hello = try Self.hello(worker, instance, methods, false, attempt)
    handle(.hello(hello, from: Self.peer(peer), key: key))
    return take(peer).last
  }

  // MARK: Calls

  static func open(
    _ method: String, session: UInt64, stream: UInt64, target: String = "", sequence: UInt32 = 0,
    message: WireBytes? = [1]
  ) -> Frame {
    Frame(
      .open, flags: message == nil ? [] : [.end, .message], session: session, stream: stream,
      sequence: sequence, fields: OpenFields(method: method, target: target).encoded(),
      body: message)
  }

  static func status(
    _ code: Status.Code, session: UInt64, stream: UInt64, sequence: UInt32 = 0
  ) -> Frame {
    Frame(
      .status, session: session, stream: stream, sequence: sequence,
      fields: StatusFields(status: Status(code: code, message: "")).encoded())
  }
}

extension Frame {
  /// Code, message and trailing metadata of a STATUS.
  var statusFields: StatusFields? {
    kind == .status ? try? StatusFields(decoding: self) : nil
  }

  var code: Status.Code? { statusFields?.status.code }

  /// What a STATUS says of the call's delivery.
  var delivered: String? {
    statusFields.flatMap { fields in
      Array(fields.trailingMetadata[stringValues: CallMetadata.delivered]).first
    }
  }

  /// Code and session of a REFUSE.
  var refusal: Recourse_Bus_V1_Refuse.Code? {
    guard kind == .refuse, let body else { return nil }
    return (try? Recourse_Bus_V1_Refuse(serializedBytes: body))?.code
  }
}
