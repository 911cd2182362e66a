import CaseModel
import Letters
import Policy

/// Something that happens next in a case, and by when.
struct NextStep: Sendable, Hashable {
  /// What happens. Raw values are stable, for the JSON.
  enum What: String, Sendable, Hashable, CaseIterable {
    /// Somebody has to say yes first.
    case consent
    /// The person is told that the application is there.
    case acknowledgement
    /// Bodies send what they have on record.
    case information
    case decision
    /// A second person has to sign the decision.
    case secondSignature = "second-signature"
    case panel
    case outcome
    /// Bodies answer what was recommended.
    case answers
    /// Bodies do what they accepted.
    case actions
    case appealDecision = "appeal-decision"
  }

  /// By when.
  enum When: Sendable, Hashable {
    /// - Parameter isOwn: false where the procedure gives no time, and the day is only an aim.
    case by(CalendarDate, isOwn: Bool)
    case on(CalendarDate)
    /// - Parameters:
    ///   - new: the day that is aimed for now.
    ///   - isExplained: the person was told why.
    case late(since: CalendarDate, new: CalendarDate?, isExplained: Bool)
    /// Somebody else is late with it.
    case overdue(since: CalendarDate)
    /// The clock stands still.
    case paused
    case notKnown
  }

  let what: What
  let when: When

  /// True if a day was missed.
  var isLate: Bool {
    switch when {
    case .late, .overdue: true
    case .by, .on, .paused, .notKnown: false
    }
  }
}

/// Works out what happens next.
struct NextSteps {
  let facts: CaseFacts
  let standing: CaseStanding

  /// In the order in which it happens; nothing after a withdrawal.
  var all: [NextStep] {
    if standing.isWithdrawn { return [] }
    return towardsDecision + towardsOutcome + appeals
  }

  private var towardsDecision: [NextStep] {
    switch standing {
    case .received, .awaitsConsent, .beingLookedAt, .deferred, .beingDecidedAgain: break
    default: return []
    }
    var steps: [NextStep] = []
    if !facts.awaited.isEmpty { steps.append(NextStep(what: .consent, when: .notKnown)) }
    if let clock = open(.acknowledge) { steps.append(step(.acknowledgement, clock)) }
    if let clock = open(.information), !clock.isNobodyAsked {
      steps.append(step(.information, clock))
    }
    if facts.awaitsSecondSignature {
      steps.append(NextStep(what: .secondSignature, when: decision.when))
    } else {
      steps.append(decision)
    }
    return steps
  }

  private var decision: NextStep {
    let clock = open(.decide)
    if case .deferred(let until) = standing, until >= facts.today {
      // That a day was missed before it was put off is not hidden by putting it off.
      if case .late(let due, _, let told)? = clock.map({ when($0) }) {
        return NextStep(
          what: .decision, when: .late(since: due, new: until, isExplained: told))
      }
      return NextStep(what: .decision, when: .by(until, isOwn: true))
    }
    return clock.map { step(.decision, $0) } ?? NextStep(what: .decision, when: .notKnown)
  }

  private var towardsOutcome: [NextStep] {
    switch standing {
    case .met:
      let due = facts.decidedOn.flatMap {
        facts.due(.panel, from: [.decision: $0, .receipt: facts.receivedOn])
      }
      guard let due else { return [NextStep(what: .panel, when: .notKnown)] }
      return [NextStep(what: .panel, when: until(due.day, source: due.source))]
    case .findingDay, .noDayFound:
      guard let review = facts.review else { return [NextStep(what: .panel, when: .notKnown)] }
      return [NextStep(what: .panel, when: until(review.dueOn, source: review.clockSource))]
    case .panelSet(let day):
      return [panelOn(day), outcome(after: day)]
    case .reviewed(let day):
      let told = facts.outcomeToldOn != nil
      return (told ? [] : [outcome(after: day)]) + afterTheReview(day)
    default: return []
    }
  }

  /// A panel that meets later than it should is late, though its day is set.
  private func panelOn(_ day: CalendarDate) -> NextStep {
    guard let due = facts.review?.dueOn, due < day else {
      return NextStep(what: .panel, when: .on(day))
    }
    return NextStep(what: .panel, when: .late(since: due, new: day, isExplained: isTold(.panel)))
  }

  private func outcome(after day: CalendarDate) -> NextStep {
    guard let due = facts.outcomeDue(after: day) else {
      return NextStep(what: .outcome, when: .notKnown)
    }
    return NextStep(what: .outcome, when: until(due.day, source: due.source, stage: .outcome))
  }

  /// Bodies answer, and do what they accepted; a step of each kind, by the day that comes first.
  private func afterTheReview(_ day: CalendarDate) -> [NextStep] {
    let open = Recommendation.all(facts).filter {
      $0.followUp == nil || $0.followUp?.awaited != nil
    }
    let unanswered = open.filter { ($0.followUp?.awaited ?? .answer) == .answer }
    let undone = open.filter { $0.followUp?.awaited == .action }
    return step(.answers, unanswered, by: unanswered.compactMap(\.answerBy))
      + step(.actions, undone, by: undone.compactMap(\.followUp?.dueOn))
  }

  private func step(
    _ what: NextStep.What, _ open: [Recommendation], by days: [CalendarDate]
  ) -> [NextStep] {
    guard !open.isEmpty else { return [] }
    guard let first = days.min() else { return [NextStep(what: what, when: .notKnown)] }
    // Where it is not known whether bodies have answered, a day that went by is not called late.
    let isKnown = open.allSatisfy { $0.followUp != nil }
    return [
      NextStep(
        what: what,
        when: isKnown && first < facts.today
          ? .overdue(since: first) : .by(first, isOwn: true))
    ]
  }

  private var appeals: [NextStep] {
    facts.appeals.filter { $0.verdict == nil }.map { appeal in
      guard let due = appeal.dueOn else { return NextStep(what: .appealDecision, when: .notKnown) }
      let clock = facts.clocks.last { $0.stage == .appeal && $0.anchorOn == appeal.madeOn }
      if let clock { return step(.appealDecision, clock) }
      return NextStep(
        what: .appealDecision, when: until(due, source: facts.pack.name, stage: .appeal))
    }
  }
}

// MARK: - Clocks

extension NextSteps {
  /// The newest clock of a stage, while the stage is not done.
  private func open(_ stage: Clock.Stage) -> ClockFact? {
    guard let clock = facts.clocks.last(where: { $0.stage == stage }), clock.doneOn == nil else {
      return nil
    }
    return clock
  }

  private func step(_ what: NextStep.What, _ clock: ClockFact) -> NextStep {
    NextStep(what: what, when: when(clock))
  }

  private func when(_ clock: ClockFact) -> NextStep.When {
    let lateness = Letter.Lateness(
      from: clock.anchorOn, dueOn: clock.dueOn, doneOn: nil, isLate: clock.isLate,
      delays: facts.delays.filter { $0.stage == clock.stage }.map(\.dueOn), today: facts.today)
    if case .late(let due, let new) = lateness {
      return .late(since: due, new: new, isExplained: isTold(clock.stage))
    }
    if clock.isPaused { return .paused }
    return clock.dueOn.map { .by($0, isOwn: clock.source == facts.pack.name) } ?? .notKnown
  }

  /// A day that is still to come, or that was missed.
  private func until(
    _ day: CalendarDate, source: String, stage: Clock.Stage = .panel
  ) -> NextStep.When {
    day >= facts.today
      ? .by(day, isOwn: source == facts.pack.name)
      : .late(since: day, new: nil, isExplained: isTold(stage))
  }

  /// The person was told why the newest day that was missed in a stage was.
  private func isTold(_ stage: Clock.Stage) -> Bool {
    facts.delays.last { $0.stage == stage }?.toldOn != nil
  }
}
