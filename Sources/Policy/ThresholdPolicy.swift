public import CaseModel

/// s.104(4): so many qualifying complaints, and the threshold must be decided met. Pure counting; nothing
/// local narrows it.
public struct MandatoryRule: Sendable, Hashable {
  /// At most three.
  public let required: Int
  /// How long after the behaviour a complaint qualifies, the day of the behaviour being day one
  /// (s.104(11)).
  public let complaintWindow: Period
  /// How long after a complaint an application can be made, the day of the complaint being day one.
  public let applicationWindow: Period

  /// The Act's own figures, where the procedure says nothing else.
  public init(
    required: Int = 3, complaintWindow: Period = Period(1, .months),
    applicationWindow: Period = Period(6, .months)
  ) {
    self.required = required
    self.complaintWindow = complaintWindow
    self.applicationWindow = applicationWindow
  }

  /// The most that the Act allows a procedure to require.
  public static let requiredLimit = 3
}

/// Another way to the threshold that an area's procedure gives.
public struct LocalAlternative: Sendable, Hashable {
  /// What it turns on.
  public enum Kind: Sendable, Hashable {
    /// So many complaints, at least so many of them of hate crimes or incidents.
    case hate(complaints: Int, ofHate: Int)
    /// So many people who complained.
    case severalPeople(Int)
    /// A named person may call a review to protect somebody vulnerable.
    case vulnerability
    /// A risk assessment calls for it.
    case riskScore
  }

  /// Stable, such as `two-with-hate`.
  public let key: String
  public let kind: Kind
  /// Where the procedure says so.
  public let clause: String
  /// What a person must find besides what can be counted; with none, counting decides.
  public let toFind: [Reason.Code]

  public init(key: String, kind: Kind, clause: String, toFind: [Reason.Code] = []) {
    self.key = key
    self.kind = kind
    self.clause = clause
    self.toFind = toFind
  }
}

/// What a procedure may use under s.104(5).
public enum DiscretionaryFactor: String, Sendable, CaseIterable {
  case persistence
  case harm
  case response
}

/// A condition that a published procedure adds.
public struct Caveat: Sendable, Hashable {
  /// The kinds that are known to be a problem.
  public enum Kind: String, Sendable, CaseIterable {
    case caseClosed = "case-closed"
    case noActionTaken = "no-action-taken"
    case withinLastMonth = "within-last-month"
    case singleAgency = "single-agency"
    case diarySheets = "diary-sheets"
    case shorterWindow = "shorter-window"
    case otherHousehold = "other-household"
  }

  public let kind: Kind
  /// The route that it narrows. On the mandatory route it is refused.
  public let route: RouteName

  public init(_ kind: Kind, on route: RouteName) {
    self.kind = kind
    self.route = route
  }
}
