import CaseModel
import Crypto
import Foundation
import GRDB
import Messages
import SwiftProtobuf

/// A row of the log, with the checksum over everything else in it.
struct StoredEvent {
  let position: Int64
  let sliceID: Data
  let incarnation: Int64
  let sequence: Int64
  let worker: String
  let key: String
  let partition: Int64
  let type: String
  let payload: Data
  let occurredAt: Int64
  let recordedAt: Int64
  private(set) var checksum = Data()

  init(
    _ event: Recourse_Bus_V1_Event, _ producer: Recourse_Bus_V1_Producer, position: Int64,
    recordedAt: Int64
  ) {
    self.position = position
    sliceID = producer.sliceID
    incarnation = Int64(producer.incarnation)
    sequence = Int64(event.sequence)
    worker = producer.worker
    key = event.key
    partition = Int64(Partition.number(of: event.key))
    type = event.type
    payload = event.payload
    occurredAt = LogStore.microseconds(event.occurredAt.date)
    self.recordedAt = recordedAt
    checksum = expectedChecksum
  }

  init(_ row: Row) {
    position = row["position"]
    sliceID = row["slice_id"]
    incarnation = row["incarnation"]
    sequence = row["sequence"]
    worker = row["worker"]
    key = row["event_key"]
    partition = row["partition_number"]
    type = row["type"]
    payload = row["payload"]
    occurredAt = row["occurred_at"]
    recordedAt = row["recorded_at"]
    checksum = row["checksum"]
  }

  /// SHA-256 over all fields, each with its length, shortened to 16 bytes.
  var expectedChecksum: Data {
    var hash = SHA256()
    for number in [position, incarnation, sequence, partition, occurredAt, recordedAt] {
      withUnsafeBytes(of: number.bigEndian) { hash.update(bufferPointer: $0) }
    }
    for bytes in [sliceID, Data(worker.utf8), Data(key.utf8), Data(type.utf8), payload] {
      withUnsafeBytes(of: Int64(bytes.count).bigEndian) { hash.update(bufferPointer: $0) }
      hash.update(data: bytes)
    }
    return Data(hash.finalize().prefix(16))
  }

  var logged: Recourse_Bus_V1_LoggedEvent {
    var logged = Recourse_Bus_V1_LoggedEvent()
    logged.position = UInt64(position)
    logged.producer.sliceID = sliceID
    logged.producer.incarnation = UInt32(incarnation)
    logged.producer.worker = worker
    logged.event.sequence = UInt64(sequence)
    logged.event.key = key
    logged.event.type = type
    logged.event.payload = payload
    logged.event.occurredAt = Self.timestamp(occurredAt)
    logged.partition = UInt32(partition)
    logged.recordedAt = Self.timestamp(recordedAt)
    return logged
  }

  private static func timestamp(_ microseconds: Int64) -> Google_Protobuf_Timestamp {
    var (seconds, rest) = microseconds.quotientAndRemainder(dividingBy: 1_000_000)
    if rest < 0 {
      seconds -= 1
      rest += 1_000_000
    }
    return Google_Protobuf_Timestamp(seconds: seconds, nanos: Int32(rest * 1000))
  }
}
