import Messages
import SwiftProtobuf

/// What the command line asks the broker for, all commands together: the manifest of the principal `operator`.
///
/// It appends nothing to the log, and does not ask for what is passed on to support services.
enum OperatorManifest {
  static let manifest = Recourse_Bus_V1_Manifest.with {
    $0.calls = [
      "recourse.bus.v1.Directory/*",
      "recourse.bus.v1.EventLog/Read",
      "recourse.bus.v1.LogBackup/*",
      "recourse.worker.v1.Worker/*",
      "recourse.worker.v1.CaseReads/List",
      "grpc.health.v1.Health/*",
      "recourse.intake.v1.Intake/Submit",
      "recourse.intake.v1.Intake/ListCases",
      "recourse.intake.v1.Intake/RecordConsent",
      "recourse.intake.v1.Intake/RecordWithdrawal",
      "recourse.intake.v1.Intake/GetConsents",
      "recourse.intake.v1.Intake/GetApplication",
      "recourse.intake.v1.Intake/GetNeeds",
      "recourse.intake.v1.Door/IssueCode",
      "recourse.intake.v1.Attachments/Add",
      "recourse.intake.v1.Attachments/List",
      "recourse.intake.v1.Attachments/Read",
      "recourse.threshold.v1.Threshold/*",
      "recourse.panel.v1.Panel/*",
      "recourse.support.v1.Support/*",
      "recourse.correspondence.v1.Correspondence/ListNotices",
      "recourse.correspondence.v1.Correspondence/ReadNotice",
      "recourse.correspondence.v1.Correspondence/WriteNotice",
      "recourse.correspondence.v1.Correspondence/ReleaseNotice",
      "recourse.correspondence.v1.Correspondence/AmendNotice",
      "recourse.correspondence.v1.Correspondence/CancelNotice",
      "recourse.correspondence.v1.Correspondence/SettleNotice",
      "recourse.correspondence.v1.Correspondence/SetMailbox",
      "recourse.correspondence.v1.Correspondence/ListMailboxes",
      "recourse.correspondence.v1.Correspondence/ForgetServer",
      "recourse.reporting.v1.Reporting/*",
      "recourse.outreach.v1.Outreach/*",
      "recourse.outreach.v1.OutreachMaterials/*",
      "recourse.outreach.v1.OutreachEffect/GetEffect",
    ]
    $0.subscribes = ["intake", "threshold", "panel", "support", "correspondence", "reporting"].map {
      "recourse.\($0).v1.*"
    }
    // A case's file is read by its key.
    $0.readsByKey = true
    $0.disclosures = [
      need("recourse.intake.v1.Attachments/Add", "case-work", ["name"]),
      need(
        "recourse.intake.v1.Intake/GetApplication", "case-work",
        [
          "application.applicant", "application.victims", "application.others",
          "application.complaints", "application.impact", "application.desired_outcome",
          "application.attendance", "application.risk",
        ]),
      need(
        "recourse.intake.v1.Intake/GetNeeds", "case-work",
        ["immediate_danger", "attendance", "people.adjustments", "people.contact_note"]),
      need("recourse.intake.v1.Attachments/List", "case-work", ["attachments.name"]),
      need("recourse.intake.v1.Attachments/Read", "case-work", ["attachment.name", "bytes"]),
      need(
        "recourse.threshold.v1.Threshold/GetAssessment", "case-work",
        [
          "officer", "capacity", "second_officer", "reason", "deferral_reason",
          "pending.officer", "pending.capacity", "pending.reason", "pending.token",
          "appeals.officer", "appeals.reason", "appeals.decided_by", "appeals.capacity",
          "appeals.decision_reason", "clocks.changes.officer", "clocks.changes.reason",
        ]),
      need(
        "recourse.threshold.v1.Threshold/GetAssessment", "letter",
        [
          "capacity", "reason", "deferral_reason", "appeals.capacity", "appeals.decision_reason",
        ]),
      need("recourse.threshold.v1.Threshold/GetAssessment", "progress", []),
      need(
        "recourse.panel.v1.Panel/GetReview", "case-work",
        [
          "reason", "recommendations.text", "recommendations.follow_up.answer_reason",
          "recommendations.follow_up.report_text", "recommendations.follow_up.evidence",
        ]),
      need("recourse.panel.v1.Panel/GetReview", "progress", []),
      need(
        "recourse.correspondence.v1.Correspondence/ReadNotice", "case-work",
        [
          "subject", "text", "html", "calendar", "text_message", "phone", "notice.steps",
        ]),
    ]
  }

  private static func need(
    _ method: String, _ purpose: String, _ fields: [String]
  ) -> Recourse_Bus_V1_Disclosure {
    .with {
      $0.method = method
      $0.purposes = [purpose]
      $0.fields = fields
    }
  }
}
