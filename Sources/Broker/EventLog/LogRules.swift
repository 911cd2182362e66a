import CaseModel
import Messages
import SwiftProtobuf

/// What may be appended, decided without the storage.
enum LogRules {
  /// Events of one batch at most.
  static let batchLimit = 512
  /// Bytes of one event's payload at most.
  static let payloadBytesLimit = 256 * 1024
  /// Characters of a worker's name and of an event's type at most.
  static let nameLimit = 128
  /// Bytes of the head of an audit: SHA-256.
  static let headBytes = 32
  /// The largest number that an event, a row of an audit, an epoch or the end of a branch may have: within what can be
  /// stored, and beyond what is ever reached, since all grow by one. (A wrong epoch below it still fences the slice's
  /// process.)
  static let numberLimit: UInt64 = 1 << 53
  /// Seconds of the times that a Timestamp may have: the years 1 to 9999.
  static let secondsRange: ClosedRange<Int64> = -62_135_596_800...253_402_300_799

  /// Refuses a batch that is malformed in itself.
  static func check(_ request: Recourse_Bus_V1_AppendRequest) throws(LogRefusal) {
    guard request.producer.sliceID.count == 16 else {
      throw .malformed("producer.slice_id has 16 bytes")
    }
    guard isName(request.producer.worker) else {
      throw .malformed("producer.worker is no name of at most \(nameLimit) characters")
    }
    guard request.producer.incarnation > 0 else {
      throw .malformed("producer.incarnation counts from 1")
    }
    guard request.producer.epoch <= numberLimit, request.producer.branchedAfter <= numberLimit
    else { throw .malformed("producer.epoch and producer.branched_after are at most 2^53") }
    guard request.auditSequence <= numberLimit else {
      throw .malformed("audit_sequence is at most 2^53")
    }
    guard request.auditSequence == 0 || request.auditHead.count == headBytes else {
      throw .malformed("audit_head has \(headBytes) bytes")
    }
    guard let first = request.events.first else {
      // It anchors the audit alone.
      guard request.auditSequence > 0 else { throw .malformed("events is empty") }
      return
    }
    guard request.events.count <= batchLimit else {
      throw .malformed("\(request.events.count) events, at most \(batchLimit)")
    }
    guard (1...numberLimit).contains(first.sequence) else {
      throw .malformed("events[0].sequence counts from 1 to 2^53")
    }
    for (index, event) in request.events.enumerated() {
      guard event.sequence == first.sequence &+ UInt64(index) else {
        throw .malformed("events[\(index)].sequence leaves a gap")
      }
      guard (try? EventKey(parsing: event.key)) != nil else {
        throw .malformed("events[\(index)].key is no case/, area/, plan/ or system/ key")
      }
      guard isName(event.type) else {
        throw .malformed("events[\(index)].type is no name of at most \(nameLimit) characters")
      }
      guard secondsRange.contains(event.occurredAt.seconds),
        (0..<1_000_000_000).contains(event.occurredAt.nanos)
      else { throw .malformed("events[\(index)].occurred_at is no time of the years 1 to 9999") }
      guard event.payload.count <= payloadBytesLimit else {
        throw .malformed("events[\(index)].payload is longer than \(payloadBytesLimit) bytes")
      }
    }
  }

  /// Letters, digits and `._-`: what is stored reads back as it was, whatever the storage.
  private static func isName(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= nameLimit
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"),
          UInt8(ascii: "-"):
          true
        default: false
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
