import Foundation
import Messages
import SwiftProtobuf
import ZeroMQ

@testable import Bus

/// Bodies of messages, made once: large ones are shared, so that an input costs no copies.
enum Bodies {
  private static let zeros = [UInt8](repeating: 0, count: size).withUnsafeBytes {
    Part(copying: $0)
  }
  private static let size = WireLimits.bodyBytesLimit

  /// So many zeros, at most ``WireLimits/bodyBytesLimit``.
  static func zeros(_ count: Int) -> WireBytes { WireBytes(zeros, from: size - min(count, size)) }

  /// A body that nobody reads, by a number.
  static func plain(_ number: UInt8) -> WireBytes {
    switch number & 7 {
    case 0: []
    case 1...3: [1, 2, 3]
    case 4: zeros(40)
    case 5: zeros(300_000)
    case 6: zeros(1_048_576)
    default: zeros(size)
    }
  }

  /// A body that a method of the log reads, right or wrong in one of many ways, by a number.
  static func request(of method: String, _ number: UInt8) -> WireBytes {
    switch method {
    case "recourse.bus.v1.EventLog/Append": pick(appends, number)
    case "recourse.bus.v1.EventLog/Read": pick(reads, number)
    case "recourse.bus.v1.EventLog/ReadByKey": pick(readsByKey, number)
    default: plain(number)
    }
  }

  private static func pick(_ bodies: [WireBytes], _ number: UInt8) -> WireBytes {
    bodies[Int(number) % bodies.count]
  }

  // MARK: Of the log

  private static let appends: [WireBytes] = [
    append(1), append(1), append(2), append(512), append(1, payload: 262_144),
    append(0), append(513), append(1, payload: 262_145),
    append(1) { $0.producer.sliceID = Data([1]) },
    append(1) { $0.producer.worker = "é" },
    append(1) { $0.producer.incarnation = 0 },
    append(2) { $0.events[1].sequence = 7 },
    append(2) { $0.events[0].sequence = .max },
    append(1) { $0.events[0].key = "case" },
    append(1) { $0.events[0].type = "" },
    append(1) { $0.events[0].occurredAt.nanos = -1 },
    append(1) { $0.events[0].occurredAt.seconds = .max },
    [0xFF], [],
  ]

  private static func append(
    _ count: Int, payload: Int = 1,
    _ change: (inout Recourse_Bus_V1_AppendRequest) -> Void = { _ in }
  ) -> WireBytes {
    var request = Recourse_Bus_V1_AppendRequest()
    request.producer.sliceID = Data(0..<16)
    request.producer.incarnation = 1
    request.producer.worker = "w"
    request.events = (0..<count).map { index in
      var event = Recourse_Bus_V1_Event()
      event.sequence = UInt64(index + 1)
      event.key = "case/4F7K-2M9X"
      event.type = "t.Happened"
      event.payload = Data(count: payload)
      event.occurredAt = Google_Protobuf_Timestamp(seconds: 1_767_225_600)
      return event
    }
    change(&request)
    return encoded(request)
  }

  private static let reads: [WireBytes] = [
    read(0, follow: true), read(0), read(3, follow: true), read(3), read(.max), read(1, types: 256),
    read(.max, follow: true), read(0, types: 257), [0xFF], [],
  ]

  private static func read(_ after: UInt64, follow: Bool = false, types: Int = 0) -> WireBytes {
    var request = Recourse_Bus_V1_ReadRequest()
    request.afterPosition = after
    request.follow = follow
    request.types = (0..<types).map { "t.T\($0)" }
    return encoded(request)
  }

  private static let readsByKey: [WireBytes] = ["case/4F7K-2M9X", ""].map { key in
    var request = Recourse_Bus_V1_ReadByKeyRequest()
    request.key = key
    return encoded(request)
  }

  static func encoded(_ message: some SwiftProtobuf.Message) -> WireBytes {
    (try? message.serializedBytes()) ?? []
  }
}
