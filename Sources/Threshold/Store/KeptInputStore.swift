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
  /// What the person decided.
  let decidedMet: Bool
  /// When they did, written `YYYY-MM-DD`.
  let decidedOn: String
}

/// Which of the decisions are looked at.
struct KeptInputScope: Sendable, Hashable {
  /// Days of receipt, written `YYYY-MM-DD`.
  let receivedIn: ClosedRange<String>
  /// Only the newest decision of each case.
  var newestOnly = false

  static let all = KeptInputScope(receivedIn: "0001-01-01"..."9999-12-31")

  /// Narrows rows of `decision_input` further.
  fileprivate var isNewest: String {
    guard newestOnly else { return "" }
    return """
      AND NOT EXISTS (
        SELECT 1 FROM decision_input AS later
        WHERE later.case_reference = kept.case_reference AND later.number > kept.number)
      """
  }
}

extension SliceTransaction {
  /// Keeps what a decision was derived from, in the transaction that signs it.
  /// - Parameter decisionNumber: from 1; a decision that takes the place of another has the next number.
  func keepInputs(
    decisionNumber: Int, of application: KeptApplication, assessed: AssessedInputs
  ) throws {
    let assessment = assessed.assessment
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
      .integer(LinesDigest.of(assessment)), .blob(try assessed.inputs.serialized()))
  }
}

extension SliceReader {
  /// What the rules are given of an application as it is known now.
  func inputs(of application: KeptApplication) throws -> AssessmentInputs {
    AssessmentInputs(facts: try facts(of: application), evidence: try evidence(of: application))
  }

  /// What a decision was derived from; nil for one of before inputs were kept.
  func keptInputs(
    of reference: CaseReference, decision number: Int
  ) throws -> AssessmentInputs? {
    try row(
      "SELECT input FROM decision_input WHERE case_reference = ? AND number = ?",
      .text(reference.description), .integer(number)
    ).map { try AssessmentInputs(serialized: try $0.blob("input")) }
  }

  /// What the decisions after a place were derived from, so many of them at most, whenever received.
  func keptInputs(
    after place: Int, limit: Int, _ scope: KeptInputScope = .all
  ) throws -> [KeptInput] {
    try rows(
      """
      SELECT sequence, digest, received_on, engine, outcome, lines, input,
        kept.case_reference AS case_reference, COALESCE(decision.met, 0) AS decided_met,
        COALESCE(decision.decided_on, received_on) AS decided_on
      FROM decision_input AS kept
      LEFT JOIN decision ON decision.case_reference = kept.case_reference
        AND decision.number = kept.number
      WHERE sequence > ? \(scope.isNewest) ORDER BY sequence LIMIT ?
      """, .integer(place), .integer(limit)
    ).map { row in
      KeptInput(
        sequence: try row.int("sequence"), reference: try row.text("case_reference"),
        policyDigest: try row.text("digest"), receivedOn: try row.text("received_on"),
        engine: try row.int("engine"),
        outcome: try stored(RouteOutcome.self, row.text("outcome")),
        lines: Int64(try row.int("lines")), input: try row.blob("input"),
        decidedMet: try row.bool("decided_met"), decidedOn: try row.text("decided_on"))
    }
  }

  /// How many decisions have been made under a pack.
  func decisionsCount(under digest: String, _ scope: KeptInputScope) throws -> Int {
    try row(
      """
      SELECT COUNT(*) AS length FROM decision_input AS kept
      WHERE digest = ? AND received_on >= ? AND received_on <= ? \(scope.isNewest)
      """, .text(digest), .text(scope.receivedIn.lowerBound), .text(scope.receivedIn.upperBound))?
      .int("length") ?? 0
  }

  /// How many decisions were signed before inputs were kept, by the digest of the pack.
  func decisionsWithoutInputs(_ scope: KeptInputScope) throws -> [String: Int] {
    let isNewest = """
      AND NOT EXISTS (
        SELECT 1 FROM decision AS later
        WHERE later.case_reference = decision.case_reference AND later.number > decision.number)
      """
    let counts = try rows(
      """
      SELECT policy_digest, COUNT(*) AS length
      FROM decision
      JOIN application ON application.case_reference = decision.case_reference
      LEFT JOIN decision_input AS kept ON kept.case_reference = decision.case_reference
        AND kept.number = decision.number
      WHERE kept.sequence IS NULL AND application.received_on >= ? AND application.received_on <= ?
        \(scope.newestOnly ? isNewest : "")
      GROUP BY policy_digest
      """, .text(scope.receivedIn.lowerBound), .text(scope.receivedIn.upperBound)
    ).map { (try $0.text("policy_digest"), try $0.int("length")) }
    return Dictionary(uniqueKeysWithValues: counts)
  }
}
