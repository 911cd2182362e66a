import Calls
import CaseModel
import GRPCCore
import Messages
import ReportingRules
import SwiftProtobuf
import WorkerKit

/// Reporting's call, from message to rules and back.
struct ReportingService: Recourse_Reporting_V1_Reporting.SimpleServiceProtocol, UnaryService {
  let context: WorkerContext

  func statutory(
    request: Recourse_Reporting_V1_StatutoryRequest, context call: ServerContext
  ) async throws -> Recourse_Reporting_V1_StatutoryResponse {
    let report = try ReportStatutory(from: request.from, to: request.to)
    try await context.waitUntil(request.atLeastPosition)
    let result = try await context.slice.read { try report.read($0) }
    return .with {
      $0.applications = .init(cases: result.figures.applications)
      $0.thresholdNotMet = .init(cases: result.figures.thresholdNotMet)
      $0.reviews = .init(cases: result.figures.reviews)
      $0.reviewsWithRecommendations = .init(cases: result.figures.reviewsWithRecommendations)
      $0.reversedOnAppeal = result.figures.reversedOnAppeal
      $0.logPosition = result.standing.position
      $0.parkedEvents = UInt32(clamping: result.standing.parkedEvents)
    }
  }
}

extension Recourse_Reporting_V1_Figure {
  /// A figure is the number of references behind it, so that the two cannot differ.
  fileprivate init(cases: [String]) {
    self = .with {
      $0.count = UInt32(clamping: cases.count)
      $0.cases = cases
    }
  }
}
