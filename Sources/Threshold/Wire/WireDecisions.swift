import CaseModel
import Messages
import Policy
import SwiftProtobuf
import WorkerKit

/// A request that changes something in a case.
protocol CommandRequest: Message {
  var caseReference: String { get }
  var idempotencyKey: String { get set }
  var atLeastPosition: UInt64 { get set }
  /// What tells one request from another.
  var bare: Self { get }
}

extension CommandRequest {
  /// Neither the key that it is repeated under nor the position that it waits for.
  var bare: Self {
    var request = self
    request.idempotencyKey = ""
    request.atLeastPosition = 0
    return request
  }
}

/// One with an officer's words.
protocol GuardedRequest: CommandRequest {
  var officer: String { get }
  /// Why words that name the other party are kept all the same.
  var guardOverride: String { get }
}

/// What comes of one.
protocol CommandResponse: Message & Sendable {
  var logPosition: UInt64 { get set }
  var repeated: Bool { get set }
}

extension Recourse_Threshold_V1_DecideRequest: GuardedRequest {}
extension Recourse_Threshold_V1_DecideResponse: CommandResponse {}
extension Recourse_Threshold_V1_CountersignRequest: GuardedRequest {
  /// Nor the token: once it is carried out, nothing waits any more whose token could be repeated.
  var bare: Self {
    var request = self
    request.idempotencyKey = ""
    request.atLeastPosition = 0
    request.token = ""
    return request
  }
}
extension Recourse_Threshold_V1_CountersignResponse: CommandResponse {}
extension Recourse_Threshold_V1_DeferDecisionRequest: GuardedRequest {}
extension Recourse_Threshold_V1_DeferDecisionResponse: CommandResponse {}
extension Recourse_Threshold_V1_MakeAppealRequest: CommandRequest {}
extension Recourse_Threshold_V1_MakeAppealResponse: CommandResponse {}
extension Recourse_Threshold_V1_DecideAppealRequest: GuardedRequest {}
extension Recourse_Threshold_V1_DecideAppealResponse: CommandResponse {}

/// A reason that must be there.
/// - Throws: the refusals `missing` and `too-long`.
func grounds(_ written: String, _ message: String) throws -> String {
  let reason = try text(written, path: "reason", limit: Limits.reason)
  guard !reason.isEmpty else {
    throw Refusal(.input, code: "missing", path: "reason", message: message)
  }
  return reason
}

extension Recourse_Threshold_V1_GetAssessmentResponse {
  /// What stands, who signed it and on what, what waits, and what is appealed against.
  /// - Throws: if the findings that are kept cannot be read.
  mutating func showDecision(_ view: ShowAssessment.View) throws {
    let (standing, application) = (view.standing, view.application)
    if let current = standing.current {
      decision = .init(current, of: application)
      officer = current.officer
      reason = current.reason
      capacity = current.signature.capacity
      secondOfficer = current.second?.name ?? ""
    }
    if let signedOn = view.signedOn {
      decisionAssessment = try .init(serializedBytes: signedOn.findings)
      decisionFindings = try signedOn.bodyFindings
    }
    if let waiting = standing.pending {
      pending = .with {
        $0.officer = waiting.signature.officer.name
        $0.reason = waiting.signature.reason
        $0.signedOn = waiting.signedOn.description
        $0.body = waiting.signature.body
        $0.capacity = waiting.signature.capacity
        $0.token = waiting.token(
          of: application.reference, revision: view.assessment.revision)
      }
    }
    appeals = standing.appeals.map(Recourse_Threshold_V1_Appeal.init)
    deferredUntil = standing.deferral?.until.description ?? ""
    deferralReason = standing.deferral?.reason ?? ""
  }
}

extension Recourse_Threshold_V1_Appeal {
  init(_ appeal: KeptAppeal) {
    self.init()
    number = UInt32(appeal.number)
    subject = .init(appeal.subject)
    ground = appeal.ground.rawValue
    madeOn = appeal.madeOn.description
    dueOn = appeal.dueOn?.description ?? ""
    officer = appeal.recorder.name
    reason = appeal.words
    windowUnknown = appeal.windowIsUnknown
    guard let verdict = appeal.verdict else { return }
    outcome = .init(verdict.outcome)
    decidedOn = verdict.decidedOn.description
    decidedBy = verdict.officer.name
    capacity = verdict.capacity
    decisionReason = verdict.reason
  }
}

extension SliceTransaction {
  /// Without the officer's name and words.
  func announceDeferred(_ deferral: Deferral, of application: KeptApplication) throws {
    try emit(
      Recourse_Threshold_V1_ThresholdDeferred.with {
        $0.caseReference = application.reference.description
        $0.policyDigest = application.policyDigest
        $0.deferredOn = deferral.deferredOn.description
        $0.until = deferral.until.description
      }, key: application.reference.key)
  }

  func announceMade(_ appeal: KeptAppeal, of application: KeptApplication) throws {
    try emit(
      Recourse_Threshold_V1_AppealMade.with {
        $0.caseReference = application.reference.description
        $0.policyDigest = application.policyDigest
        $0.number = UInt32(appeal.number)
        $0.subject = .init(appeal.subject)
        $0.ground = appeal.ground.rawValue
        $0.madeOn = appeal.madeOn.description
        $0.dueOn = appeal.dueOn?.description ?? ""
      }, key: application.reference.key)
  }

  func announceDecided(
    _ appeal: KeptAppeal, _ verdict: KeptAppeal.Verdict, of application: KeptApplication
  ) throws {
    try emit(
      Recourse_Threshold_V1_AppealDecided.with {
        $0.caseReference = application.reference.description
        $0.policyDigest = application.policyDigest
        $0.number = UInt32(appeal.number)
        $0.subject = .init(appeal.subject)
        $0.outcome = .init(verdict.outcome)
        $0.decidedOn = verdict.decidedOn.description
        $0.officerKey = verdict.officer.key
      }, key: application.reference.key)
  }
}
