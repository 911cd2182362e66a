public import CaseModel

/// What happened in a case, as far as somebody is written to because of it.
public enum NoticeOccasion: Sendable, Hashable {
  case received(awaitsConsent: Bool)
  /// A relevant body must be told of the application (s.104(3)).
  case notificationOwed(body: String)
  case informationRequested(body: String, on: CalendarDate)
  case informationChased(body: String, on: CalendarDate)
  /// - Parameter number: 1 for the first decision of the case.
  case decided(met: Bool, number: Int)
  case deferred(on: CalendarDate)
  /// - Parameter stage: as the pack names it, such as `decide`.
  case delayed(stage: String, dueOn: CalendarDate)
  /// - Parameter revision: how often the review has been scheduled, from 1.
  case panelScheduled(on: CalendarDate, revision: Int)
  /// No day is possible any more.
  /// - Parameter panelOn: the day that was set; nil if none was.
  case panelBlocked(panelOn: CalendarDate? = nil)
  case panelHeld(on: CalendarDate)
  /// - Parameter number: 1 for the first appeal of the case.
  case appealMade(number: Int)
  case appealDecided(number: Int)
  /// Something was recommended to a body.
  case recommended(body: String, which: RecommendationPlace)
  /// It answered.
  /// - Parameter revision: how often it has, from 1.
  case answered(which: RecommendationPlace, revision: Int)
  /// It did what it accepted, or will not.
  case acted(which: RecommendationPlace, revision: Int)
  /// It has to be reminded.
  /// - Parameter number: from 1, of what is waited for.
  case reminderOwed(
    body: String, which: RecommendationPlace, awaited: FollowUpAwaited, dueOn: CalendarDate,
    isOverdue: Bool, number: Int)
  /// - Parameters:
  ///   - underPressure: the person says that they were put under pressure to do so.
  ///   - panelOn: the day of a meeting that is not held now; nil if none was to be.
  ///   - told: bodies that a notice of the case has gone to, by their keys in the pack.
  case withdrawn(underPressure: Bool, panelOn: CalendarDate? = nil, told: [String] = [])
}

/// Which recommendation of a case.
public struct RecommendationPlace: Sendable, Hashable {
  /// Of the review, from 1.
  public let round: Int
  /// In the round, from 0.
  public let index: Int

  public init(round: Int, index: Int) {
    self.round = round
    self.index = index
  }
}

/// Who is written to.
public enum NoticeReaders: Sendable, Hashable {
  case applicant
  /// The applicant and every victim who takes part.
  case participants
  /// The participants, and the bodies without which the panel does not meet.
  case panel
  /// Those whose consent is waited for.
  case awaited
  /// One body, by its key in the pack.
  case body(String)
}

/// A notice that somebody is owed.
public struct OwedNotice: Sendable, Hashable {
  public let kind: NoticeKind
  public let readers: NoticeReaders
  /// What tells it from others of its kind in the case, such as the number of an appeal; empty where there is one.
  public let about: String

  /// Of an invitation that is taken back: it ends what the notice is about.
  public static let cancelled = "cancelled"

  public init(_ kind: NoticeKind, to readers: NoticeReaders, about: String = "") {
    self.kind = kind
    self.readers = readers
    self.about = about
  }
}

extension NoticeOccasion {
  /// The table: what follows from what happened. A second report owes nothing here: the system that it was made to tells
  /// its reporter.
  public var owed: [OwedNotice] {
    switch self {
    case .received(let awaitsConsent):
      [OwedNotice(.acknowledgement, to: .applicant)]
        + (awaitsConsent ? [OwedNotice(.consentRequest, to: .awaited)] : [])
    case .notificationOwed(let body): [OwedNotice(.bodyNotification, to: .body(body))]
    case .informationRequested(let body, let day):
      [OwedNotice(.informationRequest, to: .body(body), about: "\(day)")]
    case .informationChased(let body, let day):
      [OwedNotice(.informationChaser, to: .body(body), about: "\(day)")]
    case .decided(let met, let number):
      [OwedNotice(met ? .thresholdMet : .thresholdNotMet, to: .participants, about: "\(number)")]
    case .deferred(let day):
      [OwedNotice(.thresholdDeferred, to: .participants, about: "\(day)")]
    case .delayed(let stage, let due):
      [OwedNotice(.delay, to: .applicant, about: "\(stage) \(due)")]
    case .panelScheduled(let day, let revision):
      [OwedNotice(.invitation, to: .panel, about: "\(day) \(revision)")]
    case .panelBlocked(let panelOn): Self.takenBack(panelOn)
    case .panelHeld(let day): [OwedNotice(.outcome, to: .participants, about: "\(day)")]
    case .appealMade(let number):
      [OwedNotice(.appealAcknowledgement, to: .applicant, about: "\(number)")]
    case .appealDecided(let number):
      [OwedNotice(.appealOutcome, to: .applicant, about: "\(number)")]
    case .recommended(let body, let which):
      [OwedNotice(.recommendation, to: .body(body), about: which.words)]
    case .answered(let which, let revision):
      [OwedNotice(.followUp, to: .participants, about: "answer \(which.words) \(revision)")]
    case .acted(let which, let revision):
      [OwedNotice(.followUp, to: .participants, about: "action \(which.words) \(revision)")]
    case .reminderOwed(let body, let which, let awaited, let due, let isOverdue, let number):
      [
        OwedNotice(
          .recommendationReminder, to: .body(body),
          about: "\(which.words) \(awaited.rawValue) \(due) \(number)")
      ]
        + (isOverdue
          ? [
            OwedNotice(
              .followUp, to: .participants,
              about: "late \(which.words) \(awaited.rawValue) \(due)")
          ] : [])
    case .withdrawn(_, let panelOn, let told):
      [OwedNotice(.withdrawal, to: .applicant)]
        + told.map { OwedNotice(.withdrawal, to: .body($0), about: $0) } + Self.takenBack(panelOn)
    }
  }

  private static func takenBack(_ day: CalendarDate?) -> [OwedNotice] {
    guard let day else { return [] }
    return [OwedNotice(.invitation, to: .panel, about: "\(day) \(OwedNotice.cancelled)")]
  }
}

extension NoticeOccasion {
  /// True if the application is taken back.
  public var isWithdrawal: Bool {
    if case .withdrawn = self { true } else { false }
  }

  /// Why a person looks at what is written because of it before it goes, however clear it is; nil if nobody need. Whoever
  /// was put under pressure may not be the one who reads it.
  public var needsLook: NoticeHold? {
    if case .withdrawn(underPressure: true, _, _) = self { .review } else { nil }
  }
}

extension RecommendationPlace {
  /// As a notice has it that is about it.
  var words: String { "\(round) \(index)" }

  /// - Parameter words: of what a notice is about; nil if they do not begin so.
  public init?(_ words: [String]) {
    guard words.count >= 2, let round = Int(words[0]), let index = Int(words[1]) else {
      return nil
    }
    self.init(round: round, index: index)
  }
}

extension OwedNotice {
  /// It is owed once, however often it is said that it is: whoever takes part is told once that something is late.
  public var isOwedOnce: Bool { kind == .followUp }

  /// It says how something was decided, which the person must be told whatever happens afterwards (s.104(6)).
  public var isDecision: Bool {
    switch kind {
    case .thresholdMet, .thresholdNotMet, .appealOutcome, .outcome: true
    default: false
    }
  }

  /// What is put on record in Threshold once it has been sent: the notice is the evidence. Nil if nothing is.
  public var evidence: NoticeEvidence? {
    switch (kind, readers) {
    case (.acknowledgement, _): .acknowledged
    case (.bodyNotification, .body(let body)): .notified(body: body)
    case (.delay, _):
      about.split(separator: " ").first.map { .toldOfDelay(stage: String($0)) }
    default: nil
    }
  }
}

/// What a notice that was sent is evidence of.
public enum NoticeEvidence: Sendable, Hashable {
  /// The applicant knows that the application is there, and its reference.
  case acknowledged
  /// The body has the application (s.104(3)).
  case notified(body: String)
  /// The applicant has been told that a stage is late, and why.
  case toldOfDelay(stage: String)
}
