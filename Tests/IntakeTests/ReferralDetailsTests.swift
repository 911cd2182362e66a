import Foundation
import Messages
import SwiftProtobuf
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Intake

@Suite struct ReferralDetailsTests {
  @Test func `the least that is needed is passed on: name, safe ways, language and adjustments`()
    async throws
  {
    try await IntakeStage.with { stage in
      let reference = try await stage.submit().caseReference
      let consent = try await stage.referralConsent(of: reference)
      let details = try await stage.referralDetails(reference, consent: consent)
      #expect(
        details
          == .with {
            $0.name = "Applicant One"
            $0.ways = [
              .with {
                $0.channel = "EMAIL"
                $0.address = "applicant.one@mail.example"
              },
              .with {
                $0.channel = "PHONE"
                $0.address = "+44 1632 960001"
                $0.between = "10:00-14:00"
              },
            ]
            $0.language = "en"
            $0.adjustments = ["Large print"]
            $0.consentID = consent
            $0.consentWording = "2026-01"
          })
    }
  }

  @Test func `who was told, about which case and what for is recorded`() async throws {
    try await IntakeStage.with { stage in
      let reference = try await stage.submit().caseReference
      let consent = try await stage.referralConsent(of: reference)
      _ = try await stage.referralDetails(reference, consent: consent)
      let record = try await stage.slice.read { slice in
        try slice.rows(
          "SELECT actor, subject, reason FROM kit_audit WHERE action = 'intake.pass-on-details'"
        ).map { try [$0.text("actor"), $0.text("subject"), $0.text("reason")] }
      }
      #expect(record.map { $0[1] } == [reference])
      #expect(!record[0][0].isEmpty)
      #expect(
        record[0][2] == "support-referral to victim-support by consent \(consent): "
          + "name, ways, language, adjustments")
    }
  }

  @Test func `without a consent for this recipient and purpose nothing is passed on`()
    async throws
  {
    try await IntakeStage.with { stage in
      let reference = try await stage.submit().caseReference
      let another = try await stage.submit().caseReference
      let refused = try await stage.submit { $0.consents[1].given = false }.caseReference
      let consent = try await stage.referralConsent(of: reference)
      let notGiven = try await stage.slice.read { slice in
        try slice.row(
          "SELECT consent_id FROM consent_answer WHERE case_reference = ? AND answer = 'REFUSED'",
          .text(refused)
        )?.text("consent_id")
      }
      typealias Purpose = Recourse_Intake_V1_DisclosurePurpose.Value
      let calls: [(String, String, String, Purpose, String)] = [
        (reference, consent, "victim-care-unit", .supportReferral, "no-consent"),
        (reference, consent, "victim-support", .UNRECOGNIZED(99), "purpose-needed"),
        (reference, consent, "victim-support", .unspecified, "purpose-needed"),
        (reference, "", "victim-support", .supportReferral, "no-consent"),
        (another, consent, "victim-support", .supportReferral, "no-consent"),
        (refused, notGiven ?? "", "victim-support", .supportReferral, "no-consent"),
        ("0000-0000", consent, "victim-support", .supportReferral, "unknown-case"),
        ("nonsense", consent, "victim-support", .supportReferral, "invalid-reference"),
      ]
      for (reference, consent, recipient, purpose, code) in calls {
        let refusal = await #expect(throws: Refusal.self) {
          try await stage.referralDetails(
            reference, consent: consent, recipient: recipient, purpose: purpose)
        }
        #expect(refusal?.code == code)
      }
    }
  }

  /// `three-complaints` by somebody for a victim of their own contact details.
  private static func onBehalf(authority: Bool) -> (inout Application) -> Void {
    { application in
      application.victims = [
        .with {
          $0.party.name = "The Victim"
          $0.party.phone = "+44 1632 960009"
          $0.party.safeContact.channels = [.sms]
        }
      ]
      application.consents.append(
        .with {
          $0.purpose = .thirdPartyAuthority
          $0.given = authority
          $0.wording = "2026-01"
        })
    }
  }

  @Test func `a victim who gave authority is reached, and else the one who applied`()
    async throws
  {
    try await IntakeStage.with { stage in
      for (authority, name) in [(true, "The Victim"), (false, "Applicant One")] {
        let reference =
          try await stage.submit(Self.onBehalf(authority: authority)).caseReference
        let consent = try await stage.referralConsent(of: reference)
        let details = try await stage.referralDetails(reference, consent: consent)
        #expect(details.name == name)
      }
    }
  }

  static let ownAnswers: [[Recourse_Intake_V1_RecordConsentRequest.Answer]] = [
    [.refused], [.given], [.given, .withdrawn],
  ]

  @Test(arguments: ownAnswers)
  func `a victim who answered themselves is not referred by the consent of the one who applied`(
    answers: [Recourse_Intake_V1_RecordConsentRequest.Answer]
  ) async throws {
    try await IntakeStage.with { stage in
      let reference = try await stage.submit(Self.onBehalf(authority: true)).caseReference
      let consent = try await stage.referralConsent(of: reference)
      #expect(try await stage.referralDetails(reference, consent: consent).name == "The Victim")
      for answer in answers {
        let own = try await stage.record(answer, of: reference) {
          $0.purpose = .supportReferral
          $0.recipient = "victim-support"
          $0.person = "victims[0]"
        }
        if answer == .given {
          let details = try await stage.referralDetails(reference, consent: own.consentID)
          #expect(details.name == "The Victim")
        }
      }
      #expect(try await stage.referralDetails(reference, consent: consent).name == "Applicant One")
    }
  }

  @Test func `the consent of one who applied and is a victim too is about themselves`()
    async throws
  {
    try await IntakeStage.with { stage in
      let reference = try await stage.submit {
        Self.onBehalf(authority: true)(&$0)
        $0.victims.append(.with { $0.sameAsApplicant = true })
      }.caseReference
      let consent = try await stage.referralConsent(of: reference)
      #expect(try await stage.referralDetails(reference, consent: consent).name == "Applicant One")
    }
  }
}
