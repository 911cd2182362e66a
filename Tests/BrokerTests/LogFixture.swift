import Foundation
import Messages
import SwiftProtobuf

@testable import Broker

/// Batches and what stands in them, everything defaulted.
enum Batch {
  static let sliceID = Data(0..<16)
  static let recordedAt = Date(timeIntervalSince1970: 1_767_225_600)

  static func of(
    _ sequences: [UInt64], slice: Data = sliceID, incarnation: UInt32 = 1, worker: String = "w",
    key: String = "case/4F7K-2M9X", type: String = "t.Happened", payload: Data = Data([1]),
    branch: (from: UInt32, after: UInt64) = (0, 0), epoch: UInt64 = 0
  ) -> AppendBatch {
    var batch = AppendBatch()
    batch.producer.branchedFrom = branch.from
    batch.producer.branchedAfter = branch.after
    batch.producer.epoch = epoch
    batch.producer.sliceID = slice
    batch.producer.incarnation = incarnation
    batch.producer.worker = worker
    batch.events = sequences.map { sequence in
      var event = Recourse_Bus_V1_Event()
      event.sequence = sequence
      event.key = key
      event.type = type
      event.payload = payload
      event.occurredAt = Google_Protobuf_Timestamp(seconds: 1_767_225_600, nanos: 123_456_000)
      return event
    }
    return batch
  }
}

extension LogStore {
  /// Appends one batch with a commit of its own.
  func append(_ batch: AppendBatch) -> Result<LogResult.Appended, LogRefusal> {
    append([batch], recordedAt: Batch.recordedAt)[0]
  }

  func events(
    after: UInt64 = 0, key: String? = nil, types: [String] = [], limit: Int = 64
  ) throws -> [Recourse_Bus_V1_LoggedEvent] {
    try read(LogQuery(after: after, key: key, types: types, limit: limit)).get().events
  }
}
