import CaseModel
import WorkerKit

/// Counts how often the page of each material was looked at, per day.
final class VisitCounter: Sendable {
  func tell(_ context: WorkerContext) async throws {}
}
