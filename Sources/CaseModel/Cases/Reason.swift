/// Why a rule came out as it did, as data: a stable code and what it is about. It is stored so, and put into
/// words when it is read, in the reader's language. It never holds personal data.
public struct Reason: Sendable, Hashable {
  /// The rules that give reasons. Raw values are stored: they are added to, never changed.
  public enum Code: String, Sendable, CaseIterable {
    case complaintCounts = "complaint-counts"
    case complaintBeforeBehaviour = "complaint-before-behaviour"
    case complaintTooLate = "complaint-too-late"
    case complaintAfterApplication = "complaint-after-application"
    case applicationTooLate = "application-too-late"
    case sameComplainantSameIncident = "same-complainant-same-incident"
    case tooFewOfHate = "too-few-of-hate"
    case findFurtherActions = "find-further-actions"
    case findSignificantDetriment = "find-significant-detriment"
    case findVulnerability = "find-vulnerability"
    case findLinkedReports = "find-linked-reports"
    case findHighRisk = "find-high-risk"
    case weighPersistence = "weigh-persistence"
    case weighHarm = "weigh-harm"
    case weighResponse = "weigh-response"
    // Whether a complaint counts: further rules.
    /// Details: `with`.
    case sameIncident = "same-incident"
    /// Details: `with`, `complaint`.
    case sameComplainantSameDay = "same-complainant-same-day"
    /// Details: `body`.
    case recipientNotRecognised = "recipient-not-recognised"
    /// Details: `body`.
    case disputed
    /// Details: `body`.
    case notOnRecord = "not-on-record"
    /// A local caveat keeps it from counting on a route of the area's own. Details: `caveat`.
    case caveatNarrows = "caveat-narrows"
    // What was not applied.
    /// Details: `caveat`.
    case caveatNotApplied = "caveat-not-applied"
    /// Details: `asked`, `applied`.
    case requiredHeldToAct = "required-held-to-act"
    /// Details: `counted`, `byAct`.
    case actCountsMore = "act-counts-more"
    /// Details: `rule`.
    case dedupeNotApplied = "dedupe-not-applied"
    // What would change the outcome.
    /// Details: `needed`, `by`, `clause`.
    case moreComplaintsNeeded = "more-complaints-needed"
    /// As before, and these would expire meanwhile: no day is left on which all would count together.
    /// Details: `needed`, `clause`.
    case moreComplaintsNeededAnew = "more-complaints-needed-anew"
    /// Details: `needed`, `clause`.
    case moreOfHateNeeded = "more-of-hate-needed"
    /// Details: `needed`, `by`, `clause`.
    case morePeopleNeeded = "more-people-needed"
    /// Details: `needed`, `by`, `clause`.
    case moreHouseholdsNeeded = "more-households-needed"
    /// What a person must find. Details: `clause`.
    case findingNeeded = "finding-needed"
    // What the outcome turns on.
    /// The day of the behaviour or of the report is in doubt. Details: `place`, `day`
    /// (`behaviour` or `report`), `by` (it counts if it was on or before, or after), `outcome`.
    case turnsOnDay = "turns-on-day"
    /// Details: `place`, `body`, `outcome`.
    case turnsOnDispute = "turns-on-dispute"
    /// Nobody knows whether it was reported. Details: `place`, `body`, `outcome`.
    case turnsOnRecord = "turns-on-record"
    /// How it can be settled. Details: `place`, `body`.
    case settledByRecord = "settled-by-record"
    case bodyNeverAvailable = "body-never-available"
    case bodiesNeverTogether = "bodies-never-together"
    case noWorkingDay = "no-working-day"
    case panelDateFound = "panel-date-found"

    /// True if it is something that a person finds, and needs no details to be said.
    public var isFinding: Bool {
      switch self {
      case .findFurtherActions, .findSignificantDetriment, .findVulnerability, .findLinkedReports,
        .findHighRisk:
        true
      default: false
      }
    }
  }

  public let code: Code
  /// What it is about: dates, counts, places in the application, keys of bodies; in a stable order.
  public let details: [Detail]

  /// One thing that a reason is about.
  public struct Detail: Sendable, Hashable {
    /// Such as `lastDay`.
    public let name: String
    /// A date as `YYYY-MM-DD`, a number, or a key.
    public let value: String

    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  public init(_ code: Code, _ details: [Detail] = []) {
    self.code = code
    self.details = details
  }

  /// The value of the first detail of a name, or an empty text.
  public subscript(_ name: String) -> String {
    details.first { $0.name == name }?.value ?? ""
  }
}

/// A language that reasons can be put into.
public enum Language: String, Sendable, CaseIterable {
  case english = "en"
  /// Cymraeg.
  case welsh = "cy"
}
