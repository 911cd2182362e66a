import GRPCCore
import Messages
import WorkerKit

/// What the portal may ask of others. Whoever adds a page that needs more adds it here, and an operator approves it.
enum PortalManifest {
  private typealias Door = Recourse_Intake_V1_Door.Method
  private typealias Files = Recourse_Intake_V1_Attachments.Method

  static let calls: [MethodDescriptor] =
    door + [
      Files.Add.descriptor, Files.Remove.descriptor,
      Recourse_Outreach_V1_OutreachEffect.Method.RecordVisits.descriptor,
    ] + follow

  /// All of the door but the issuing of codes, which is for officers.
  private static let door = [
    Door.StartDraft.descriptor, Door.OpenDraft.descriptor, Door.GetDraft.descriptor,
    Door.SaveDraft.descriptor, Door.SubmitDraft.descriptor, Door.OpenCase.descriptor,
    Door.CloseSession.descriptor, Door.AddComplaint.descriptor,
    Door.ChangeContact.descriptor, Door.ChangeAttendance.descriptor,
    Door.AnswerConsent.descriptor, Door.WithdrawApplication.descriptor,
    Door.AnswerByCode.descriptor,
  ]

  /// A case that its own person follows.
  private static let follow = [
    Recourse_Threshold_V1_Threshold.Method.MakeAppeal.descriptor,
    Recourse_Support_V1_Support.Method.GetSupport.descriptor,
    Recourse_Correspondence_V1_Correspondence.Method.ListNotices.descriptor,
    Recourse_Worker_V1_CaseReads.Method.List.descriptor,
    Recourse_Intake_V1_Guard.Method.CheckText.descriptor,
    Recourse_Intake_V1_Intake.Method.RecordSecondReport.descriptor,
  ]

  /// What is personal, and for which purpose.
  static let disclosures = [
    DisclosureNeed(
      Door.GetOwnCase.descriptor, purpose: "own-case",
      fields: ["application", "consents", "attachments"]),
    DisclosureNeed(Files.List.descriptor, purpose: "own-case", fields: ["attachments.name"]),
    DisclosureNeed(
      Files.Read.descriptor, purpose: "own-case", fields: ["attachment.name", "bytes"]),
    DisclosureNeed(
      Recourse_Threshold_V1_Threshold.Method.GetAssessment.descriptor, purpose: "letter",
      fields: [
        "capacity", "reason", "deferral_reason", "appeals.capacity", "appeals.decision_reason",
      ]),
    DisclosureNeed(
      Recourse_Panel_V1_Panel.Method.GetReview.descriptor, purpose: "own-case",
      fields: [
        "reason", "recommendations.text", "recommendations.follow_up.answer_reason",
        "recommendations.follow_up.report_text", "recommendations.follow_up.evidence",
      ]),
    DisclosureNeed(
      Recourse_Correspondence_V1_Correspondence.Method.ReadNotice.descriptor,
      purpose: "own-letter", fields: ["subject", "text"]),
  ]

  /// The events of a case that it reads by the case's key, by name or pattern.
  static let readsByKey: [String] = []
}
