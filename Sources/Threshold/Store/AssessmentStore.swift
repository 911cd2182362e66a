import CaseModel
import Foundation
import WorkerKit

/// What the rules said of an application: first on the day that it was complete, then each time that
/// information came in.
struct KeptAssessment: Sendable, Hashable {
  /// 0 for the first.
  let revision: Int
  let policyDigest: String
  let assessedOn: CalendarDate
  let outcome: RouteOutcome
  /// The announcement as it went out: every finding, with its reason as data.
  let findings: Data
  /// What the rules were given; nil for those of a time when it was not kept.
  let input: Data?
}

extension SliceTransaction {
  /// Keeps an assessment; those before it stay as they are.
  func keep(_ assessment: KeptAssessment, of reference: CaseReference) throws {
    let values: [SQLValue] = [
      .text(assessment.policyDigest), .text(assessment.assessedOn.description),
      .text(assessment.outcome.rawValue), .blob(assessment.findings),
      assessment.input.map { .blob($0) } ?? .null,
    ]
    if assessment.revision == 0 {
      try execute(
        """
        INSERT INTO assessment (
          case_reference, policy_digest, assessed_on, outcome, findings, input
        ) VALUES (?, ?, ?, ?, ?, ?)
        """, .text(reference.description), values[0], values[1], values[2], values[3], values[4])
    } else {
      try execute(
        """
        INSERT INTO assessment_revision (
          case_reference, revision, policy_digest, assessed_on, outcome, findings, input
        ) VALUES (?, ?, ?, ?, ?, ?, ?)
        """, .text(reference.description), .integer(assessment.revision), values[0], values[1],
        values[2], values[3], values[4])
    }
  }
}

extension SliceReader {
  /// What the rules said last, if all complaints have been announced.
  func assessment(of reference: CaseReference) throws -> KeptAssessment? {
    try assessment(of: reference, upTo: .max)
  }

  /// What a decision was signed on. Where that was not kept it is known only of a case that has been
  /// assessed once.
  func assessment(
    of reference: CaseReference, signedBy decision: KeptDecision, newest: KeptAssessment
  ) throws -> KeptAssessment? {
    guard let revision = decision.revision else { return newest.revision == 0 ? newest : nil }
    return try assessment(of: reference, upTo: revision)
  }

  private func assessment(
    of reference: CaseReference, upTo revision: Int
  ) throws -> KeptAssessment? {
    try row(
      """
      SELECT revision, policy_digest, assessed_on, outcome, findings, input FROM (
        SELECT case_reference, 0 AS revision, policy_digest, assessed_on, outcome, findings, input
        FROM assessment
        UNION ALL
        SELECT case_reference, revision, policy_digest, assessed_on, outcome, findings, input
        FROM assessment_revision
      ) AS every WHERE case_reference = ? AND revision <= ? ORDER BY revision DESC LIMIT 1
      """, .text(reference.description), .integer(revision)
    ).map {
      KeptAssessment(
        revision: try $0.int("revision"), policyDigest: try $0.text("policy_digest"),
        assessedOn: try storedDate(try $0.text("assessed_on")),
        outcome: try stored(RouteOutcome.self, try $0.text("outcome")),
        findings: try $0.blob("findings"), input: try $0.optionalBlob("input"))
    }
  }
}
