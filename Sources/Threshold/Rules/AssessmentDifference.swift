public import CaseModel

/// How two assessments of one application differ: under two packs, or before and after information came in.
public struct AssessmentDifference: Sendable, Hashable {
  /// Complaints of which something else is said, each on the first route where that is so.
  public let complaints: [ChangedComplaint]
  /// Clauses of the routes whose outcome is another, or that only one of the two has.
  public let clauses: [String]

  /// One complaint of which something else is said.
  public struct ChangedComplaint: Sendable, Hashable {
    /// Place in the application, from 0.
    public let index: Int
    /// Clause of the first route where it differs.
    public let clause: String
    public let before: Reason
    public let after: Reason
  }

  /// Nil if both say the same.
  public static func between(
    _ before: Assessment, _ after: Assessment
  ) -> AssessmentDifference? {
    var (changed, clauses) = ([Int: ChangedComplaint](), [String]())
    var unpaired = after.routes
    for route in before.routes {
      // Two alternatives may have the same clause; they are paired in order.
      let place = unpaired.firstIndex { $0.route == route.route && $0.clause == route.clause }
      guard let place else {
        clauses.append(route.clause)
        continue
      }
      let other = unpaired.remove(at: place)
      if route.outcome != other.outcome { clauses.append(route.clause) }
      for (line, now) in zip(route.complaints, other.complaints)
      where line != now && changed[line.index] == nil {
        changed[line.index] = ChangedComplaint(
          index: line.index, clause: route.clause, before: line.reason, after: now.reason)
      }
    }
    clauses += unpaired.map(\.clause)
    guard before.outcome != after.outcome || !changed.isEmpty || !clauses.isEmpty else {
      return nil
    }
    return AssessmentDifference(
      complaints: changed.values.sorted { $0.index < $1.index }, clauses: clauses)
  }
}
