public import CaseModel
public import Letters
import Messages
import Policy
import ThresholdRules

// Letters about the threshold, about appeals and about delay. What they say is what is known on a day.
extension CaseOnPaper {
  /// The letter that tells what was decided, or that it is put off.
  /// - Throws: ``CaseLetterError`` `not-decided-yet`.
  public func notice(on today: CalendarDate) throws(CaseLetterError) -> Letter.ThresholdNotice {
    if let until = CalendarDate(kept.deferredUntil) {
      return notice(
        .deferred(until), of: assessment, kept.findings, on: timeline.deferredOn ?? until,
        writtenOn: today, by: pack.decidedBy(), reason: kept.deferralReason)
    }
    guard kept.hasDecision, let day = CalendarDate(kept.decision.decidedOn) else {
      throw CaseLetterError(
        .notDecidedYet,
        kept.hasPending ? "The decision waits for a second signature." : "Nothing is decided yet.")
    }
    return notice(
      kept.decision.met ? .met(kept.decision.clause) : .notMet, of: signedOn,
      kept.hasDecisionAssessment ? kept.decisionFindings : kept.findings, on: day,
      writtenOn: today,
      by: pack.decidedBy(body: kept.decision.body, capacity: kept.capacity), reason: kept.reason)
  }

  private func notice(
    _ outcome: Letter.ThresholdNotice.Outcome, of assessment: Assessment,
    _ findings: [Recourse_Threshold_V1_BodyFinding], on day: CalendarDate,
    writtenOn today: CalendarDate, by decider: String, reason: String
  ) -> Letter.ThresholdNotice {
    var circumstances = Letter.Circumstances()
    circumstances.findings = findings.compactMap(Evidence.Finding.init)
    if let review, let due = CalendarDate(review.dueOn) {
      circumstances.panelBy = Letter.Deadline(due, source: review.clockSource)
    }
    circumstances.panelMetOn = (review?.heldOn).flatMap { CalendarDate($0) }
    circumstances.appeals = appeals
    if kept.decision.number > 1 { circumstances.replaces = timeline.decidedOn.dropLast().last }
    if let clock = kept.clocks.last(where: { $0.stage == Clock.Stage.decide.rawValue }),
      let due = CalendarDate(clock.dueOn)
    {
      circumstances.decideBy = Letter.Deadline(due, source: clock.source)
    }
    return Letter.ThresholdNotice(
      assessment: assessment, outcome: outcome, pack: pack, caseReference: reference,
      decidedOn: day, writtenOn: max(day, today), decidedBy: decider, reason: reason,
      complaints: complaints, circumstances: circumstances)
  }

  /// The case's appeals, the first one first; without those that have no day.
  public var appeals: [Letter.Appeal] { kept.appeals.compactMap(Letter.Appeal.init) }

  /// The letter that acknowledges an appeal or, once it is decided, tells what came of it.
  /// - Parameter number: 1 for the first appeal of the case.
  /// - Throws: ``CaseLetterError`` `unknown-appeal`.
  public func appealNotice(
    _ number: UInt32, on today: CalendarDate
  ) throws(CaseLetterError) -> Letter.AppealNotice {
    guard let appeal = appeals.first(where: { $0.number == Int(number) }) else {
      throw CaseLetterError(.unknownAppeal, "There is no such appeal in the case.")
    }
    return Letter.AppealNotice(
      appeal: appeal, others: appeals.filter { $0.number != appeal.number }, pack: pack,
      caseReference: reference, on: today)
  }

  /// The letter that tells that a stage is late.
  /// - Parameters:
  ///   - stage: as a pack names it, such as `decide`.
  ///   - reason: said to the reader, word for word.
  /// - Throws: ``CaseLetterError`` `unknown-stage`, `stage-done` and `not-late`.
  public func delayNotice(
    _ stage: String, reason: String, on today: CalendarDate
  ) throws(CaseLetterError) -> Letter.DelayNotice {
    let stages = Clock.Stage.allCases.map(\.rawValue).joined(separator: ", ")
    guard let known = Clock.Stage(rawValue: stage) else {
      throw CaseLetterError(.unknownStage, "Expected one of: \(stages).")
    }
    let clock = kept.clocks.last { $0.stage == stage }
    let (due, aim): (CalendarDate, CalendarDate?)
    switch clock.flatMap({ lateness(of: $0, on: today) }) {
    case .late(let missed, let newDue): (due, aim) = (missed, newDue)
    case .done(let day):
      throw CaseLetterError(.stageDone, "This stage was done on \(day.inWords).")
    case .inTime, nil: throw CaseLetterError(.notLate, "This stage is not late.")
    }
    // What is aimed for in a decision that is put off is the day to which it is.
    let deferral = known == .decide ? CalendarDate(kept.deferredUntil) : nil
    let newDue = deferral.flatMap { $0 >= today ? $0 : nil } ?? aim
    return Letter.DelayNotice(
      stage: known, dueOn: due, newDueOn: newDue, reason: reason, pack: pack,
      source: clock?.source ?? pack.name, caseReference: reference, on: today)
  }

  /// Nil if the clock has no day that it is counted from.
  private func lateness(
    of clock: Recourse_Threshold_V1_ClockReading, on today: CalendarDate
  ) -> Letter.Lateness? {
    guard let anchor = CalendarDate(clock.anchorOn) else { return nil }
    let delays = kept.delays.filter { $0.stage == clock.stage }
    return Letter.Lateness(
      from: anchor, dueOn: CalendarDate(clock.dueOn), doneOn: CalendarDate(clock.doneOn),
      isLate: clock.late, delays: delays.compactMap { CalendarDate($0.dueOn) }, today: today)
  }
}

extension Letter.Appeal {
  /// Nil if it has no day.
  init?(_ appeal: Recourse_Threshold_V1_Appeal) {
    guard let madeOn = CalendarDate(appeal.madeOn) else { return nil }
    self.init(
      number: Int(appeal.number), subject: appeal.subject == .review ? .review : .handling,
      ground: AppealPolicy.Ground(rawValue: appeal.ground), madeOn: madeOn,
      dueOn: CalendarDate(appeal.dueOn),
      verdict: CalendarDate(appeal.decidedOn).map {
        Verdict(
          isUpheld: appeal.outcome == .referredBack, decidedOn: $0, capacity: appeal.capacity,
          reason: appeal.decisionReason)
      })
  }
}
