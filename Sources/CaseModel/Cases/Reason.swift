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
}
