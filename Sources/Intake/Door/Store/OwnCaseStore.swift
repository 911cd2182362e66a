import CaseModel
import IntakeRules
import WorkerKit

/// What a person told, as it stands now: with what they changed since. Without alleged perpetrators.
struct ToldApplication: Sendable {
  let area: String
  let channel: String
  let receivedOn: String
  let policyDigest: String
  let applicant: Person
  let victims: [Victim]
  let others: [OtherComplainant]
  let complaints: [ToldComplaint]
  let impact: String
  let desiredOutcome: String
  let attendance: String
  let immediateDanger: Bool
  /// As JSON.
  let riskAnswers: String
  let heardVia: String
  let heardMaterial: String
}

/// A complaint in the words of the form.
struct ToldComplaint: Sendable {
  let behaviour: (from: String, to: String)
  let complaint: (from: String, to: String)
  let madeTo: String
  let body: String
  let reference: String
  let channel: String
  let incident: String
  let complainant: String
  let what: String
  let responseSoFar: String
  let hateStrands: [String]
  /// Empty of one that came with the application.
  let addedOn: String
}

extension SliceReader {
  /// - Throws: the refusal `unknown-case`.
  func toldApplication(_ reference: CaseReference) throws -> ToldApplication {
    guard
      let row = try row(
        """
        SELECT area, channel, received_on, policy_digest, impact, desired_outcome, attendance,
          immediate_danger, risk_answers, heard_via, heard_material
        FROM application WHERE case_reference = ?
        """, .text(reference.description))
    else { throw Refusal.unknownCase(reference) }
    return ToldApplication(
      area: try row.text("area"), channel: try row.text("channel"),
      receivedOn: try row.text("received_on"), policyDigest: try row.text("policy_digest"),
      applicant: try person(.applicant, 0, reference),
      victims: try victims(of: reference).enumerated().map { place, person in
        person == .applicant ? .applicant : .person(try self.person(.victim, place, reference))
      },
      others: try otherComplainants(of: reference), complaints: try toldComplaints(reference),
      impact: try row.text("impact"), desiredOutcome: try row.text("desired_outcome"),
      attendance: try row.text("attendance"), immediateDanger: try row.bool("immediate_danger"),
      riskAnswers: try row.text("risk_answers"), heardVia: try row.text("heard_via"),
      heardMaterial: try row.text("heard_material"))
  }

  /// Somebody of a case, with everything that was told of them.
  func person(_ role: PartyRole, _ place: Int, _ reference: CaseReference) throws -> Person {
    let key: [SQLValue] = [.text(reference.description), .text(role.rawValue), .integer(place)]
    guard
      let row = try rows(
        """
        SELECT kind, name, email, phone, postal_address, language, organisation, relation,
          phone_between, voicemail, contact_note
        FROM party WHERE case_reference = ? AND role = ? AND place = ?
        """, arguments: key
      ).first
    else { throw Refusal.unknownCase(reference) }
    let channels = try rows(
      """
      SELECT channel FROM party_safe_channel
      WHERE case_reference = ? AND role = ? AND party_place = ? ORDER BY place
      """, arguments: key
    ).compactMap { SafeChannel(rawValue: try $0.text("channel")) }
    let adjustments = try rows(
      """
      SELECT adjustment FROM party_adjustment
      WHERE case_reference = ? AND role = ? AND party_place = ? ORDER BY place
      """, arguments: key
    ).map { try $0.text("adjustment") }
    return Person(
      kind: try row.text("kind"), name: try row.text("name"), email: try row.text("email"),
      phone: try row.text("phone"), postalAddress: try row.text("postal_address"),
      language: try row.text("language"), organisation: try row.text("organisation"),
      relation: try row.text("relation"), adjustments: adjustments, safeChannels: channels,
      phoneBetween: try row.text("phone_between"), voicemail: try row.bool("voicemail"),
      contactNote: try row.text("contact_note"))
  }

  func otherComplainants(of reference: CaseReference) throws -> [OtherComplainant] {
    try rows(
      "SELECT id, household, name FROM other_complainant WHERE case_reference = ? ORDER BY id",
      .text(reference.description)
    ).map {
      OtherComplainant(
        id: try $0.text("id"), household: try $0.text("household"), name: try $0.text("name"))
    }
  }

  func complaintCount(of reference: CaseReference) throws -> Int {
    try row(
      "SELECT COUNT(*) AS complaints FROM complaint WHERE case_reference = ?",
      .text(reference.description))?.int("complaints") ?? 0
  }

  private func toldComplaints(_ reference: CaseReference) throws -> [ToldComplaint] {
    var strands: [Int: [String]] = [:]
    for row in try rows(
      """
      SELECT complaint_place, strand FROM complaint_hate_strand
      WHERE case_reference = ? ORDER BY strand
      """, .text(reference.description))
    {
      strands[try row.int("complaint_place"), default: []].append(try row.text("strand"))
    }
    return try rows(
      """
      SELECT place, behaviour_from, behaviour_to, complaint_from, complaint_to, made_to, body,
        reference, channel, incident, complainant, what, response_so_far, added_on
      FROM complaint WHERE case_reference = ? ORDER BY place
      """, .text(reference.description)
    ).map { row in
      ToldComplaint(
        behaviour: (try row.text("behaviour_from"), try row.text("behaviour_to")),
        complaint: (try row.text("complaint_from"), try row.text("complaint_to")),
        madeTo: try row.text("made_to"), body: try row.text("body"),
        reference: try row.text("reference"), channel: try row.text("channel"),
        incident: try row.text("incident"), complainant: try row.text("complainant"),
        what: try row.text("what"), responseSoFar: try row.text("response_so_far"),
        hateStrands: strands[try row.int("place")] ?? [], addedOn: try row.text("added_on"))
    }
  }
}

extension SliceTransaction {
  /// How the applicant is reached from now on. Name and kind stay.
  func replaceContact(with person: Person, of reference: CaseReference) throws {
    let value = SQLValue.text(reference.description)
    try execute(
      """
      UPDATE party SET email = ?, phone = ?, postal_address = ?, language = ?, phone_between = ?,
        voicemail = ?, contact_note = ?
      WHERE case_reference = ? AND role = 'APPLICANT' AND place = 0
      """, .text(person.email), .text(person.phone), .text(person.postalAddress),
      .text(person.language), .text(person.phoneBetween), .bool(person.voicemail),
      .text(person.contactNote), value)
    for table in ["party_safe_channel", "party_adjustment"] {
      try execute(
        "DELETE FROM \(table) WHERE case_reference = ? AND role = 'APPLICANT' AND party_place = 0",
        value)
    }
    try keepWays(of: person, .applicant, 0, value)
  }

  func keepAttendance(_ attendance: String, of reference: CaseReference) throws {
    try execute(
      "UPDATE application SET attendance = ? WHERE case_reference = ?", .text(attendance),
      .text(reference.description))
  }
}

extension Refusal {
  static func unknownCase(_ reference: CaseReference) -> Refusal {
    Refusal(
      .notFound, code: "unknown-case", path: "caseReference",
      message: "There is no case \(reference).")
  }
}
