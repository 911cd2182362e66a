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
    /// Details, where there are complaints: `complaints`, `first`, `last`, `uncounted`.
    case weighPersistence = "weigh-persistence"
    /// Details, where there are complaints: `people`, `ofHate`.
    case weighHarm = "weigh-harm"
    /// Details, where there are complaints: `bodies`, `again`.
    case weighResponse = "weigh-response"
    /// Whether a condition of the procedure's is fulfilled. Details: `caveat`.
    case caveatToFind = "caveat-to-find"
    /// Some households are not known. Details: `counted`, `required`.
    case householdsToFind = "households-to-find"
    /// Enough complaints count, but too few people made them. Details: `counted`, `required`.
    case tooFewPeople = "too-few-people"
    /// Enough complaints count, but they are from too few households. Details: `counted`, `required`.
    case tooFewHouseholds = "too-few-households"
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
    /// Nothing is counted on this route; it helps the person who decides. Details: `complaint`,
    /// `complaintTo`.
    case evidence
    // What was not applied.
    /// Details: `caveat`.
    case caveatNotApplied = "caveat-not-applied"
    /// Details: `asked`, `applied`.
    case requiredHeldToAct = "required-held-to-act"
    /// Details: `counted`, `byAct`.
    case actCountsMore = "act-counts-more"
    /// Details: `rule`.
    case dedupeNotApplied = "dedupe-not-applied"
    /// Reports to some bodies are not recognised. Details: `bodies`.
    case recipientsNotApplied = "recipients-not-applied"
    // What would change the outcome.
    // In each of these that asks for complaints, where the procedure narrows the route: `besides`, if one must be
    // made to another body than that; `bodies`, if they must not all be made to one; `recognised`, if only some
    // bodies are; `caveat`, a condition that must be fulfilled, too; `decides`, if a person would then decide.
    /// Details: `needed`, `by`, `clause`; `ofHate`, if so many of them must be of hate; `people` or
    /// `households`, if so many of them must be by further ones, a different one each.
    case moreComplaintsNeeded = "more-complaints-needed"
    /// As before, and no day is left on which those made so far would count. Details as before, but `by`.
    case moreComplaintsNeededAnew = "more-complaints-needed-anew"
    /// What would be enough in a new application, whatever was reported before. Details: `needed`, `clause`;
    /// `ofHate`, `people` or `households`, if so many of them must be of hate, or by different ones.
    case newComplaintsNeeded = "new-complaints-needed"
    /// Enough count, but too few of hate. Details: `needed`, `clause`.
    case moreOfHateNeeded = "more-of-hate-needed"
    /// Details: `needed`, `clause`; `by`, unless nobody's complaints will count any longer.
    case morePeopleNeeded = "more-people-needed"
    /// Details: `needed`, `clause`; `by`, unless no household's complaints will count any longer.
    case moreHouseholdsNeeded = "more-households-needed"
    /// What a person must find. Details: `clause`.
    case findingNeeded = "finding-needed"
    // What the outcome turns on.
    // In each of these, `outcome` is what it would be otherwise, as `RouteOutcome` has it, whatever is true of all
    // other facts in doubt; without it, that depends on them. `clause` says under what it turns, where a route
    // of the area's own keeps the outcome as it is. `together`, where it is there, says on how many facts in
    // doubt the outcome turns together, this one among them.
    /// The day of the behaviour or of the report is in doubt. Details: `place`; `day` (`behaviour` or `report`)
    /// and `by` or `until`, where `outcome` is what it would be if the day was after the one, or not after the
    /// other; `together`.
    case turnsOnDay = "turns-on-day"
    /// Details: `place`, `body`, `outcome`, `together`; `counted` is 0 if it is not counted, so that the
    /// outcome is what it would be with it.
    case turnsOnDispute = "turns-on-dispute"
    /// Nobody knows whether it was reported. Details as of ``turnsOnDispute``.
    case turnsOnRecord = "turns-on-record"
    /// The body that it was made to has other days on record than the applicant says; `outcome` is what it
    /// would be by the record. Details: `place`, `body`, `outcome`, `together`.
    case turnsOnRecordedDays = "turns-on-recorded-days"
    /// Nothing tells apart what some reports are about; `outcome` is what it would be if it was one incident.
    /// Details: `places`, with commas between them, `outcome`, `together`.
    case turnsOnSameIncident = "turns-on-same-incident"
    /// More facts are in doubt than were looked at one by one. Details: `looked`, `doubts`.
    case moreInDoubt = "more-in-doubt"
    /// What each report is about. Details: `places`, with commas between them.
    case settledByIncident = "settled-by-incident"
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
    /// A day or a number is kept as such, and written only where it is read; one that came as text is the
    /// same as one that did not.
    private let content: Content

    private enum Content: Sendable, Hashable {
      case day(CalendarDate)
      case number(Int)
      case text(String)
    }

    /// A date as `YYYY-MM-DD`, a number, or a key.
    public var value: String {
      switch content {
      case .day(let day): day.description
      case .number(let number): String(number)
      case .text(let text): text
      }
    }

    /// The day since 1970 or the number that it is; nil for a text.
    public var whole: Int? {
      switch content {
      case .day(let day): day.daysSince1970
      case .number(let number): number
      case .text: nil
      }
    }

    /// The day that it is; nil for a number or a text.
    public var day: CalendarDate? { if case .day(let day) = content { day } else { nil } }

    public init(_ name: String, _ value: String) {
      self.name = name
      content =
        if let day = CalendarDate(value) {
          .day(day)
        } else if let number = Int(value), String(number) == value {
          .number(number)
        } else {
          .text(value)
        }
    }

    public init(_ name: String, _ day: CalendarDate) {
      self.name = name
      // Days that `YYYY-MM-DD` does not reach are text, as they are when they are read back.
      content = Self.writable.contains(day) ? .day(day) : .text(day.description)
    }

    public init(_ name: String, _ number: Int) {
      self.name = name
      content = .number(number)
    }

    /// 1 January of the year 1 to 31 December 9999.
    private static let writable =
      CalendarDate(daysSince1970: -719_162)...CalendarDate(daysSince1970: 2_932_896)
  }

  public init(_ code: Code, _ details: [Detail] = []) {
    self.code = code
    self.details = details
  }

  /// The day that the first detail of a name is; nil if it is none.
  public func day(of name: String) -> CalendarDate? { details.first { $0.name == name }?.day }

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
