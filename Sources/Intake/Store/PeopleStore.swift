import CaseModel
import IntakeRules
import WorkerKit

/// What somebody is to a case, as the store writes it.
enum PartyRole: String {
  case applicant = "APPLICANT"
  case victim = "VICTIM"
}

extension SliceTransaction {
  func keep(_ other: OtherComplainant, _ reference: SQLValue) throws {
    try execute(
      "INSERT INTO other_complainant (case_reference, id, household, name) VALUES (?, ?, ?, ?)",
      reference, .text(other.id), .text(other.household), .text(other.name))
  }

  func keepPeople(of application: CheckedApplication, _ reference: SQLValue) throws {
    try keep(application.applicant, .applicant, 0, reference)
    for (place, victim) in application.victims.enumerated() {
      switch victim {
      case .applicant: try keepApplicantAsVictim(place, reference)
      case .person(let person): try keep(person, .victim, place, reference)
      }
    }
    for other in application.others { try keep(other, reference) }
    for (place, alleged) in application.allegedPerpetrators.enumerated() {
      try execute(
        """
        INSERT INTO alleged_perpetrator (case_reference, place, name, relation, tenant_of, address)
        VALUES (?, ?, ?, ?, ?, ?)
        """, reference, .integer(place), .text(alleged.name), .text(alleged.relation),
        .text(alleged.tenantOf), .text(alleged.address))
    }
  }

  private func keep(
    _ person: Person, _ role: PartyRole, _ place: Int, _ reference: SQLValue
  ) throws {
    try insert(person, sameAsApplicant: false, role, place, reference)
    try keepWays(of: person, role, place, reference)
  }

  /// How somebody is reached: which ways are safe, and what they need.
  func keepWays(
    of person: Person, _ role: PartyRole, _ place: Int, _ reference: SQLValue
  ) throws {
    for (index, channel) in person.safeChannels.enumerated() {
      try execute(
        """
        INSERT INTO party_safe_channel (case_reference, role, party_place, place, channel)
        VALUES (?, ?, ?, ?, ?)
        """, reference, .text(role.rawValue), .integer(place), .integer(index),
        .text(channel.rawValue))
    }
    for (index, adjustment) in person.adjustments.enumerated() {
      try execute(
        """
        INSERT INTO party_adjustment (case_reference, role, party_place, place, adjustment)
        VALUES (?, ?, ?, ?, ?)
        """, reference, .text(role.rawValue), .integer(place), .integer(index), .text(adjustment))
    }
  }

  private func keepApplicantAsVictim(_ place: Int, _ reference: SQLValue) throws {
    try insert(Person(name: ""), sameAsApplicant: true, .victim, place, reference)
  }

  private func insert(
    _ person: Person, sameAsApplicant: Bool, _ role: PartyRole, _ place: Int,
    _ reference: SQLValue
  ) throws {
    try execute(
      """
      INSERT INTO party (
        case_reference, role, place, same_as_applicant, kind, name, email, phone, postal_address,
        language, organisation, relation, phone_between, voicemail, contact_note
      ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      reference, .text(role.rawValue), .integer(place), .bool(sameAsApplicant),
      .text(person.kind), .text(person.name), .text(person.email), .text(person.phone),
      .text(person.postalAddress), .text(person.language), .text(person.organisation),
      .text(person.relation), .text(person.phoneBetween), .bool(person.voicemail),
      .text(person.contactNote))
  }
}

extension SliceReader {
  /// The victims of a case in the application's order; one who is the applicant as such.
  func victims(of reference: CaseReference) throws -> [ConsentingPerson] {
    try rows(
      """
      SELECT place, same_as_applicant FROM party
      WHERE case_reference = ? AND role = 'VICTIM' ORDER BY place
      """, .text(reference.description)
    ).map { row in
      try row.bool("same_as_applicant") ? .applicant : .victim(try row.int("place"))
    }
  }

  /// What is needed to reach somebody safely, and nothing else; nil if the case has nobody there.
  func contact(
    of person: ConsentingPerson, _ reference: CaseReference
  ) throws -> SafeContactDetails? {
    let (role, place) =
      switch person {
      case .applicant: (PartyRole.applicant, 0)
      case .victim(let place): (PartyRole.victim, place)
      }
    let key: [SQLValue] = [
      .text(reference.description), .text(role.rawValue), .integer(place),
    ]
    guard
      let party = try row(
        """
        SELECT name, language, email, phone, postal_address, phone_between, voicemail FROM party
        WHERE case_reference = ? AND role = ? AND place = ?
        """, key[0], key[1], key[2])
    else { return nil }
    let channels = try rows(
      """
      SELECT channel FROM party_safe_channel
      WHERE case_reference = ? AND role = ? AND party_place = ? ORDER BY place
      """, key[0], key[1], key[2]
    ).compactMap { SafeChannel(rawValue: try $0.text("channel")) }
    let adjustments = try rows(
      """
      SELECT adjustment FROM party_adjustment
      WHERE case_reference = ? AND role = ? AND party_place = ? ORDER BY place
      """, key[0], key[1], key[2]
    ).map { try $0.text("adjustment") }
    return SafeContactDetails(
      name: try party.text("name"), language: try party.text("language"),
      adjustments: adjustments,
      ways: try channels.map { channel in
        let address =
          switch channel.address {
          case .email: try party.text("email")
          case .phone: try party.text("phone")
          case .postalAddress: try party.text("postal_address")
          }
        let isPhone = channel == .phone
        return SafeContactDetails.Way(
          channel: channel, address: address,
          // A text message rings, too.
          between: channel.address == .phone ? try party.text("phone_between") : "",
          voicemail: isPhone ? try party.bool("voicemail") : false)
      })
  }
}

/// The least that somebody needs to make contact safely.
struct SafeContactDetails: Sendable, Hashable {
  struct Way: Sendable, Hashable {
    let channel: SafeChannel
    let address: String
    /// HH:MM-HH:MM, or empty for any time.
    let between: String
    /// Whether a message may be left.
    let voicemail: Bool
  }

  let name: String
  let language: String
  let adjustments: [String]
  let ways: [Way]
}
