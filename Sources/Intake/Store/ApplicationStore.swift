import CaseModel
import Foundation
import IntakeRules
import WorkerKit

extension SliceReader {
  /// Whether a case has this reference already.
  func hasCase(_ reference: CaseReference) throws -> Bool {
    try row(
      "SELECT case_reference FROM application WHERE case_reference = ?",
      .text(reference.description)) != nil
  }

  /// What later answers about a case go by.
  /// - Throws: the refusal `unknown-case`.
  func knownCase(_ reference: CaseReference) throws -> KnownCase {
    let row = try row(
      "SELECT policy_digest, received_on, key_salt FROM application WHERE case_reference = ?",
      .text(reference.description))
    guard let row else {
      throw Refusal(
        .notFound, code: "unknown-case", path: "caseReference",
        message: "There is no case \(reference).")
    }
    guard let receivedOn = CalendarDate(try row.text("received_on")) else {
      throw SliceError.wrongType("received_on")
    }
    return KnownCase(
      reference: reference, policyDigest: try row.text("policy_digest"), receivedOn: receivedOn,
      keys: CaseKeys(salt: try row.text("key_salt")))
  }

  /// By which of the form's ways the applicant of a case heard of their right, and what they wrote as the material that
  /// told them; both empty where nothing was said.
  func heardVia(of reference: CaseReference) throws -> (channel: String, material: String) {
    let row = try row(
      "SELECT heard_via, heard_material FROM application WHERE case_reference = ?",
      .text(reference.description))
    return (try row?.text("heard_via") ?? "", try row?.text("heard_material") ?? "")
  }

  /// Cases in the order of their references, after the given one.
  func cases(after reference: String, limit: Int) throws -> [ListedCase] {
    try rows(
      """
      SELECT case_reference, area, received_on FROM application
      WHERE case_reference > ? ORDER BY case_reference LIMIT ?
      """, .text(reference), .integer(limit)
    ).map {
      ListedCase(
        reference: try $0.text("case_reference"), area: try $0.text("area"),
        receivedOn: try $0.text("received_on"))
    }
  }
}

/// A case as far as its later answers need it.
struct KnownCase: Sendable {
  let reference: CaseReference
  let policyDigest: String
  let receivedOn: CalendarDate
  let keys: CaseKeys
}

/// A case as a list shows it.
struct ListedCase: Sendable, Hashable {
  let reference: String
  let area: String
  /// YYYY-MM-DD.
  let receivedOn: String
}

extension SliceTransaction {
  /// Keeps everything that an application says.
  func keep(
    _ application: CheckedApplication, as reference: CaseReference, keys: CaseKeys,
    submittedBy: String
  ) throws {
    let reference = SQLValue.text(reference.description)
    try execute(
      """
      INSERT INTO application (
        case_reference, area, channel, received_at, received_on, policy_digest, submitted_by,
        key_salt, impact, desired_outcome, attendance, immediate_danger, risk_answers,
        heard_via, heard_material
      ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      reference, .text(application.area), .text(application.channel),
      .moment(application.receivedAt), .text(application.receivedOn.description),
      .text(application.policyDigest), .text(submittedBy), .text(keys.salt),
      .text(application.impact), .text(application.desiredOutcome),
      .text(application.attendance), .bool(application.immediateDanger),
      .text(application.riskAnswers), .text(application.heardVia),
      .text(application.heardMaterial))
    try keepPeople(of: application, reference)
    for (place, complaint) in application.complaints.enumerated() {
      try keep(complaint, place, reference)
    }
  }

  /// - Parameter addedOn: the day of one that was added after the application; nil of one that came with it.
  func keep(
    _ complaint: ReportedComplaint, _ place: Int, _ reference: SQLValue,
    addedOn: CalendarDate? = nil
  ) throws {
    try execute(
      """
      INSERT INTO complaint (
        case_reference, place, behaviour_from, behaviour_to, complaint_from, complaint_to,
        made_to, body, reference, channel, incident, complainant, what, response_so_far, added_on
      ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      reference, .integer(place), .text(complaint.dates.behaviour.lowerBound.description),
      .text(complaint.dates.behaviour.upperBound.description),
      .text(complaint.dates.complaint.lowerBound.description),
      .text(complaint.dates.complaint.upperBound.description),
      .text(complaint.madeTo), .text(complaint.body), .text(complaint.reference),
      .text(complaint.channel), .text(complaint.incident), .text(complaint.complainant.stored),
      .text(complaint.what), .text(complaint.responseSoFar),
      .text(addedOn?.description ?? ""))
    for strand in complaint.hateStrands {
      try execute(
        """
        INSERT INTO complaint_hate_strand (case_reference, complaint_place, strand)
        VALUES (?, ?, ?)
        """, reference, .integer(place), .text(strand))
    }
  }
}

extension Complainant {
  /// As the form writes it.
  fileprivate var stored: String {
    switch self {
    case .applicant: "self"
    case .victim: "victim"
    case .other(let id): id
    }
  }
}
