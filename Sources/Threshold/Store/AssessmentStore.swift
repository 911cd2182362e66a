import CaseModel
import Foundation
import WorkerKit

/// What the rules said of an application, on the day that it was complete.
struct KeptAssessment: Sendable, Hashable {
  let policyDigest: String
  let assessedOn: CalendarDate
  let outcome: RouteOutcome
  /// The announcement as it went out: every finding, with its reason as data.
  let findings: Data
}

extension SliceTransaction {
  func keep(_ assessment: KeptAssessment, of reference: CaseReference) throws {
    try execute(
      """
      INSERT INTO assessment (case_reference, policy_digest, assessed_on, outcome, findings)
      VALUES (?, ?, ?, ?, ?)
      """, .text(reference.description), .text(assessment.policyDigest),
      .text(assessment.assessedOn.description), .text(assessment.outcome.rawValue),
      .blob(assessment.findings))
  }
}

extension SliceReader {
  /// What the rules said, if all complaints have been announced.
  func assessment(of reference: CaseReference) throws -> KeptAssessment? {
    try row(
      """
      SELECT policy_digest, assessed_on, outcome, findings FROM assessment
      WHERE case_reference = ?
      """, .text(reference.description)
    ).map {
      KeptAssessment(
        policyDigest: try $0.text("policy_digest"),
        assessedOn: try storedDate(try $0.text("assessed_on")),
        outcome: try stored(RouteOutcome.self, try $0.text("outcome")),
        findings: try $0.blob("findings"))
    }
  }
}
