import CaseModel
import Policy
import PolicyDocuments
import Testing

@Suite struct PolicyDocumentTests {
  @Test func `everything in a document is in the pack`() throws {
    let pack = try PolicyDocument.parse(Document.full)
    let expected = PolicyPack(
      name: "cardiff", version: "2026.1", digest: PolicyDocument.digest(of: Document.full),
      area: "cardiff", nation: .wales, from: try date("2026-01-01"), until: try date("2026-12-31"),
      mandatory: MandatoryRule(
        required: 2, complaintWindow: Period(6, .weeks), applicationWindow: Period(200, .days)),
      alternatives: [
        LocalAlternative(
          key: "hate", kind: .hate(complaints: 2, ofHate: 1), clause: "Procedure 1",
          toFind: [.findFurtherActions]),
        LocalAlternative(key: "people", kind: .severalPeople(5), clause: "Procedure 2"),
        LocalAlternative(
          key: "vulnerable", kind: .vulnerability, clause: "Procedure 3",
          toFind: [.findVulnerability]),
        LocalAlternative(key: "risk", kind: .riskBand("high"), clause: "Procedure 4"),
      ],
      factors: [.harm, .persistence], caveats: [Caveat(.caseClosed, on: .local)],
      clocks: [Clock(.panel, Period(20, .workingDays), from: .decision, isPausable: true)],
      bodies: [
        RelevantBody(key: "council", name: "Council", kind: .council, isRequiredForPanel: true),
        RelevantBody(key: "police", name: "Police", kind: .police),
        RelevantBody(
          key: "health", name: "Health Board", kind: .health, since: try date("2020-01-01"),
          until: try date("2030-01-01")),
        RelevantBody(
          key: "landlord", name: "Landlord", kind: .housingProvider, isNotified: false),
      ],
      supportAgencies: [
        SupportAgency(key: "victim-support", name: "Victim Support", selfReferral: "example.org")
      ],
      questionnaire: ["frequency", "fear"])
    #expect(pack == expected)
  }

  @Test func `what a document does not say is as the Act has it`() throws {
    let pack = try PolicyDocument.parse(Document.least)
    #expect(
      pack
        == PolicyPack(
          name: "least", version: "1", digest: PolicyDocument.digest(of: Document.least),
          area: nil, nation: .england, from: try date("2020-01-01")))
  }

  private func date(_ text: String) throws -> CalendarDate { try #require(CalendarDate(text)) }

  /// Worked out by another program.
  @Test(arguments: [
    ("name: a\n", "1e7e5f3c45fc71cc0d92ffd6a4136ce35256118f2cb9a940b09a9e336022a571"),
    ("name: a", "3870260320435287cb7bb973f6c6ce940630c8530d0d2c5f9409635c1d4678ea"),
    ("name: Zo\u{EB}\n", "c259c582347293281a9191ded83ac923d7bdd91ee9ed108872db52ae2703201b"),
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
  ])
  func `the digest is over the exact bytes`(text: String, digest: String) {
    #expect(PolicyDocument.digest(of: text) == digest)
  }

  @Test func `a comment or a blank makes another document`() throws {
    let one = try PolicyDocument.parse(Document.least)
    let other = try PolicyDocument.parse(Document.least + "# reviewed\n")
    #expect(one.digest != other.digest && one.digest.count == 64)
    // Letters that look the same are other bytes.
    #expect(PolicyDocument.digest(of: "e\u{301}") != PolicyDocument.digest(of: "\u{E9}"))
  }

  @Test func `a document is as long as its limit and no longer`() throws {
    let room = PolicyDocument.bytesLimit - Document.least.utf8.count
    let longest = Document.least + "#" + String(repeating: "a", count: room - 1)
    #expect(try PolicyDocument.parse(longest).name == "least")
    let error = try #require(throws: PolicyDocumentError.self) {
      try PolicyDocument.parse(longest + "a")
    }
    #expect(error.path.isEmpty && error.code == "invalid-policy")
  }
}
