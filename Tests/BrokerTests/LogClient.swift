import Bus
import GRPCCore
import Messages
import SwiftProtobuf

@testable import Broker

/// A client at peer 9 and the calls that it has open.
struct LogClient {
  var place: CoreFixture
  let session: UInt64
  private var sequences: [UInt64: UInt32] = [:]

  init(logHead: UInt64 = 0, generations: [LogGeneration] = [.first]) throws {
    place = CoreFixture(logHead: logHead, logGenerations: generations)
    session = try place.join(9)
  }

  mutating func open(
    _ stream: UInt64, _ method: String, _ message: (any SwiftProtobuf.Message)? = nil
  ) throws {
    sequences[stream] = 1
    place.say(
      CoreFixture.open(
        method.contains("/") ? method : "recourse.bus.v1.EventLog/\(method)", session: session,
        stream: stream,
        message: try message.map { try $0.serializedBytes() }), from: 9)
  }

  mutating func say(
    _ kind: FrameKind, _ stream: UInt64 = 1, fields: WireBytes = [], body: WireBytes? = nil
  ) {
    place.say(
      Frame(
        kind, flags: body == nil ? [] : .message, session: session, stream: stream,
        sequence: sequences[stream] ?? 0, fields: fields, body: body), from: 9)
    sequences[stream, default: 0] += 1
  }

  mutating func append(_ batch: AppendBatch, _ stream: UInt64 = 1) throws {
    say(.data, stream, body: try batch.serializedBytes())
  }

  mutating func grant(_ messages: UInt8, _ stream: UInt64 = 1) {
    say(.credit, stream, fields: [0, 0, 0, messages, 0, 1, 0, 0])
  }

  /// The number that the core gives its nth call, while none has ended.
  static func number(_ call: UInt64) -> UInt64 { call << UInt64(BrokerCore.callBits) | call - 1 }

  /// The storage says that the oldest batch it was asked for is durable.
  mutating func isDurable(_ call: UInt64, _ sequence: UInt64, position: UInt64) {
    let appended = LogResult.Appended(sequence: sequence, position: position, head: position)
    place.handle(.log(.appended(call: Self.number(call), .success(appended))))
  }

  mutating func heard() -> [Frame] { place.take(9) }

  mutating func readsAsked() -> [LogQuery] {
    place.takeAsked().compactMap { request in
      if case .read(_, let query) = request { query } else { nil }
    }
  }

  mutating func page(_ call: UInt64, _ positions: [UInt64], scanned: UInt64) {
    let events = positions.map { position in
      var event = Recourse_Bus_V1_LoggedEvent()
      event.position = position
      return event
    }
    place.handle(
      .log(.read(call: Self.number(call), .success(LogPage(events: events, scanned: scanned)))))
  }

  static func pages(_ frames: [Frame]) throws -> [Recourse_Bus_V1_ReadResponse] {
    try frames.filter { $0.kind == .data }.map { frame in
      try Recourse_Bus_V1_ReadResponse(serializedBytes: frame.body ?? [])
    }
  }

  static func request(
    after: UInt64 = 0, types: [String] = [], follow: Bool = false, generation: UInt32 = 0
  ) -> Recourse_Bus_V1_ReadRequest {
    var request = Recourse_Bus_V1_ReadRequest()
    request.afterPosition = after
    request.types = types
    request.follow = follow
    request.generation = generation
    return request
  }
}
