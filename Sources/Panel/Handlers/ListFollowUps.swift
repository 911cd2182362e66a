import CaseModel
import PanelRules
import WorkerKit

/// The recommendations of all cases on which something is waited for: what an officer sees to. Nothing that somebody wrote
/// is among it, so that no purpose is asked for.
struct ListFollowUps: Sendable {
  /// As many as are told at once; the first of them have waited longest.
  static let limit = 500

  let isOverdueOnly: Bool
  /// Key of a body; empty: of all.
  let body: String

  /// - Returns: them, and whether there are more.
  func apply(
    in slice: SliceReader, today: CalendarDate
  ) throws -> (found: [KeptFollowUp], isMore: Bool) {
    let found = try slice.awaitedFollowUps(
      before: isOverdueOnly ? today : nil, body: body, limit: Self.limit + 1)
    return (Array(found.prefix(Self.limit)), found.count > Self.limit)
  }
}
