import CaseModel
import WorkerKit

/// A decision as a person signed it.
struct KeptDecision: Sendable, Hashable {
  let met: Bool
  /// The route that it was met by; nil if it was not met.
  let route: RouteName?
  /// The clause of that route; empty if it was not met.
  let clause: String
  let decidedOn: CalendarDate
  /// Who signed; does not leave with an event.
  let officer: String
  /// What leaves in place of the name: the same for all that an officer signs here.
  let officerKey: String
  /// In the officer's words; does not leave with an event.
  let reason: String
}

extension SliceTransaction {
  func keep(_ decision: KeptDecision, of reference: CaseReference) throws {
    try execute(
      """
      INSERT INTO decision (case_reference, met, route, clause, decided_on, officer_key, reason)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """, .text(reference.description), .bool(decision.met),
      .text(decision.route?.rawValue ?? ""), .text(decision.clause),
      .text(decision.decidedOn.description), .text(decision.officerKey), .text(decision.reason))
  }

  /// The key of an officer; one who has none yet gets the fresh one.
  func officerKey(of name: String, fresh: String) throws -> String {
    try execute(
      "INSERT INTO officer (name, officer_key) VALUES (?, ?) ON CONFLICT (name) DO NOTHING",
      .text(name), .text(fresh))
    return try row("SELECT officer_key FROM officer WHERE name = ?", .text(name))?
      .text("officer_key") ?? fresh
  }
}

extension SliceReader {
  /// The decision in a case, if it has been signed.
  func decision(of reference: CaseReference) throws -> KeptDecision? {
    try row(
      """
      SELECT met, route, clause, decided_on, name, decision.officer_key AS officer_key, reason
      FROM decision JOIN officer ON officer.officer_key = decision.officer_key
      WHERE case_reference = ?
      """, .text(reference.description)
    ).map { row in
      let route = try row.text("route")
      return KeptDecision(
        met: try row.bool("met"), route: route.isEmpty ? nil : try stored(RouteName.self, route),
        clause: try row.text("clause"), decidedOn: try storedDate(try row.text("decided_on")),
        officer: try row.text("name"), officerKey: try row.text("officer_key"),
        reason: try row.text("reason"))
    }
  }
}
