import CaseModel

/// Where a case is, for the person whose it is: the status that everybody sees, with what they need to know of it.
enum CaseStanding: Sendable, Hashable {
  case received
  /// Somebody must still say yes before it can go on.
  case awaitsConsent
  case beingLookedAt
  case deferred(until: CalendarDate)
  case notMet(on: CalendarDate)
  case met(on: CalendarDate)
  /// A day is looked for on which the panel can meet.
  case findingDay
  /// No day was found by the last day for it.
  case noDayFound
  case panelSet(on: CalendarDate)
  case reviewed(on: CalendarDate)
  /// An appeal about the handling was upheld, and it is decided again by somebody else.
  case beingDecidedAgain
  case withdrawn(on: CalendarDate)

  init(_ facts: CaseFacts) {
    if let day = facts.withdrawnOn ?? Self.withdrawal(facts.course) {
      self = .withdrawn(on: day)
      return
    }
    let status = CaseStatus.of(facts.course) ?? .received
    switch status {
    case _ where facts.isBeingDecidedAgain && !status.isOfReview: self = .beingDecidedAgain
    case .received, .thresholdAssessment, .withdrawn:
      self =
        if !facts.awaited.isEmpty {
          .awaitsConsent
        } else {
          status == .received ? .received : .beingLookedAt
        }
    case .deferred:
      self = facts.deferredUntil.map { .deferred(until: $0) } ?? .beingLookedAt
    case .notMet:
      self = facts.decidedOn.map { .notMet(on: $0) } ?? .beingLookedAt
    case .metMandatory, .metLocal, .metDiscretionary:
      self = facts.decidedOn.map { .met(on: $0) } ?? .beingLookedAt
    case .panelScheduling, .panelScheduled, .reviewed: self = Self.review(status, facts)
    }
  }

  private static func review(_ status: CaseStatus, _ facts: CaseFacts) -> CaseStanding {
    switch facts.review?.state {
    case .scheduled(let day): return .panelSet(on: day)
    case .held(let day): return .reviewed(on: day)
    case .blocked: return .noDayFound
    case .owed: return .findingDay
    case nil: break
    }
    // Panel could not be asked: what it announced says as much.
    for fact in facts.course.reversed() {
      switch fact {
      case .panelHeld(let day, _): return .reviewed(on: day)
      case .panelScheduled(let day): return .panelSet(on: day)
      case .panelBlocked: return .noDayFound
      case .reviewOpened, .reviewOpenedAgain: return .findingDay
      default: continue
      }
    }
    return .findingDay
  }

  private static func withdrawal(_ course: [CaseEventFact]) -> CalendarDate? {
    for case .applicationWithdrawn(let day, _) in course { return day }
    return nil
  }

  /// Nothing goes on any more.
  var isWithdrawn: Bool {
    if case .withdrawn = self { true } else { false }
  }

  /// Stable, for the JSON.
  var code: String {
    switch self {
    case .received: "received"
    case .awaitsConsent: "awaits_consent"
    case .beingLookedAt: "being_looked_at"
    case .deferred: "deferred"
    case .notMet: "not_met"
    case .met: "met"
    case .findingDay: "panel_scheduling"
    case .noDayFound: "panel_blocked"
    case .panelSet: "panel_scheduled"
    case .reviewed: "reviewed"
    case .beingDecidedAgain: "being_decided_again"
    case .withdrawn: "withdrawn"
    }
  }

  static let codes = [
    "received", "awaits_consent", "being_looked_at", "deferred", "not_met", "met",
    "panel_scheduling", "panel_blocked", "panel_scheduled", "reviewed", "being_decided_again",
    "withdrawn",
  ]

  /// The day that it has; nil for the others.
  var day: CalendarDate? {
    switch self {
    case .deferred(let day), .notMet(let day), .met(let day), .panelSet(let day),
      .reviewed(let day), .withdrawn(let day):
      day
    default: nil
    }
  }
}

extension CaseFacts {
  /// The day of the decision that stands.
  var decidedOn: CalendarDate? {
    if let decision { return decision.decidedOn }
    for fact in course.reversed() {
      switch fact {
      case .thresholdDecided(_, _, let day), .thresholdDecidedAnew(_, _, let day): return day
      default: continue
      }
    }
    return nil
  }

  /// The newest appeal about the handling was upheld, and nothing was decided since.
  var isBeingDecidedAgain: Bool {
    for fact in course.reversed() {
      switch fact {
      case .thresholdDecided, .thresholdDecidedAnew: return false
      case .appealDecided(_, .handling, let outcome, _): return outcome == .referredBack
      default: continue
      }
    }
    return false
  }
}

extension CaseStatus {
  /// From the opening of a review on.
  fileprivate var isOfReview: Bool {
    switch self {
    case .panelScheduling, .panelScheduled, .reviewed: true
    default: false
    }
  }
}
