public import CaseModel

/// A condition that a published procedure adds.
public struct Caveat: Sendable, Hashable {
  /// The kinds that are known to be a problem.
  public enum Kind: String, Sendable, CaseIterable {
    case caseClosed = "case-closed"
    case noActionTaken = "no-action-taken"
    case furtherActions = "further-actions"
    case stillContinuing = "still-continuing"
    case resolved
    case withinLastMonth = "within-last-month"
    case singleAgency = "single-agency"
    case diarySheets = "diary-sheets"
    case shorterWindow = "shorter-window"
    case otherHousehold = "other-household"
    case vexatious
    case tenancyOnly = "tenancy-only"
    case complaintRunning = "complaint-running"
    case anonymous
    case distressOnly = "distress-only"
    case incompleteForm = "incomplete-form"
  }

  public let kind: Kind
  /// The route that the procedure narrows by it. On the mandatory route it is never applied.
  public let route: RouteName
  /// As the procedure words it, in short.
  public let words: String
  /// As its Welsh text words it, where there is one.
  public let wordsWelsh: String?
  /// Of a window: how long.
  public let period: Period?

  public init(
    _ kind: Kind, on route: RouteName, words: String = "", wordsWelsh: String? = nil,
    period: Period? = nil
  ) {
    self.kind = kind
    self.route = route
    self.words = words
    self.wordsWelsh = wordsWelsh
    self.period = period
  }
}

extension Caveat.Kind {
  /// What it asks, in English, for people.
  public var plainName: String {
    switch self {
    case .caseClosed: "the case must be closed"
    case .noActionTaken: "no action must have been taken"
    case .furtherActions: "further actions must be available"
    case .stillContinuing: "the behaviour must still go on"
    case .resolved: "the case must not have been resolved"
    case .withinLastMonth: "a report in the last month"
    case .singleAgency: "reports to more than one agency"
    case .diarySheets: "diary sheets do not count"
    case .shorterWindow: "a shorter time to report"
    case .otherHousehold: "behaviour by another household only"
    case .vexatious: "no malicious applications"
    case .tenancyOnly: "not about a tenancy only"
    case .complaintRunning: "not while a complaint is running"
    case .anonymous: "no anonymous applications"
    case .distressOnly: "harassment, alarm or distress only, not nuisance"
    case .incompleteForm: "the form must be complete"
    }
  }
}
