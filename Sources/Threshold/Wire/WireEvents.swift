import CaseModel
import Foundation
import Messages
import Policy
import SwiftProtobuf
import ThresholdRules
import WorkerKit

/// What Threshold announces, each in the transaction of what it tells of.
extension SliceTransaction {
  /// A pack, whole. The one that lends clocks belongs to nobody's area.
  func announcePublished(_ pack: PolicyPack, document: String) throws {
    let key =
      try pack.area.map { try EventKey(parsing: "area/\($0)") } ?? EventKey(.system, "policy")
    try emit(
      Recourse_Threshold_V1_PolicyPackPublished.with {
        $0.digest = pack.digest
        $0.name = pack.name
        $0.version = pack.version
        $0.document = document
      }, key: key)
  }

  func announceOwed(_ body: String, of application: KeptApplication) throws {
    try emit(
      Recourse_Threshold_V1_NotificationOwed.with {
        $0.caseReference = application.reference.description
        $0.policyDigest = application.policyDigest
        $0.body = body
      }, key: application.reference.key)
  }

  func announceNotified(
    _ body: String, on day: CalendarDate, of application: KeptApplication
  ) throws {
    try emit(
      Recourse_Threshold_V1_BodyNotified.with {
        $0.caseReference = application.reference.description
        $0.policyDigest = application.policyDigest
        $0.body = body
        $0.notifiedOn = day.description
      }, key: application.reference.key)
  }

  /// Announces an assessment. Returns what is to be kept of it.
  func announceAssessed(
    _ assessed: AssessedInputs, revision: Int, of application: KeptApplication
  ) throws -> KeptAssessment {
    let assessment = assessed.assessment
    let event = Recourse_Threshold_V1_ThresholdAssessed(
      assessment, revision: revision, of: application.reference, on: today)
    try emit(event, key: application.reference.key)
    return KeptAssessment(
      revision: revision, policyDigest: assessment.policyDigest, assessedOn: today,
      outcome: assessment.outcome, findings: try event.serializedBytes(),
      input: try assessed.inputs.serialized())
  }

  func announceDecided(_ decision: KeptDecision, of application: KeptApplication) throws {
    try emit(
      Recourse_Threshold_V1_ThresholdDecided(decision, of: application),
      key: application.reference.key)
  }
}

extension KeptAssessment {
  /// True if it is this assessment that was announced.
  func says(_ assessment: Assessment, of reference: CaseReference) throws -> Bool {
    let announced = try Recourse_Threshold_V1_ThresholdAssessed(serializedBytes: findings)
    return announced
      == .init(assessment, revision: revision, of: reference, on: assessedOn)
  }
}

extension Recourse_Threshold_V1_ThresholdDecided {
  /// A decision as it is announced: without the officer's name and words.
  init(_ decision: KeptDecision, of application: KeptApplication) {
    self.init()
    caseReference = application.reference.description
    policyDigest = application.policyDigest
    met = decision.met
    if let route = decision.route { self.route = .init(route) }
    clause = decision.clause
    decidedOn = decision.decidedOn.description
    officerKey = decision.officerKey
    number = UInt32(decision.number)
    body = decision.signature.body
    secondOfficerKey = decision.second?.key ?? ""
  }
}
