import CaseModel
import WorkerKit

/// That a body was asked for what it knows (Sch. 4 para 7), and what became of it.
struct KeptInformationRequest: Sendable, Hashable {
  /// Key of the body in the pack.
  let body: String
  /// True if the body must comply: it exercises public functions.
  let isMandatory: Bool
  let requestedOn: CalendarDate
  /// The last day on which an answer is in time.
  let dueOn: CalendarDate
  var state = InformationState.requested
  /// How often it has answered; more than once where an answer was put right.
  var answers = 0
  /// Of the newest answer.
  var answeredOn: CalendarDate?
  /// Why it refused, if it did.
  var ground: RefusalGround?
  var chasedOn: [CalendarDate] = []
}

/// How far a request for information has got.
enum InformationState: String, Sendable, CaseIterable {
  case requested = "REQUESTED"
  case returned = "RETURNED"
  case refused = "REFUSED"
  /// Neither returned nor refused by the end of the day on which it was due.
  case overdue = "OVERDUE"
}

/// Why information may be refused (Sch. 4 para 7).
enum RefusalGround: String, Sendable, CaseIterable {
  case dataProtection = "DATA_PROTECTION"
  case investigatoryPowers = "INVESTIGATORY_POWERS"
  case notHeld = "NOT_HELD"
  case notPublicFunction = "NOT_PUBLIC_FUNCTION"
}

extension SliceTransaction {
  /// Keeps that a body was asked.
  func keep(
    _ request: KeptInformationRequest, at place: Int, of reference: CaseReference
  ) throws {
    try execute(
      """
      INSERT INTO information_request (
        case_reference, place, body, mandatory, requested_on, due_on, state, answers
      ) VALUES (?, ?, ?, ?, ?, ?, ?, 0)
      """, .text(reference.description), .integer(place), .text(request.body),
      .bool(request.isMandatory), .text(request.requestedOn.description),
      .text(request.dueOn.description), .text(request.state.rawValue))
  }

  /// Keeps that a body has not answered in time. False if it has, or was never asked.
  func recordOverdue(_ body: String, of reference: CaseReference) throws -> Bool {
    try execute(
      """
      UPDATE information_request SET state = 'OVERDUE'
      WHERE case_reference = ? AND body = ? AND state = 'REQUESTED'
      """, .text(reference.description), .text(body)) > 0
  }

  /// Keeps that a body was asked again. False if that is on record for the day.
  func recordChased(
    _ body: String, on day: CalendarDate, of reference: CaseReference
  ) throws -> Bool {
    try execute(
      """
      INSERT INTO information_chase (case_reference, body, chased_on) VALUES (?, ?, ?)
      ON CONFLICT (case_reference, body, chased_on) DO NOTHING
      """, .text(reference.description), .text(body), .text(day.description)) > 0
  }
}

extension SliceReader {
  /// The bodies that were asked for information in a case, in the order in which they were asked.
  func informationRequests(of reference: CaseReference) throws -> [KeptInformationRequest] {
    let key = SQLValue.text(reference.description)
    var chased: [String: [CalendarDate]] = [:]
    let chases = try rows(
      "SELECT body, chased_on FROM information_chase WHERE case_reference = ? ORDER BY chased_on",
      key)
    for row in chases {
      chased[try row.text("body"), default: []].append(try storedDate(row.text("chased_on")))
    }
    return try rows(
      """
      SELECT asked.body AS body, mandatory, requested_on, due_on, state, answers, answered_on, ground
      FROM information_request AS asked
      LEFT JOIN information_answer AS answer ON answer.case_reference = asked.case_reference
        AND answer.body = asked.body AND answer.number = asked.answers
      WHERE asked.case_reference = ? ORDER BY asked.place
      """, key
    ).map { row in
      let body = try row.text("body")
      let ground = try row.optionalText("ground") ?? ""
      return KeptInformationRequest(
        body: body, isMandatory: try row.bool("mandatory"),
        requestedOn: try storedDate(row.text("requested_on")),
        dueOn: try storedDate(row.text("due_on")),
        state: try stored(InformationState.self, row.text("state")),
        answers: try row.int("answers"),
        answeredOn: try row.optionalText("answered_on").map(storedDate),
        ground: ground.isEmpty ? nil : try stored(RefusalGround.self, ground),
        chasedOn: chased[body] ?? [])
    }
  }
}
