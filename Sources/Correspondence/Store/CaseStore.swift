import CaseModel
import Foundation
import WorkerKit

/// An event of a case as it came: letters are made from these.
struct KeptEvent: Sendable, Hashable {
  let position: UInt64
  /// Full name of the message.
  let type: String
  let payload: Data
  let occurredAt: Date
}

/// A case that somebody is written to about.
struct WrittenCase: Sendable, Hashable {
  let reference: CaseReference
  let policyDigest: String
  /// Nothing but the confirmation goes out of an application that was withdrawn.
  let isWithdrawn: Bool
  /// When the panel is to meet; nil if no day is set, or it has met.
  let panelOn: CalendarDate?
}

extension SliceTransaction {
  /// Keeps from when on notices are written; the first word stands.
  func begin(at moment: Date) throws {
    try execute(
      "INSERT INTO beginning (id, moment) VALUES (1, ?) ON CONFLICT (id) DO NOTHING",
      .moment(moment))
  }

  func keep(_ event: KeptEvent, of reference: CaseReference, policyDigest: String) throws {
    try execute(
      """
      INSERT INTO written_case (case_reference, policy_digest) VALUES (?, ?)
      ON CONFLICT (case_reference) DO NOTHING
      """, .text(reference.description), .text(policyDigest))
    try execute(
      """
      INSERT INTO case_event (log_position, case_reference, type, payload, occurred_at)
      VALUES (?, ?, ?, ?, ?) ON CONFLICT (log_position) DO NOTHING
      """, .integer(Int64(event.position)), .text(reference.description), .text(event.type),
      .blob(event.payload), .moment(event.occurredAt))
  }

  /// Keeps how many complaints come with an application.
  func expect(_ complaints: Int, of reference: CaseReference) throws {
    try execute(
      "UPDATE written_case SET complaints = ? WHERE case_reference = ?", .integer(complaints),
      .text(reference.description))
  }

  /// - Parameter day: nil if it has met.
  func keepPanel(on day: CalendarDate?, of reference: CaseReference) throws {
    try execute(
      "UPDATE written_case SET panel_on = ? WHERE case_reference = ?",
      .text(day?.description ?? ""), .text(reference.description))
  }

  func markWithdrawn(_ reference: CaseReference) throws {
    try execute(
      "UPDATE written_case SET is_withdrawn = 1 WHERE case_reference = ?",
      .text(reference.description))
  }
}

extension SliceReader {
  /// From when on notices are written; nil before the worker's first start.
  func beginning() throws -> Date? {
    try row("SELECT moment FROM beginning WHERE id = 1").map { try $0.moment("moment") }
  }

  func writtenCase(_ reference: CaseReference) throws -> WrittenCase? {
    try row(
      "SELECT policy_digest, is_withdrawn, panel_on FROM written_case WHERE case_reference = ?",
      .text(reference.description)
    ).map {
      WrittenCase(
        reference: reference, policyDigest: try $0.text("policy_digest"),
        isWithdrawn: try $0.bool("is_withdrawn"),
        panelOn: CalendarDate(try $0.text("panel_on")))
    }
  }

  /// True if as many complaints have been heard of as came with the application.
  func hasAllComplaints(of reference: CaseReference) throws -> Bool {
    let row = try row(
      """
      SELECT complaints, (SELECT COUNT(*) FROM case_event
        WHERE case_event.case_reference = written_case.case_reference AND type = ?) AS heard
      FROM written_case WHERE case_reference = ?
      """, .text(Self.complaintType), .text(reference.description))
    guard let row else { return false }
    return try row.int("heard") >= row.int("complaints")
  }

  /// What happened in a case, in the log's order.
  func events(of reference: CaseReference) throws -> [KeptEvent] {
    try rows(
      """
      SELECT log_position, type, payload, occurred_at FROM case_event
      WHERE case_reference = ? ORDER BY log_position
      """, .text(reference.description)
    ).map {
      KeptEvent(
        position: UInt64(try $0.int("log_position")), type: try $0.text("type"),
        payload: try $0.blob("payload"), occurredAt: try $0.moment("occurred_at"))
    }
  }
}
