import Messages
import SwiftProtobuf
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Intake

@Suite struct ContactTests {
  /// By the applicant for somebody else, who has an address and a telephone of their own.
  private static func onBehalf(_ application: inout Application) {
    application.victims = [
      .with {
        $0.party.name = "The Victim"
        $0.party.phone = "+44 1632 960009"
        $0.party.email = "victim@mail.example"
        $0.party.safeContact.channels = [.sms, .email]
      }
    ]
    application.consents.append(
      .with {
        $0.purpose = .thirdPartyAuthority
        $0.given = true
        $0.wording = "2026-01"
      })
  }

  @Test func `the safe ways are told in the order of preference, and no other`() async throws {
    try await IntakeStage.with { stage in
      let reference = try await stage.submit().caseReference
      let contact = try await stage.contact(reference)
      #expect(contact.name == "Applicant One" && contact.language == "en")
      #expect(contact.adjustments == ["Large print"] && contact.person == "applicant")
      #expect(contact.ways.map(\.channel) == ["EMAIL", "PHONE"])
      #expect(
        contact.ways.map(\.address) == ["applicant.one@mail.example", "+44 1632 960001"])
      #expect(contact.ways[1].between == "10:00-14:00" && !contact.ways[1].voicemail)
      #expect(
        try await stage.audited("intake.pass-on-contact")
          == ["correspondence of applicant: name, ways, language, adjustments"])
    }
  }

  @Test func `somebody is named by their place or their key`() async throws {
    try await IntakeStage.with { stage in
      let reference = try await stage.submit(Self.onBehalf).caseReference
      let victim = try await stage.contact(reference, of: "victims[0]")
      #expect(victim.name == "The Victim" && victim.ways.map(\.channel) == ["SMS", "EMAIL"])
      let keyed = try await stage.contact(reference, key: victim.personKey)
      #expect(keyed == victim)
      let applicant = try await stage.contact(reference)
      #expect(applicant.personKey != victim.personKey && !applicant.personKey.isEmpty)
      let itself = try await stage.submit().caseReference
      #expect(try await stage.contact(itself, of: "victims[0]").person == "applicant")
      let calls = [
        (reference, "victims[1]", "", "unknown-person"),
        (reference, "", "nobody", "unknown-person"),
        (reference, "applicant", victim.personKey, "contradiction"),
        ("0000-0000", "", "", "unknown-case"),
      ]
      for (reference, person, key, code) in calls {
        let refusal = await #expect(throws: Refusal.self) {
          try await stage.contact(reference, of: person, key: key)
        }
        #expect(refusal?.code == code)
      }
    }
  }

  @Test func `a victim who has said no is left in peace, and whoever applied for nobody else`()
    async throws
  {
    try await IntakeStage.with { stage in
      let reference = try await stage.submit(Self.onBehalf).caseReference
      try await stage.record(.withdrawn, of: reference) {
        $0.purpose = .thirdPartyAuthority
        $0.person = "victims[0]"
      }
      let victim = try await stage.contact(reference, of: "victims[0]")
      #expect(victim.ways.isEmpty && victim.name == "The Victim")
      #expect(try await stage.contact(reference).ways.isEmpty)
      #expect(
        try await stage.audited("intake.pass-on-contact").first
          == "correspondence of victims[0]: name, language, adjustments")
    }
  }

  @Test func `an applicant who takes back their consent is still answered`() async throws {
    try await IntakeStage.with { stage in
      let reference = try await stage.submit().caseReference
      try await stage.record(.withdrawn, of: reference)
      #expect(try await stage.contact(reference).ways.count == 2)
    }
  }

  @Test func `it is told for its purpose alone`() async throws {
    try await IntakeStage.with { stage in
      let reference = try await stage.submit().caseReference
      for purpose in [
        Recourse_Intake_V1_DisclosurePurpose.Value.unspecified, .supportReferral, .outreachEffect,
      ] {
        let refusal = await #expect(throws: Refusal.self) {
          try await stage.contact(reference, for: purpose)
        }
        #expect(refusal?.code == "purpose-needed")
      }
    }
  }
}
