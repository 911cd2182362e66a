import CaseModel
import Messages
import SwiftProtobuf
import WorkerKit

// What comes in by event and what goes out by event. Generated messages go no further than here and the
// other files of `Wire/`. An event that makes no sense throws, so that it is parked and seen.

extension KeepCase {
  init(_ received: Received<Recourse_Intake_V1_ApplicationReceived>) throws {
    self.init(
      reference: try CaseReference(event: received.event.caseReference),
      policyDigest: received.event.policyDigest)
  }
}

extension TakeConsent {
  /// The purpose that this worker is about, as Intake names it.
  static let purpose = "SUPPORT_REFERRAL"

  /// Nil if the consent is for another purpose.
  init?(_ given: Received<Recourse_Intake_V1_ConsentGiven>) throws {
    guard given.event.purpose == Self.purpose else { return nil }
    guard !given.event.consentID.isEmpty else { throw MalformedEvent(field: "consent_id") }
    self.init(
      reference: try CaseReference(event: given.event.caseReference),
      consent: KeptConsent(
        id: given.event.consentID, recipient: given.event.recipient,
        personKey: given.event.personKey, isApplicants: given.event.ofApplicant),
      position: given.position, isReplay: given.isReplay)
  }
}

extension WithdrawConsent {
  /// Nil if the consent was for another purpose.
  init?(_ withdrawn: Received<Recourse_Intake_V1_ConsentWithdrawn>) throws {
    let event = withdrawn.event
    guard event.purpose == TakeConsent.purpose else { return nil }
    guard !event.consentID.isEmpty else { throw MalformedEvent(field: "consent_id") }
    self.init(
      reference: try CaseReference(event: event.caseReference),
      consent: KeptConsent(
        id: event.consentID, recipient: event.recipient, personKey: event.personKey,
        isApplicants: event.ofApplicant),
      day: CalendarDate(ofUnixSeconds: event.at.seconds), position: withdrawn.position,
      isReplay: withdrawn.isReplay)
  }
}

extension DecideSupport {
  init(_ assessed: Received<Recourse_Threshold_V1_ThresholdAssessed>) throws {
    self.init(
      reference: try CaseReference(event: assessed.event.caseReference),
      isReplay: assessed.isReplay)
  }
}

extension SliceTransaction {
  func announceOffered(_ agencies: [String], _ supported: SupportedCase) throws {
    try emit(
      Recourse_Support_V1_SupportOffered.with {
        $0.caseReference = supported.reference.description
        $0.policyDigest = supported.policyDigest
        $0.agencies = agencies
      }, key: supported.reference.key)
  }

  func announceMade(_ referral: KeptReferral, _ supported: SupportedCase) throws {
    try emit(
      Recourse_Support_V1_ReferralMade.with {
        $0.caseReference = supported.reference.description
        $0.policyDigest = supported.policyDigest
        $0.agency = referral.agency
        $0.consentID = referral.consentID
        $0.servedBy = referral.servedBy ?? ""
      }, key: supported.reference.key)
  }

  func announceAnswered(
    _ answer: KeptAnswer, _ referral: KeptReferral, _ supported: SupportedCase
  ) throws {
    try emit(
      Recourse_Support_V1_ReferralAnswered.with {
        $0.caseReference = supported.reference.description
        $0.policyDigest = supported.policyDigest
        $0.agency = referral.agency
        $0.consentID = referral.consentID
        $0.answer = .init(answer.answer)
        $0.reason = answer.reason.map { .init($0) } ?? .unspecified
        $0.answeredOn = answer.answeredOn.description
      }, key: supported.reference.key)
  }

  func announceAcknowledged(
    on day: CalendarDate, _ referral: KeptReferral, _ supported: SupportedCase
  ) throws {
    try emit(
      Recourse_Support_V1_WithdrawalAcknowledged.with {
        $0.caseReference = supported.reference.description
        $0.policyDigest = supported.policyDigest
        $0.agency = referral.agency
        $0.consentID = referral.consentID
        $0.acknowledgedOn = day.description
      }, key: supported.reference.key)
  }
}
