import CaseModel
import Policy
import WorkerKit

/// Records that the applicant has been told that a stage is late, and why, on somebody's evidence. Nothing
/// else makes a notice that is owed a notice that was given.
struct RecordDelayNotice: Sendable {
  /// As the pack names it.
  let stage: String
  /// Nil for today.
  let toldOn: CalendarDate?
  /// Who has the evidence; empty if nobody is named.
  let officer: String
  /// The principal that calls: it alone takes this back.
  let caller: String

  struct Outcome: Sendable {
    let delay: KeptDelay
    /// True if it had been recorded before.
    let repeated: Bool
  }

  /// Of several delays of a stage the first one of which the applicant has not been told is meant.
  /// - Throws: the refusals `unknown-case`, `unknown-stage`, `no-such-delay`, `already-told`,
  ///   `date-in-future` and `date-before-due`.
  func apply(_ reference: CaseReference, in tx: SliceTransaction) throws -> Outcome {
    let application = try tx.knownApplication(reference)
    let stage = try Clock.Stage(request: stage)
    let delays = try tx.delays(of: reference)
    let ofStage = delays.filter { $0.stage == stage }
    let day = toldOn ?? tx.today
    guard var delay = ofStage.first(where: { $0.toldOn == nil }) else {
      guard let told = ofStage.last, let earlier = told.toldOn else {
        throw noSuchDelay(reference, delays)
      }
      guard toldOn == nil || toldOn == earlier else { throw alreadyTold(on: earlier) }
      return Outcome(delay: told, repeated: true)
    }
    try check(day, delay, today: tx.today)
    delay.toldOn = day
    try tx.keepTold(delay, on: day, of: reference)
    try tx.keepTold(.delay(delay), by: caller, on: day, of: reference)
    try tx.announceTold(delay, on: day, of: application)
    try tx.audit(
      actor: officer.isEmpty ? "unnamed" : officer, action: "threshold.record-delay-notice",
      subject: reference.description, reason: "\(stage.rawValue), due by \(delay.dueOn), on \(day)")
    return Outcome(delay: delay, repeated: false)
  }

  private func check(_ day: CalendarDate, _ delay: KeptDelay, today: CalendarDate) throws {
    try checkHasCome(day, today: today, path: "toldOn")
    guard day >= delay.dueOn else {
      throw Refusal(
        .input, code: "date-before-due", path: "toldOn",
        message: "\(day) is before the day by which it was due, \(delay.dueOn).")
    }
  }

  private func noSuchDelay(_ reference: CaseReference, _ delays: [KeptDelay]) -> Refusal {
    let owed = delays.filter { $0.toldOn == nil }.map(\.stage.rawValue)
    return Refusal(
      .state, code: "no-such-delay", path: "stage",
      message: "This stage of \(reference) has not been late; "
        + (owed.isEmpty
          ? "no notice is owed." : "a notice is owed of: " + owed.joined(separator: ", ") + "."))
  }

  private func alreadyTold(on earlier: CalendarDate) -> Refusal {
    Refusal(
      .state, code: "already-told", path: "toldOn",
      message:
        "It is on record that the applicant was told on \(earlier); the first evidence stands."
    )
  }
}
