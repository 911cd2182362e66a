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
    let log = Recourse_Bus_V1_EventLog.Client(wrapping: context.client)
    var backOff = BackOff()
    while true {
      do {
        try await pump(log)
        backOff.reset()
      } catch {
        try Task.checkCancellation()
        if let error = error as? RPCError, error.code == .failedPrecondition, error.cause == nil {
          // Another incarnation of this slice is at work: this process must not go on.
          context.logger.critical(
            "the log refuses this producer", metadata: ["why": "\(error.message)"])
          throw error
        }
        context.logger.warning("the log is away", metadata: ["why": "\(error)"])
        try await backOff.pause()
      }
    }
  }

  private func pump(_ log: Recourse_Bus_V1_EventLog.Client<BusClientTransport>) async throws {
    let request = StreamingClientRequest(of: Recourse_Bus_V1_AppendRequest.self) { writer in
      var sent = try await context.slice.read { try OutboxTable.counter(in: $0).durableSequence }
      while true {
        while let (batch, last) = try await nextBatch(after: sent) {
          try await writer.write(batch)
          sent = last
        }
        try await signal.wait()
      }
    }
    try await log.append(request: request) { response in
      for try await answer in response.messages { try await acknowledge(answer) }
    }
  }

  private func nextBatch(
    after sent: UInt64
  ) async throws -> (Recourse_Bus_V1_AppendRequest, UInt64)? {
    let identity = context.slice.identity
    return try await context.slice.read { reader in
      let rows = try OutboxTable.rows(after: sent, limit: Bounds.outboxBatchLimit, in: reader)
      guard let last = rows.last else { return nil }
      var batch = Recourse_Bus_V1_AppendRequest()
      batch.producer.sliceID = identity.sliceID
      batch.producer.incarnation = identity.incarnation
      batch.producer.worker = worker
      batch.auditHead = try AuditTable.head(in: reader)
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
