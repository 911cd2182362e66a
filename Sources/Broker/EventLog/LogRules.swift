import CaseModel
import Messages

/// What may be appended, decided without the storage.
enum LogRules {
  /// Events of one batch at most.
  static let batchLimit = 512
  /// Bytes of one event's payload at most.
  static let payloadBytesLimit = 256 * 1024

  /// Refuses a batch that is malformed in itself.
  static func check(_ request: Recourse_Bus_V1_AppendRequest) throws(LogRefusal) {
    guard request.producer.sliceID.count == 16 else {
      throw .malformed("producer.slice_id has 16 bytes")
    }
    guard !request.producer.worker.isEmpty else { throw .malformed("producer.worker is empty") }
    guard request.producer.incarnation > 0 else {
      throw .malformed("producer.incarnation counts from 1")
    }
    guard let first = request.events.first else { throw .malformed("events is empty") }
    guard request.events.count <= batchLimit else {
      throw .malformed("\(request.events.count) events, at most \(batchLimit)")
    }
    guard first.sequence > 0 else { throw .malformed("events[0].sequence counts from 1") }
    for (index, event) in request.events.enumerated() {
      guard event.sequence == first.sequence + UInt64(index) else {
        throw .malformed("events[\(index)].sequence leaves a gap")
      }
      guard (try? EventKey(parsing: event.key)) != nil else {
        throw .malformed("events[\(index)].key is no case/, area/, plan/ or system/ key")
      }
      guard !event.type.isEmpty else { throw .malformed("events[\(index)].type is empty") }
      guard event.payload.count <= payloadBytesLimit else {
        throw .malformed("events[\(index)].payload is longer than \(payloadBytesLimit) bytes")
      }
    }
  }

  /// How many events at the front of a batch are durable already; the rest is new.
  /// - Parameter mark: the producer's newest durable sequence, 0 if it has none.
  static func alreadyDurable(first: UInt64, count: Int, mark: UInt64) throws(LogRefusal) -> Int {
    guard first <= mark + 1 else { throw .gap(expected: mark + 1, received: first) }
    return min(count, Int(mark + 1 - first))
  }
}
