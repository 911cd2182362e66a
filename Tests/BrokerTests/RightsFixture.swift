import Bus
import GRPCCore
import Messages
import SwiftProtobuf

@testable import Broker

/// A broker that checks rights: `ask` calls, appends and reads; `answer` serves `t.S`.
struct RightsFixture {
  var place: CoreFixture
  /// At peers 1 and 2; 0 if they are not let in.
  private(set) var answer: UInt64 = 0
  private(set) var ask: UInt64 = 0
  private var streams: UInt64 = 1

  static let answers = Recourse_Bus_V1_Manifest.with { $0.serves = ["t.S"] }
  static let asks = Recourse_Bus_V1_Manifest.with {
    $0.calls = [
      "t.S/M", "t.S/N", "recourse.bus.v1.EventLog/Append", "recourse.bus.v1.EventLog/Read",
    ]
    $0.publishes = ["t.Happened", "u.*"]
    $0.subscribes = ["t.Happened", "t.Other"]
    $0.readsByKey = true
  }

  /// - Parameters:
  ///   - asked: what `ask` asks for.
  ///   - approved: what is approved for it; what it asks for if nothing is said.
  init(
    asked: Recourse_Bus_V1_Manifest = asks, approved: Recourse_Bus_V1_Manifest? = nil
  ) throws {
    place = CoreFixture(approvals: ["answer": Self.answers, "ask": approved ?? asked])
    answer = try place.join(
      1, "answer", serving: ["t.S/M/N"], features: WireFeature.all, asking: Self.answers)
    ask = try place.join(2, "ask", features: WireFeature.all, asking: asked)
  }

  /// Opens a call of `ask` and returns what it hears.
  mutating func call(
    _ method: String, _ message: (any SwiftProtobuf.Message)? = nil, bytes: Int = 1
  ) throws -> [Frame] {
    let body = try message.map { try $0.serializedBytes() as WireBytes }
    place.say(
      CoreFixture.open(
        method, session: ask, stream: next(),
        message: body ?? WireBytes(repeating: 1, count: bytes)), from: 2)
    return place.take(2)
  }

  /// The stream of the next call.
  mutating func next() -> UInt64 {
    defer { streams += 2 }
    return streams
  }

  mutating func append(_ batch: AppendBatch) throws -> [Frame] {
    try call("recourse.bus.v1.EventLog/Append", batch)
  }

  /// Approves something else for `ask`, and nothing else for `answer`.
  mutating func approve(_ manifest: Recourse_Bus_V1_Manifest?) {
    var approvals = ["answer": Self.answers]
    approvals["ask"] = manifest
    place.handle(.approvals(approvals))
  }
}

extension [Frame] {
  /// Code and words of the only STATUS among them.
  var ending: (code: Status.Code, message: String)? {
    let ends = compactMap(\.statusFields)
    return ends.count == 1 ? (ends[0].status.code, ends[0].status.message) : nil
  }
}
