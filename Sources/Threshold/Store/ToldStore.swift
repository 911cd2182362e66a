import CaseModel
import Policy
import WorkerKit

/// What somebody counts as told of, on evidence.
enum ToldSubject: Sendable, Hashable {
  /// The applicant, that the application is there.
  case acknowledgement
  case body(String)
  case delay(KeptDelay)

  /// As it is kept; of each in a case there is one.
  fileprivate var stored: String {
    switch self {
    case .acknowledgement: "acknowledgement"
    case .body(let key): "body/\(key)"
    case .delay(let delay): "delay/\(delay.stage.rawValue)/\(delay.round)/\(delay.dueOn)"
    }
  }
}

extension SliceTransaction {
  /// Keeps who put the evidence on record: nobody else takes it back.
  /// - Parameter caller: the principal that called.
  func keepTold(
    _ subject: ToldSubject, by caller: String, on day: CalendarDate, of reference: CaseReference
  ) throws {
    try execute(
      """
      INSERT INTO told_evidence (case_reference, subject, caller, told_on) VALUES (?, ?, ?, ?)
      ON CONFLICT (case_reference, subject) DO UPDATE
        SET caller = excluded.caller, told_on = excluded.told_on
      """, .text(reference.description), .text(subject.stored), .text(caller),
      .text(day.description))
  }

  /// Takes it back. False if it is not on record by this caller for this day.
  func dropTold(
    _ subject: ToldSubject, by caller: String, on day: CalendarDate, of reference: CaseReference
  ) throws -> Bool {
    try execute(
      """
      DELETE FROM told_evidence
      WHERE case_reference = ? AND subject = ? AND caller = ? AND told_on = ?
      """, .text(reference.description), .text(subject.stored), .text(caller),
      .text(day.description)) > 0
  }
}
