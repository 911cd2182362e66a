public import CaseModel

/// Whom and how to ask for a review (s.104(3); statutory guidance: several ways to apply).
public struct PointOfContact: Sendable, Hashable {
  /// The office or role, such as `Safer Communities Team`.
  public let name: String
  public let ways: [WayToApply]

  /// One way to apply.
  public struct WayToApply: Sendable, Hashable {
    /// How.
    public enum Kind: String, Sendable, CaseIterable {
      case online
      case email
      case phone
      case post
      case inPerson = "in-person"
    }

    /// How.
    public let kind: Kind
    /// Address, number or place.
    public let at: String

    public init(_ kind: Kind, at: String) {
      self.kind = kind
      self.at = at
    }
  }

  public init(name: String, ways: [WayToApply]) {
    self.name = name
    self.ways = ways
  }
}

/// Who decides whether the threshold is met.
public struct DecisionPolicy: Sendable, Hashable {
  /// The body that decides in law, by key; empty where the bodies decide together.
  public let body: String
  /// In what capacity, such as `Community safety manager`.
  public let capacity: String
  /// True if "not met" takes the signatures of two people.
  public let needsSecondSignatureOnNotMet: Bool
  /// True if a report whose day or existence is in doubt counts until it is rebutted.
  public let givesBenefitOfTheDoubt: Bool

  public init(
    body: String = "", capacity: String = "", needsSecondSignatureOnNotMet: Bool = false,
    givesBenefitOfTheDoubt: Bool = true
  ) {
    self.body = body
    self.capacity = capacity
    self.needsSecondSignatureOnNotMet = needsSecondSignatureOnNotMet
    self.givesBenefitOfTheDoubt = givesBenefitOfTheDoubt
  }
}

/// Which reports are one complaint.
public enum DedupeRule: String, Sendable, CaseIterable {
  /// One complainant's reports of one incident, to however many bodies. As far as s.104(4) bears.
  case sameComplainantSameIncident = "same-complainant-same-incident"
  /// All reports of one incident, whoever made them.
  case sameIncident = "same-incident"
  /// One complainant's reports on one day.
  case sameComplainantSameDay = "same-complainant-same-day"
}

/// What may be done by somebody who is dissatisfied (Sch. 4 para 3).
public struct AppealPolicy: Sendable, Hashable {
  /// What the appeal is about; a procedure must provide for both.
  public enum Subject: String, Sendable, CaseIterable {
    /// How the application was handled: the threshold decision.
    case handling
    /// How the review was carried out.
    case review
  }

  /// On what ground.
  public enum Ground: String, Sendable, CaseIterable {
    case thresholdWasMet = "threshold-was-met"
    case processNotConsidered = "process-not-considered"
    case factsNotConsidered = "facts-not-considered"
    case any
  }

  /// What it is about.
  public let subject: Subject
  /// On what grounds it may be made.
  public let grounds: [Ground]
  /// How long after the notice; nil where it is not known.
  public let window: Period?
  /// Who hears it; empty where it is not known.
  public let handler: String
  /// How many stages there are.
  public let stages: Int

  public init(
    _ subject: Subject, grounds: [Ground], window: Period?, handler: String, stages: Int = 1
  ) {
    self.subject = subject
    self.grounds = grounds
    self.window = window
    self.handler = handler
    self.stages = stages
  }

  /// How many stages are left once so many are used up; there is one at least.
  public func stagesLeft(after used: Int) -> Int { max(0, max(1, stages) - max(0, used)) }
}

/// Who holds the police to account in the area; its kind and name change with time.
public struct LocalPolicingBody: Sendable, Hashable {
  /// What it is.
  public enum Kind: String, Sendable, CaseIterable {
    case commissioner
    case mayor
    case mayorsOffice = "mayors-office"
    case commonCouncil = "common-council"
  }

  /// As people know it.
  public let name: String
  /// What it is.
  public let kind: Kind
  /// First day, if that matters.
  public let since: CalendarDate?
  /// Last day.
  public let until: CalendarDate?

  public init(
    name: String, kind: Kind, since: CalendarDate? = nil, until: CalendarDate? = nil
  ) {
    self.name = name
    self.kind = kind
    self.since = since
    self.until = until
  }
}

/// Whom the bodies asked before they made or revised the procedure (Sch. 4 paras 1 and 2).
public struct Consultation: Sendable, Hashable {
  /// Who was asked.
  public enum Consultee: String, Sendable, CaseIterable {
    case localPolicingBody = "local-policing-body"
    case housingProviders = "housing-providers"
    case others
  }

  /// Who was asked.
  public let with: Consultee
  /// When; nil where it is not known.
  public let on: CalendarDate?

  public init(with: Consultee, on: CalendarDate?) {
    self.with = with
    self.on = on
  }
}

/// How the four figures are published (s.104(9)).
public struct ReportingPolicy: Sendable, Hashable {
  /// What a decision that was reversed on appeal counts as.
  public enum Reversal: String, Sendable, CaseIterable {
    /// The first decision stays counted, with a note.
    case countOriginal = "count-original"
    /// Only the decision that stands is counted.
    case net
  }

  /// Twelve months at most.
  public let period: Period
  /// Month in which the first period of a year begins, 1 to 12.
  public let startMonth: Int
  public let reversal: Reversal
  /// Where the figures are published; empty where it is not known.
  public let publishedAt: String

  public init(
    period: Period = Period(12, .months), startMonth: Int = 4, reversal: Reversal = .countOriginal,
    publishedAt: String = ""
  ) {
    self.period = period
    self.startMonth = startMonth
    self.reversal = reversal
    self.publishedAt = publishedAt
  }
}

/// How long records of a class are kept.
public struct Retention: Sendable, Hashable {
  /// What is kept.
  public enum Class: String, Sendable, CaseIterable {
    case application
    case notMet = "not-met"
    case review
    case figures
  }

  /// What is kept.
  public let of: Class
  /// After the case is closed.
  public let period: Period

  public init(of: Class, period: Period) {
    self.of = of
    self.period = period
  }
}

/// Parts of the law that are passed and not known to be in force.
public struct Commencement: Sendable, Hashable {
  /// What begins.
  public enum Provision: String, Sendable, CaseIterable {
    /// A review by the local policing body (Crime and Policing Act 2026).
    case localPolicingBodyReview = "local-policing-body-review"
    /// Data to be returned to the Secretary of State (Crime and Policing Act 2026).
    case dataReturn = "data-return"
  }

  /// What begins.
  public let provision: Provision
  /// Nil while no day has been appointed.
  public let from: CalendarDate?

  public init(_ provision: Provision, from: CalendarDate?) {
    self.provision = provision
    self.from = from
  }
}

/// What the procedure says in its own words, per language.
public struct Wording: Sendable, Hashable {
  /// What it is about.
  public enum Topic: String, Sendable, CaseIterable {
    case definition
    case pledge
    case threshold
    case appeal
    case support
  }

  /// What it is about.
  public let topic: Topic
  /// Of appeals, the decision that it is about; nil where it is about every appeal that the procedure has.
  public let subject: AppealPolicy.Subject?
  /// The language that it is in.
  public let language: Language
  /// In the procedure's own words.
  public let text: String

  public init(
    _ topic: Topic, about subject: AppealPolicy.Subject? = nil, in language: Language, text: String
  ) {
    self.topic = topic
    self.subject = subject
    self.language = language
    self.text = text
  }
}
