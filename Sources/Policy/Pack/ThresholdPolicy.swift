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

  /// What s.104(4) can be applied as: a procedure that requires more than the Act allows is held to three.
  public var lawful: MandatoryRule {
    guard !(1...Self.requiredLimit).contains(required) else { return self }
    return MandatoryRule(
      required: Self.requiredLimit, complaintWindow: complaintWindow,
      applicationWindow: applicationWindow)
  }
}

/// Another way to the threshold that an area's procedure gives.
public struct LocalAlternative: Sendable, Hashable {
  /// What it turns on.
  public enum Kind: Sendable, Hashable {
    /// So many complaints, at least so many of them of hate crimes or incidents.
    case hate(complaints: Int, ofHate: Int)
    /// So many complaints, by at least so many people. Each person needs one, so that complaints are never
    /// asked for in vain.
    case severalPeople(people: Int, complaints: Int)
    /// So many complaints, from at least so many households.
    case severalHouseholds(households: Int, complaints: Int)

    /// So many people, each with one complaint at least.
    public static func severalPeople(_ people: Int) -> Kind {
      .severalPeople(people: people, complaints: people)
    }

    /// So many households, each with one complaint at least.
    public static func severalHouseholds(_ households: Int) -> Kind {
      .severalHouseholds(households: households, complaints: households)
    }
    /// A named person may call a review to protect somebody vulnerable.
    case vulnerability
    /// A risk assessment of this band, or of a higher one, calls for it; the band as the area names it.
    case riskBand(String)
  }

  /// Stable, such as `two-with-hate`.
  public let key: String
  public let kind: Kind
  /// Where the procedure says so.
  public let clause: String
  /// The same as its Welsh text has it, where there is one.
  public let clauseWelsh: String?
  /// What a person must find besides what can be counted; with none, counting decides.
  public let toFind: [Reason.Code]
  /// How long after the behaviour a complaint counts here; nil where it may be made at any time: the month of
  /// s.104(11) is about s.104(4) alone.
  public let complaintWindow: Period?
  /// How long after a complaint an application can be made here; nil where it is as for s.104(4).
  public let applicationWindow: Period?

  public init(
    key: String, kind: Kind, clause: String, toFind: [Reason.Code] = [],
    complaintWindow: Period? = nil, applicationWindow: Period? = nil, clauseWelsh: String? = nil
  ) {
    self.key = key
    self.kind = kind
    self.clause = clause
    self.clauseWelsh = clauseWelsh
    self.toFind = toFind
    self.complaintWindow = complaintWindow
    self.applicationWindow = applicationWindow
  }
}

/// What a procedure may use under s.104(5).
public enum DiscretionaryFactor: String, Sendable, CaseIterable {
  case persistence
  case harm
  case response
}
