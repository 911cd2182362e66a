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
  /// - Parameters:
  ///   - underPressure: the person says that they were put under pressure to do so.
  ///   - panelOn: the day of a meeting that is not held now; nil if none was to be.
  case withdrawn(underPressure: Bool, panelOn: CalendarDate? = nil)
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
    case .withdrawn(_, let panelOn):
      [OwedNotice(.withdrawal, to: .applicant)] + Self.takenBack(panelOn)
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
    if case .withdrawn(underPressure: true, _) = self { .review } else { nil }
  }
}

extension OwedNotice {
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
