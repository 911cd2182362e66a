import Messages
import SwiftProtobuf
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Intake

@Suite struct CheckTextTests {
  /// An application about Bartholomew Quillfeather, who lives over the applicant.
  private static func about(_ application: inout Application) {
    application.applicant.name = "Tamsin Okonkwo"
    application.applicant.postalAddress = "Flat 1, 14 High Street, Plymouth, PL1 1AA"
    application.allegedPerpetrators = [
      .with {
        $0.name = "Bartholomew Quillfeather"
        $0.address = "Flat 2, 14 High Street, Plymouth, PL1 1AA"
      }
    ]
    application.victims.append(
      .with {
        $0.party.name = "Ignatius Vanterpool"
        $0.party.email = "ignatius@mail.example"
      })
    application.others = [
      .with {
        $0.id = "n1"
        $0.name = "Philippa Weatherstone"
      }
    ]
    application.complaints[1].complainant = "n1"
  }

  @Test func `the parts that name whoever is complained of are told, and never by what`()
    async throws
  {
    try await IntakeStage.with { stage in
      let reference = try await stage.submit(Self.about).caseReference
      let clear = try await stage.checkText(
        reference,
        [("text", "Dear Tamsin Okonkwo, at 14 High Street, PL1 1AA"), ("subject", "Your case")])
      #expect(clear.clear && clear.hits.isEmpty)
      let found = try await stage.checkText(
        reference,
        [
          ("subject", "Your case"), ("file-name", "b_quillfeather.pdf"), ("text", "Flat 2"),
          ("text", "Bartholomew"), ("calendar", "SUMMARY:Panel"),
        ])
      #expect(!found.clear && found.hits == ["file-name", "text"])
      #expect(
        try await stage.audited("intake.check-text")
          == ["clear: 2", "something in file-name, text"])
    }
  }

  @Test func `each side is protected from the other, and one victim from another`() async throws {
    try await IntakeStage.with { stage in
      let reference = try await stage.submit(Self.about).caseReference
      typealias Party = Recourse_Intake_V1_ProtectedParty
      let rows: [([Party], String, String, Bool)] = [
        ([.applicantSide], "", "Ms Okonkwo", true),
        ([.applicantSide], "", "ignatius@mail.example", true),
        ([.applicantSide], "", "Philippa Weatherstone", true),
        ([.applicantSide], "", "PCH-88213", true),
        ([.applicantSide], "", "Quillfeather of 14 High Street", false),
        ([.allegedPerpetrator], "", "Okonkwo, Vanterpool, Weatherstone", false),
        ([.otherVictims], "applicant", "Dear Ms Okonkwo", false),
        ([.otherVictims], "applicant", "Mr Vanterpool", true),
        ([.otherVictims], "applicant", "Philippa", true),
        ([.otherVictims], "applicant", "PCH-88213", true),
        ([.otherVictims], "applicant", "50180010126", false),
        ([.otherVictims], "victims[0]", "Dear Ms Okonkwo", false),
        ([.otherVictims], "victims[1]", "Dear Ms Okonkwo", true),
        ([.otherVictims], "victims[1]", "Dear Mr Vanterpool", false),
        ([.otherVictims, .allegedPerpetrator], "victims[1]", "PL1 1AA", true),
        ([.applicantSide, .allegedPerpetrator], "", "PL1 1AA", true),
      ]
      for (protected, reader, text, hits) in rows {
        let answer = try await stage.checkText(
          reference, [("text", text)], protecting: protected, for: reader)
        #expect(answer.clear == !hits, "\(text) for \(reader)")
      }
    }
  }

  @Test func `names of the area's bodies do not hit where somebody has one`() async throws {
    try await IntakeStage.with { stage in
      let reference = try await stage.submit {
        $0.allegedPerpetrators = [.with { $0.name = "Cornwall Quillfeather" }]
      }.caseReference
      let text = "Devon and Cornwall Police were asked."
      #expect(try await stage.checkText(reference, [("text", text)]).clear)
      #expect(try await !stage.checkText(reference, [("text", "Mr Cornwall")]).clear)
    }
  }

  @Test func `what cannot be asked so is refused, and no text is repeated`() async throws {
    try await IntakeStage.with { stage in
      let reference = try await stage.submit().caseReference
      let full = (0..<CheckText.Limits.parts).map { ("p\($0)", "x") }
      let long = String(repeating: "x", count: CheckText.Limits.text)
      #expect(try await stage.checkText(reference, full).clear)
      #expect(try await stage.checkText(reference, [("text", long)]).clear)
      let name = String(repeating: "n", count: CheckText.Limits.name)
      #expect(try await stage.checkText(reference, [(name, "x")]).clear)
      typealias Party = Recourse_Intake_V1_ProtectedParty
      let calls: [(String, [(String, String)], [Party], String, String)] = [
        ("0000-0000", [("text", "x")], [.applicantSide], "", "unknown-case"),
        ("nonsense", [("text", "x")], [.applicantSide], "", "invalid-reference"),
        (reference, full + [("more", "x")], [.applicantSide], "", "too-many"),
        (reference, [("text", long), ("subject", "x")], [.applicantSide], "", "too-long"),
        (reference, [("text", "x")], [], "", "missing"),
        (reference, [("text", "x")], [.otherVictims], "", "missing"),
        (reference, [("text", "x")], [.otherVictims], "victims[7]", "unknown-person"),
        (reference, [("text", "x")], [.unspecified], "", "unknown-value"),
        (reference, [("", "x")], [.applicantSide], "", "wrong-form"),
        (reference, [("John Smith", "x")], [.applicantSide], "", "wrong-form"),
        (reference, [(name + "n", "x")], [.applicantSide], "", "wrong-form"),
      ]
      for (reference, parts, protected, reader, code) in calls {
        let refusal = await #expect(throws: Refusal.self) {
          try await stage.checkText(reference, parts, protecting: protected, for: reader)
        }
        #expect(refusal?.code == code)
        #expect(refusal?.message.contains("Smith") == false)
      }
    }
  }
}
