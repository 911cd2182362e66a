import CaseModel
import Policy
import PolicyLibrary
import WorkerKit

/// The clocks of a case that Threshold keeps: that it is acknowledged, by when bodies answer, by when it
/// has to be decided, and by when an appeal has to be. They run by the pack's own clocks or by lent ones,
/// in the pack's calendar.
///
/// A deadline is never moved in silence: what moves it is a change with a reason, and what is late owes
/// the applicant a notice.
struct CaseClocks: Sendable {
  /// Fires on the day after a stage's last day.
  static let timerKind = "stage-due"

  let library: PolicyLibrary

  /// Starts a stage's clock if the policy has one and what it is counted from has happened; a round that
  /// has begun is left as it is.
  /// - Parameter days: of what the case does not keep, or counts anew from; see ``day(of:_:given:in:)``.
  func start(
    _ stage: Clock.Stage, round: Int, given days: [Clock.Anchor: CalendarDate] = [:],
    of application: KeptApplication, in tx: SliceTransaction
  ) throws {
    guard let (clock, source) = try clock(stage, of: application, in: tx),
      let day = try day(of: clock.anchor, application, given: days, in: tx)
    else { return }
    try begin(
      RunningClock(clock, source: source, anchor: day), round: round, of: application, in: tx)
  }

  /// Lets a clock run. Where a consent is waited for, a decision's stands still from the beginning, if
  /// the policy lets it.
  func begin(
    _ running: RunningClock, round: Int, of application: KeptApplication, in tx: SliceTransaction
  ) throws {
    let reference = application.reference
    // Nothing is due in what was taken back.
    guard application.withdrawnOn == nil else { return }
    var kept = KeptClock(round: round, running: running)
    let hasBegun = try tx.clocks(of: reference).contains {
      $0.stage == kept.stage && $0.round == round
    }
    guard !hasBegun else { return }
    try tx.keep(kept, of: reference)
    let pack = try library.pack(application.policyDigest, in: tx)
    if application.awaitsConsent, kept.stage == .decide, running.clock.isPausable {
      let pause = RunningClock.Change.paused(on: running.anchor)
      try kept.running.apply(pause)
      try tx.keep(pause, of: kept, by: nil, reason: TakeInConsent.awaited, reference)
      try tx.announceChanged(kept, pause, due: nil, of: application)
    }
    try schedule(kept, reference, under: pack, in: tx)
  }

  /// A clock of the pack, or a lent one, and the name of the pack that it is from.
  func clock(
    _ stage: Clock.Stage, of application: KeptApplication, in tx: SliceTransaction
  ) throws -> (clock: Clock, source: String)? {
    let pack = try library.pack(application.policyDigest, in: tx)
    let lender = try library.lenders(in: tx).defaultPack(on: application.receivedOn)
    return pack.clock(stage, fallback: lender)
  }

  /// The day on which that happened which a clock is counted from; nil if it has not happened, or nobody
  /// here is told of it. All clocks go by it.
  func day(
    of anchor: Clock.Anchor, _ application: KeptApplication,
    given days: [Clock.Anchor: CalendarDate] = [:], in tx: SliceTransaction
  ) throws -> CalendarDate? {
    if let day = days[anchor] { return day }
    switch anchor {
    case .receipt: return application.clockReceipt
    case .acknowledgement: return try acknowledgementDay(of: application, in: tx)
    case .information: return try informationDay(of: application, in: tx)
    case .decision: return try tx.decisions(of: application.reference).last?.decidedOn
    case .appeal, .meeting, .outcome: return nil
    }
  }

  /// The stage is done, so its clock stops: that of a round, or the one that is open. With the decision
  /// no information is waited for any more.
  func stop(
    _ stage: Clock.Stage, round: Int? = nil, on day: CalendarDate? = nil,
    of reference: CaseReference, in tx: SliceTransaction
  ) throws {
    let open = try tx.clocks(of: reference).last {
      $0.stage == stage && $0.doneOn == nil && (round ?? $0.round) == $0.round
    }
    if let open {
      try tx.keepDone(open, on: day ?? tx.today, of: reference)
      try tx.cancelTimer(Self.timerKind, key: Self.timerKey(open, reference))
    }
    if stage == .decide { try stop(.information, of: reference, in: tx) }
  }

  /// The application was taken back: every clock that runs or stands still ends, and nothing starts by itself.
  func endAll(on day: CalendarDate, of reference: CaseReference, in tx: SliceTransaction) throws {
    for clock in try tx.clocks(of: reference) where clock.doneOn == nil {
      try tx.keepEnded(clock, on: day, of: reference)
      try tx.cancelTimer(Self.timerKind, key: Self.timerKey(clock, reference))
    }
    try tx.cancelTimer(Self.nobodyAskedKind, key: reference.description)
  }

  /// Sets the timer to the end of the last day, or takes it back while the clock stands still.
  func schedule(
    _ clock: KeptClock, _ reference: CaseReference, under pack: PolicyPack,
    in tx: SliceTransaction
  ) throws {
    let key = Self.timerKey(clock, reference)
    try withinHorizon(clock.stage, reference, in: tx) {
      guard let due = try clock.running.due(in: pack.calendar) else {
        return try tx.cancelTimer(Self.timerKind, key: key)
      }
      try tx.schedule(Self.timerKind, key: key, at: due.isOver)
    }
  }

  /// Where bank holidays are not known for so long, that is put on record: nothing is guessed.
  func withinHorizon(
    _ stage: Clock.Stage, _ reference: CaseReference, in tx: SliceTransaction,
    _ work: () throws -> Void
  ) throws {
    do {
      try work()
    } catch let beyond as BeyondHorizon {
      try tx.audit(
        actor: "threshold", action: "threshold.beyond-horizon", subject: reference.description,
        reason: "\(stage.rawValue): \(beyond)")
    }
  }

  /// A stage's last day has gone by. If it is still open, the applicant is owed a notice that it is late,
  /// once for each deadline.
  func noteLate(_ timer: DueTimer, in tx: SliceTransaction) throws {
    let parts = timer.key.split(separator: "/").map(String.init)
    guard parts.count == 3, let round = Int(parts[2]) else {
      throw DamagedSlice(what: "a case, a stage and a round")
    }
    let application = try tx.knownApplication(CaseReference(parsing: parts[0]))
    let reference = application.reference
    let clock = try tx.clocks(of: reference).first {
      $0.stage.rawValue == parts[1] && $0.round == round
    }
    guard let clock, clock.doneOn == nil else { return }
    let calendar = try library.pack(application.policyDigest, in: tx).calendar
    guard let due = try clock.running.due(in: calendar), due < tx.today,
      try tx.keepDelay(clock, due: due, of: reference)
    else { return }
    try tx.announceLate(clock, due: due, of: application)
    try tx.audit(
      actor: "threshold", action: "threshold.late", subject: reference.description,
      reason: "\(clock.stage.rawValue) was due by \(due)")
    // What is counted from it waits no longer.
    if clock.stage == .acknowledge { try startWhatIsCounted(application, in: tx) }
  }

  private static func timerKey(_ clock: KeptClock, _ reference: CaseReference) -> String {
    "\(reference)/\(clock.stage.rawValue)/\(clock.round)"
  }
}
