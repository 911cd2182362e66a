import CaseModel
import Foundation
import ThresholdRules
import WorkerKit

/// All that the rules are given of an application besides the pack.
struct AssessmentInputs: Sendable, Hashable {
  let facts: ApplicationFacts
  let evidence: Evidence
}

/// What a decision was derived from, and what the rules said of it then.
struct KeptInput: Sendable, Hashable {
  /// Place among all decisions, from 1, in the order in which they were signed.
  let sequence: Int
  let reference: String
  let policyDigest: String
  let receivedOn: String
  /// Version of the rules.
  let engine: Int
  let outcome: RouteOutcome
  /// ``LinesDigest`` of the assessment.
  let lines: Int64
  /// ``AssessmentInputs``, as they are kept.
  let input: Data
}

extension SliceTransaction {
  /// Keeps what a decision was derived from, in the transaction that signs it.
  /// - Parameter decisionNumber: from 1; a decision that takes the place of another has the next number.
  func keepInputs(
    of application: KeptApplication, decisionNumber: Int, assessment: Assessment
  ) throws {
    let last = try row("SELECT MAX(sequence) AS last FROM decision_input")
    try execute(
      """
      INSERT INTO decision_input (
        sequence, case_reference, number, digest, received_on, engine, outcome, lines, input
      ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """, .integer((try last?.optionalInt("last") ?? 0) + 1),
      .text(application.reference.description), .integer(decisionNumber),
      .text(assessment.policyDigest), .text(application.receivedOn.description),
      .integer(Assessment.engineVersion), .text(assessment.outcome.rawValue),
      .integer(LinesDigest.of(assessment)), .blob(try inputs(of: application).serialized()))
  }
}

extension SliceReader {
  /// What the rules are given of an application as it is known now.
  func inputs(of application: KeptApplication) throws -> AssessmentInputs {
    AssessmentInputs(facts: try facts(of: application), evidence: try evidence(of: application))
  }

  /// What the decisions after a place were derived from, so many of them at most.
  func keptInputs(after place: Int, limit: Int) throws -> [KeptInput] {
    try rows(
      """
      SELECT sequence, digest, received_on, engine, outcome, lines, case_reference, input
      FROM decision_input WHERE sequence > ? ORDER BY sequence LIMIT ?
      """, .integer(place), .integer(limit)
    ).map { row in
      KeptInput(
        sequence: try row.int("sequence"), reference: try row.text("case_reference"),
        policyDigest: try row.text("digest"), receivedOn: try row.text("received_on"),
        engine: try row.int("engine"),
        outcome: try stored(RouteOutcome.self, row.text("outcome")),
        lines: Int64(try row.int("lines")), input: try row.blob("input"))
    }
  }

  /// How many decisions have been made under a pack about applications received in a range of days.
  func decisionsCount(under digest: String, receivedIn days: ClosedRange<String>) throws -> Int {
    try row(
      """
      SELECT COUNT(*) AS length FROM decision_input
      WHERE digest = ? AND received_on >= ? AND received_on <= ?
      """, .text(digest), .text(days.lowerBound), .text(days.upperBound))?.int("length") ?? 0
  }
}
