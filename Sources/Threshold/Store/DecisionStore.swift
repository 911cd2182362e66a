import CaseModel
import WorkerKit

/// A decision as a person signed it.
struct KeptDecision: Sendable, Hashable {
  /// 1 for the first of its case.
  let number: Int
  /// What the rules said when it was signed.
  let recommended: RouteOutcome
  let met: Bool
  /// The route that it was met by; nil if it was not met.
  let route: RouteName?
  /// The clause of that route; empty if it was not met.
  let clause: String
  let decidedOn: CalendarDate
  let signature: Signature
  /// Who signed second, where the procedure asks for two.
  let second: Officer?
  /// Which of the case's assessments it was signed on; nil where that was not kept.
  let revision: Int?

  /// Who signed; does not leave with an event.
  var officer: String { signature.officer.name }
  /// What leaves in place of the name: the same for all that an officer signs here.
  var officerKey: String { signature.officer.key }
  /// In the officer's words; does not leave with an event.
  var reason: String { signature.reason }
}

/// Who signed, for whom, and why.
struct Signature: Sendable, Hashable {
  let officer: Officer
  /// The body for which they signed, by key; empty for the bodies together.
  let body: String
  let capacity: String
  let reason: String
}

extension SliceTransaction {
  func keep(_ decision: KeptDecision, of reference: CaseReference) throws {
    let signature = decision.signature
    try execute(
      """
      INSERT INTO decision (
        case_reference, number, recommended, met, route, clause, decided_on, officer_key, reason,
        body, capacity, second_officer_key, revision
      ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """, .text(reference.description), .integer(decision.number),
      .text(decision.recommended.rawValue), .bool(decision.met),
      .text(decision.route?.rawValue ?? ""), .text(decision.clause),
      .text(decision.decidedOn.description), .text(signature.officer.key),
      .text(signature.reason), .text(signature.body), .text(signature.capacity),
      .optionalText(decision.second?.key), decision.revision.map { .integer($0) } ?? .null)
  }
}

extension SliceReader {
  /// What was decided in a case, the first decision first. The last one stands.
  func decisions(of reference: CaseReference) throws -> [KeptDecision] {
    try rows(
      """
      SELECT number, recommended, met, route, clause, decided_on, signed.name AS name,
        signed.officer_key AS officer_key, reason, body, capacity, second.name AS second_name,
        second_officer_key, revision
      FROM decision
        JOIN officer AS signed ON signed.officer_key = decision.officer_key
        LEFT JOIN officer AS second ON second.officer_key = decision.second_officer_key
      WHERE case_reference = ? ORDER BY number
      """, .text(reference.description)
    ).map { row in
      let route = try row.text("route")
      let second = try row.optionalText("second_name")
      return KeptDecision(
        number: try row.int("number"),
        recommended: try stored(RouteOutcome.self, try row.text("recommended")),
        met: try row.bool("met"), route: route.isEmpty ? nil : try stored(RouteName.self, route),
        clause: try row.text("clause"), decidedOn: try storedDate(try row.text("decided_on")),
        signature: try signature(in: row),
        second: try second.map { Officer(name: $0, key: try row.text("second_officer_key")) },
        revision: try row.optionalInt("revision"))
    }
  }

  /// The signature in a row that has the officer's name beside it.
  func signature(in row: SQLRow) throws -> Signature {
    Signature(
      officer: Officer(name: try row.text("name"), key: try row.text("officer_key")),
      body: try row.text("body"), capacity: try row.text("capacity"),
      reason: try row.text("reason"))
  }
}
