import CaseModel
import Policy
import WorkerKit

/// That a stage was not done by its day, and when the applicant was told.
struct KeptDelay: Sendable, Hashable {
  let stage: Clock.Stage
  /// Of the stage's clock.
  let round: Int
  /// By when it was due.
  let dueOn: CalendarDate
  let onBreach: Clock.Breach
  /// Nil while the applicant has not been told.
  var toldOn: CalendarDate?
}

extension SliceTransaction {
  /// Keeps that a clock's stage was not done by its day. False if that is on record for this deadline.
  func keepDelay(_ clock: KeptClock, due: CalendarDate, of reference: CaseReference) throws -> Bool
  {
    try execute(
      """
      INSERT INTO stage_delay (case_reference, stage, round, due_on) VALUES (?, ?, ?, ?)
      ON CONFLICT (case_reference, stage, round, due_on) DO NOTHING
      """, .text(reference.description), .text(clock.stage.rawValue), .integer(clock.round),
      .text(due.description)) > 0
  }

  /// Keeps that the applicant was told of a delay.
  /// - Parameter day: nil if they were not after all.
  func keepTold(_ delay: KeptDelay, on day: CalendarDate?, of reference: CaseReference) throws {
    try execute(
      """
      UPDATE stage_delay SET told_on = ?
      WHERE case_reference = ? AND stage = ? AND round = ? AND due_on = ?
      """, .optionalText(day?.description), .text(reference.description),
      .text(delay.stage.rawValue),
      .integer(delay.round), .text(delay.dueOn.description))
  }
}

extension SliceReader {
  /// The delays of a case, in the order in which things were due.
  func delays(of reference: CaseReference) throws -> [KeptDelay] {
    try rows(
      """
      SELECT delay.stage AS stage, delay.round AS round, due_on, on_breach, told_on
      FROM stage_delay AS delay
      JOIN stage_clock AS clock ON clock.case_reference = delay.case_reference
        AND clock.stage = delay.stage AND clock.round = delay.round
      WHERE delay.case_reference = ? ORDER BY due_on, delay.stage, delay.round
      """, .text(reference.description)
    ).map { row in
      KeptDelay(
        stage: try stored(Clock.Stage.self, try row.text("stage")), round: try row.int("round"),
        dueOn: try storedDate(try row.text("due_on")),
        onBreach: try stored(Clock.Breach.self, try row.text("on_breach")),
        toldOn: try row.optionalText("told_on").map(storedDate))
    }
  }
}
