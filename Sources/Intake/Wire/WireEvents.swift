import CaseModel
import Foundation
import IntakeRules
import Messages
import SwiftProtobuf
import WorkerKit

extension SliceTransaction {
  func announceReceived(
    _ application: CheckedApplication, _ reference: CaseReference
  ) throws {
    try emit(
      Recourse_Intake_V1_ApplicationReceived.with {
        $0.caseReference = reference.description
        $0.area = application.area
        $0.receivedAt = Google_Protobuf_Timestamp(date: application.receivedAt)
        $0.receivedOn = application.receivedOn.description
        $0.policyDigest = application.policyDigest
        $0.complaints = UInt32(application.complaints.count)
        $0.channel = application.channel
        $0.bodies = application.bodies
        $0.awaitsConsent = !application.awaited.isEmpty
      }, key: reference.key)
  }

  func announceRecorded(
    _ complaint: ComplaintFacts, under digest: String, _ reference: CaseReference,
    addedLater: Bool = false
  ) throws {
    try emit(
      Recourse_Intake_V1_ComplaintRecorded.with {
        $0.caseReference = reference.description
        $0.policyDigest = digest
        $0.index = UInt32(complaint.index)
        $0.behaviourFrom = complaint.behaviour.lowerBound.description
        $0.behaviourTo = complaint.behaviour.upperBound.description
        $0.complaintFrom = complaint.complaint.lowerBound.description
        $0.complaintTo = complaint.complaint.upperBound.description
        $0.body = complaint.body
        $0.madeTo = complaint.madeTo
        $0.complainantKey = complaint.complainantKey
        $0.householdKey = complaint.householdKey
        $0.incidentKey = complaint.incidentKey
        $0.hate = complaint.hate
        $0.addedLater = addedLater
      }, key: reference.key)
  }

  /// An answer about a consent, with the application or later. An application's refusals are not announced:
  /// nobody relied on what they are about.
  func announce(_ consent: KeptConsent, awaits: Bool, of known: KnownCase) throws {
    let (reference, key) = (known.reference.description, known.reference.key)
    let person = known.keys.person(consent.subject.person)
    let isApplicants = consent.subject.person == .applicant
    let at = Google_Protobuf_Timestamp(date: consent.at)
    switch consent.answer {
    case .given:
      try emit(
        Recourse_Intake_V1_ConsentGiven.with {
          $0.caseReference = reference
          $0.policyDigest = known.policyDigest
          $0.purpose = consent.subject.purpose
          $0.recipient = consent.subject.recipient
          $0.wording = consent.wording
          $0.at = at
          $0.consentID = consent.id
          $0.personKey = person
          $0.awaitsConsent = awaits
          $0.ofApplicant = isApplicants
        }, key: key)
    case .refused:
      try emit(
        Recourse_Intake_V1_ConsentRefused.with {
          $0.caseReference = reference
          $0.policyDigest = known.policyDigest
          $0.purpose = consent.subject.purpose
          $0.recipient = consent.subject.recipient
          $0.at = at
          $0.personKey = person
          $0.awaitsConsent = awaits
          $0.ofApplicant = isApplicants
        }, key: key)
    case .withdrawn:
      try emit(
        Recourse_Intake_V1_ConsentWithdrawn.with {
          $0.caseReference = reference
          $0.policyDigest = known.policyDigest
          $0.purpose = consent.subject.purpose
          $0.recipient = consent.subject.recipient
          $0.at = at
          $0.consentID = consent.id
          $0.personKey = person
          $0.awaitsConsent = awaits
          $0.ofApplicant = isApplicants
        }, key: key)
    }
  }
}
