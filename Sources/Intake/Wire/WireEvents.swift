import CaseModel
import Foundation
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
        $0.awaitsConsent = application.awaitsConsent
      }, key: reference.key)
  }

  func announceRecorded(
    _ complaint: ComplaintFacts, _ application: CheckedApplication, _ reference: CaseReference
  ) throws {
    try emit(
      Recourse_Intake_V1_ComplaintRecorded.with {
        $0.caseReference = reference.description
        $0.policyDigest = application.policyDigest
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
      }, key: reference.key)
  }

  func announceGiven(
    _ consent: KeptConsent, _ application: CheckedApplication, _ reference: CaseReference
  ) throws {
    try emit(
      Recourse_Intake_V1_ConsentGiven.with {
        $0.caseReference = reference.description
        $0.policyDigest = application.policyDigest
        $0.purpose = consent.purpose
        $0.recipient = consent.recipient
        $0.wording = consent.wording
        $0.at = Google_Protobuf_Timestamp(date: consent.at)
        $0.consentID = consent.id
      }, key: reference.key)
  }
}
