import CaseModel
import IntakeRules
import WorkerKit

/// Everybody of a case with what is known of them, for the leak guard and for nothing else.
struct CasePeople: Sendable {
  /// Applicant and victims, each by who they are.
  var parties: [ConsentingPerson: PersonalDetails] = [:]
  /// Others who complained.
  var others: [PersonalDetails] = []
  var alleged: [PersonalDetails] = []
  /// Of areas and bodies, which everybody may name.
  var publicNames: [String] = []

  var applicantSide: [PersonalDetails] { Array(parties.values) + others }

  /// - Parameters:
  ///   - protected: whose values a text must not have.
  ///   - reader: whom it is for; nil where it is for a whole side.
  func leakGuard(
    protecting protected: Set<CheckText.Party>, reader: ConsentingPerson?
  ) -> LeakGuard {
    var values: [PersonalDetails] = []
    if protected.contains(.alleged) { values += alleged }
    if protected.contains(.applicantSide) {
      values += applicantSide
    } else if protected.contains(.otherVictims) {
      values += parties.filter { $0.key != reader }.map(\.value) + others
    }
    return LeakGuard(
      protecting: values, reader: known(protected, reader), publicNames: publicNames)
  }

  /// What whoever reads it knows by themselves. A text for neither side is for somebody who knows nothing.
  private func known(
    _ protected: Set<CheckText.Party>, _ reader: ConsentingPerson?
  ) -> [PersonalDetails] {
    if let reader { return parties[reader].map { [$0] } ?? [] }
    switch (protected.contains(.alleged), protected.contains(.applicantSide)) {
    case (true, true): return []
    case (false, true): return alleged
    case (_, false): return applicantSide
    }
  }
}

extension SliceReader {
  /// - Parameter victims: those of the case, in the application's order.
  func people(
    of reference: CaseReference, victims: [ConsentingPerson]
  ) throws -> CasePeople {
    var people = CasePeople()
    for row in try rows(
      """
      SELECT role, place, name, email, phone, postal_address, organisation FROM party
      WHERE case_reference = ? AND same_as_applicant = 0
      """, .text(reference.description))
    {
      let isApplicant = try row.text("role") == PartyRole.applicant.rawValue
      let person = isApplicant ? ConsentingPerson.applicant : .victim(try row.int("place"))
      people.parties[person] = PersonalDetails(
        names: [try row.text("name")].filter { !$0.isEmpty },
        organisations: [try row.text("organisation")].filter { !$0.isEmpty },
        addresses: [try row.text("postal_address")].filter { !$0.isEmpty },
        phones: [try row.text("phone")], emails: [try row.text("email")])
    }
    try addOthers(to: &people, of: reference, victims: victims)
    people.alleged = try rows(
      "SELECT name, address FROM alleged_perpetrator WHERE case_reference = ?",
      .text(reference.description)
    ).map {
      PersonalDetails(names: [try $0.text("name")], addresses: [try $0.text("address")])
    }
    return people
  }

  /// Others who complained, and the references of complaints with whoever made them.
  private func addOthers(
    to people: inout CasePeople, of reference: CaseReference, victims: [ConsentingPerson]
  ) throws {
    var references: [String: [String]] = [:]
    for row in try rows(
      "SELECT complainant, reference FROM complaint WHERE case_reference = ? AND reference <> ''",
      .text(reference.description))
    {
      references[try row.text("complainant"), default: []].append(try row.text("reference"))
    }
    people.parties[.applicant]?.references += references["self", default: []]
    // Which victim is not said: it is each one's.
    for victim in victims {
      people.parties[victim]?.references += references["victim", default: []]
    }
    people.others = try rows(
      "SELECT id, name FROM other_complainant WHERE case_reference = ?",
      .text(reference.description)
    ).map {
      PersonalDetails(
        names: [try $0.text("name")].filter { !$0.isEmpty },
        references: references[try $0.text("id"), default: []])
    }
  }

  /// Whom a path of the application names; a victim who is the applicant is the applicant.
  /// - Throws: the refusal `unknown-person`.
  func person(
    named path: String, field: String, victims: [ConsentingPerson]
  ) throws -> ConsentingPerson {
    switch ConsentingPerson(path: path) {
    case .applicant?: return .applicant
    case .victim(let place)? where victims.indices.contains(place): return victims[place]
    default:
      throw Refusal(
        .input, code: "unknown-person", path: field,
        message: "The application has nobody there; expected applicant"
          + (victims.isEmpty ? "." : ", or victims[0] to victims[\(victims.count - 1)]."))
    }
  }
}
