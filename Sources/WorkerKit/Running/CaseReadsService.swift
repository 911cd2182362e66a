import Bus
import Calls
import CaseModel
import GRPCCore
import Messages
import SwiftProtobuf

/// Who has looked into a case, from the audit of the worker that is asked. Whoever may ask is in their manifest; what was
/// told is not in the answer, but the names of its fields.
struct CaseReadsService: Recourse_Worker_V1_CaseReads.SimpleServiceProtocol, UnaryService {
  let context: WorkerContext
  /// False of a worker that the log tells nothing, so that there is nothing to wait for.
  let readsEvents: Bool

  func list(
    request: Recourse_Worker_V1_ListCaseReadsRequest, context call: ServerContext
  ) async throws -> Recourse_Worker_V1_ListCaseReadsResponse {
    let reference = try CaseReference(request: request.caseReference)
    if readsEvents { try await context.waitUntil(request.atLeastPosition) }
    let account = try await context.slice.read {
      try DisclosureTable.account(of: reference, in: $0)
    }
    return .with {
      $0.reads = account.lines.map { line in
        .with {
          $0.readOn = line.day.description
          $0.principal = line.principal
          $0.purpose = line.purpose
          $0.fields = line.fields
          $0.times = UInt32(clamping: line.times)
        }
      }
      $0.more = account.hasMore
    }
  }
}
