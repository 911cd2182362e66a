import CaseModel
import IntakeRules
import Messages
import SwiftProtobuf
import WorkerKit

/// What a person changes of a case of their own, as others hear of it: nothing personal.
extension SliceTransaction {
  func announceWithdrawn(_ withdrawal: KeptWithdrawal, of known: KnownCase) throws {
    try emit(
      Recourse_Intake_V1_ApplicationWithdrawn.with {
        $0.caseReference = known.reference.description
        $0.policyDigest = known.policyDigest
        $0.withdrawnOn = withdrawal.on.description
        $0.underPressure = withdrawal.underPressure
        $0.personKey = known.keys.person(.applicant)
      }, key: known.reference.key)
  }

  func announceContactChanged(of known: KnownCase, on day: CalendarDate) throws {
    try emit(
      Recourse_Intake_V1_ContactChanged.with {
        $0.caseReference = known.reference.description
        $0.policyDigest = known.policyDigest
        $0.personKey = known.keys.person(.applicant)
        $0.changedOn = day.description
      }, key: known.reference.key)
  }

  func announceAdded(
    _ attachment: KeptAttachment, of known: KnownCase, byOfficer: Bool
  ) throws {
    try emit(
      Recourse_Intake_V1_AttachmentAdded.with {
        $0.caseReference = known.reference.description
        $0.policyDigest = known.policyDigest
        $0.attachmentID = attachment.id
        $0.addedOn = attachment.addedOn.description
        $0.byOfficer = byOfficer
      }, key: known.reference.key)
  }

  func announceAttendance(
    _ attendance: String, of known: KnownCase, on day: CalendarDate
  ) throws {
    try emit(
      Recourse_Intake_V1_AttendanceChosen.with {
        $0.caseReference = known.reference.description
        $0.policyDigest = known.policyDigest
        $0.attendance = attendance
        $0.chosenOn = day.description
      }, key: known.reference.key)
  }
}
