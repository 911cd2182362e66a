import Bus
import Foundation
import GRPCCore
import Logging
import Messages
import SwiftProtobuf

/// Carries events from the outbox to the log, in order, as fast as the log takes them. A row leaves the
/// outbox only when the log says that it is durable; what was sent and not answered is sent again.
struct OutboxPump: Sendable {
  let worker: String
  let context: WorkerContext
  let signal: Signal

  func run() async throws {
    let log = Recourse_Bus_V1_EventLog.Stub(wrapping: context.client)
    let backOff = BackOff()
    while true {
      do {
        try await pump(log, backOff)
      } catch let error as SliceError {
        throw error
      } catch let error as StorageFailure {
        throw error
      } catch {
        try Task.checkCancellation()
        if let error = error as? RPCError, Self.isFinal(error) {
          // Going on would not help: the process ends, and whoever looks after it sees that.
          context.logger.critical(
            "the log refuses this producer", metadata: ["why": "\(error.message)"])
          throw error
        }
        context.logger.warning(
          "the log is away; what is announced waits", metadata: ["why": "\(Self.why(error))"])
        try await backOff.pause()
      }
    }
  }

  /// The log has looked at what was sent and will not take it, however often it is sent.
  private static func isFinal(_ error: RPCError) -> Bool {
    [.failedPrecondition, .alreadyExists, .outOfRange, .invalidArgument, .dataLoss].contains(
      error.code)
  }

  private static func why(_ error: any Error) -> String {
    (error as? RPCError).map { "\($0.code): \($0.message)" } ?? "\(type(of: error))"
  }

  private func pump(
    _ log: Recourse_Bus_V1_EventLog.Stub<BusClient>, _ backOff: BackOff
  ) async throws {
    let request = StreamingClientRequest(of: Recourse_Bus_V1_AppendRequest.self) { writer in
      var sent = try await context.slice.read { try OutboxTable.counter(in: $0).durableSequence }
      while true {
        while let (batch, last) = try await nextBatch(after: sent) {
          // Sent again until it is durable.
          context.progress.update { $0.anchored = max($0.anchored, batch.auditSequence) }
          try await writer.write(batch)
          sent = last
        }
        try await signal.wait()
      }
    }
    try await log.append(request: request) { response in
      for try await answer in response.messages {
        try await acknowledge(answer)
        backOff.reset()
      }
    }
  }

  /// What is next; a process that no longer owns the slice has nothing to announce from it.
  func nextBatch(
    after sent: UInt64
  ) async throws -> (Recourse_Bus_V1_AppendRequest, UInt64)? {
    let identity = context.slice.identity
    return try await context.slice.readOwned { reader in
      var bytes = 0
      let rows = try OutboxTable.rows(
        after: sent, limit: Bounds.outboxBatchLimit, in: reader
      ).prefix { row in
        defer { bytes += row.payload.count }
        return bytes == 0 || bytes + row.payload.count <= Bounds.outboxBatchBytesLimit
      }
      guard let last = rows.last else { return nil }
      var batch = try Recourse_Bus_V1_AppendRequest(of: worker, identity, in: reader)
      batch.events = rows.map { row in
        var event = Recourse_Bus_V1_Event()
        event.sequence = row.sequence
        event.key = row.key
        event.type = row.type
        event.payload = row.payload
        event.occurredAt = Google_Protobuf_Timestamp(date: row.occurredAt)
        return event
      }
      return (batch, last.sequence)
    }
  }

  private func acknowledge(_ answer: Recourse_Bus_V1_AppendResponse) async throws {
    try await context.slice.write { transaction in
      try OutboxTable.isDurable(
        answer.durableSequence, position: answer.position, in: transaction)
    }
    context.progress.update { facts in
      facts.durable = max(facts.durable, answer.durableSequence)
      facts.durablePosition = max(facts.durablePosition, answer.position)
    }
  }
}

extension Recourse_Bus_V1_AppendRequest {
  /// A batch of a slice without events, with the head of its audit.
  init(of worker: String, _ identity: SliceIdentity, in reader: SliceReader) throws {
    self.init()
    producer.sliceID = identity.sliceID
    producer.incarnation = identity.incarnation
    producer.worker = worker
    producer.branchedFrom = identity.branchedFrom
    producer.branchedAfter = identity.branchedAfter
    producer.epoch = identity.epoch
    guard let head = try AuditTable.head(in: reader), head.isAnchorable else { return }
    auditHead = head.hash
    auditSequence = head.sequence
  }
}
