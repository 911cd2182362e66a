import CaseModel
import IntakeRules
import WorkerKit

/// By what a body finds what it has on record of somebody.
struct RecordedPerson: Sendable, Hashable {
  let name: String
  /// As it was reported, or empty.
  let address: String
}

/// A complaint by the reference that the body gave it.
struct RecordedComplaint: Sendable, Hashable {
  /// Place in the application, from 0.
  let index: Int
  let reference: String
}

extension SliceReader {
  /// Nil if the case has nobody there.
  func recordedPerson(
    _ person: ConsentingPerson, _ reference: CaseReference
  ) throws -> RecordedPerson? {
    let (role, place) =
      switch person {
      case .applicant: (PartyRole.applicant, 0)
      case .victim(let place): (PartyRole.victim, place)
      }
    return try row(
      "SELECT name, postal_address FROM party WHERE case_reference = ? AND role = ? AND place = ?",
      .text(reference.description), .text(role.rawValue), .integer(place)
    ).map {
      RecordedPerson(name: try $0.text("name"), address: try $0.text("postal_address"))
    }
  }

  /// Complaints that were made to a body and have a reference of its own, in the application's order.
  func recordedComplaints(
    to body: String, _ reference: CaseReference
  ) throws -> [RecordedComplaint] {
    try rows(
      """
      SELECT place, reference FROM complaint
      WHERE case_reference = ? AND body = ? AND reference <> '' ORDER BY place
      """, .text(reference.description), .text(body)
    ).map { RecordedComplaint(index: try $0.int("place"), reference: try $0.text("reference")) }
  }
}
