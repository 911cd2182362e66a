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
      alternatives: Self.alternatives, factors: [.harm, .persistence],
      caveats: [
        Caveat(
          .shorterWindow, on: .local, words: "within seven days",
          wordsWelsh: "o fewn saith niwrnod", period: Period(7, .days))
      ],
      clocks: [
        Clock(
          .panel, Period(20, .workingDays), from: .decision, isPausable: true, onBreach: .escalate)
      ],
      bodies: [
        RelevantBody(key: "council", name: "Council", kind: .council, isRequiredForPanel: true),
        RelevantBody(key: "police", name: "Police", kind: .police),
        RelevantBody(
          key: "health", name: "Health Board", kind: .health, since: try date("2020-01-01"),
          until: try date("2030-01-01")),
        RelevantBody(
          key: "landlord", name: "Landlord", kind: .housingProvider, isNotified: false,
          mailbox: "asb@landlord.example"),
      ],
      supportAgencies: [
        SupportAgency(key: "victim-support", name: "Victim Support", selfReferral: "example.org")
      ],
      questionnaire: ["frequency", "fear"], procedure: try procedure(),
      provenance: Provenance(
        sources: [
          .init(
            key: "S50", title: "Procedure", address: "example.org/procedure", isInPart: true),
          .init(key: "act", title: "The Act", address: "legislation.gov.uk/ukpga/2014/12"),
        ],
        rests: [
          .init(path: "mandatory", sources: ["S50", "act"]),
          .init(path: "caveats.shorter-window", sources: [], assumption: "Read from the form"),
        ],
        unknown: [
          "appeals.review.window", "clocks.response", "contact.ways.phone", "bodies.police.since",
          "alternatives.further",
        ]))
    #expect(pack == expected)
  }

  static let alternatives = [
    LocalAlternative(
      key: "hate", kind: .hate(complaints: 2, ofHate: 1), clause: "Procedure 1",
      toFind: [.findFurtherActions]),
    LocalAlternative(
      key: "people", kind: .severalPeople(people: 5, complaints: 7), clause: "Procedure 2",
      complaintWindow: Period(30, .days), applicationWindow: Period(9, .months),
      clauseWelsh: "Gweithdrefn 2"),
    LocalAlternative(
      key: "vulnerable", kind: .vulnerability, clause: "Procedure 3", toFind: [.findVulnerability]),
    LocalAlternative(key: "risk", kind: .riskBand("high"), clause: "Procedure 4"),
    LocalAlternative(
      key: "homes", kind: .severalHouseholds(households: 3, complaints: 4), clause: "Procedure 5"),
  ]

  @Test func `without complaints each of several has made one`() throws {
    let text = Document.full.replacing("complaints: 7, ", with: "")
    #expect(try PolicyDocument.parse(text).alternatives[1].kind == .severalPeople(5))
  }

  private func procedure() throws -> PolicyPack.Procedure {
    var procedure = PolicyPack.Procedure()
    procedure.title = "Cardiff"
    procedure.succeeds = ["west-cardiff", "east-cardiff"]
    procedure.parts = [AreaPart(area: "bay", name: "The Bay", bodies: ["health"])]
    procedure.publishedAt = "example.org/procedure"
    procedure.contact = PointOfContact(
      name: "Community Safety Team",
      ways: [.init(.online, at: "example.org/form"), .init(.inPerson, at: "City Hall")])
    procedure.dedupe = .sameIncident
    procedure.recipients = [.police, .council]
    procedure.decision = DecisionPolicy(
      body: "council", capacity: "Manager", needsSecondSignatureOnNotMet: true,
      givesBenefitOfTheDoubt: false)
    procedure.appeals = [
      AppealPolicy(
        .handling, grounds: [.thresholdWasMet], window: Period(28, .days), handler: "A director",
        stages: 2),
      AppealPolicy(.review, grounds: [], window: nil, handler: ""),
    ]
    procedure.localPolicingBodies = [
      LocalPolicingBody(
        name: "A commissioner", kind: .commissioner, since: try date("2012-11-22"),
        until: try date("2028-05-03"))
    ]
    procedure.consultations = [Consultation(with: .localPolicingBody, on: try date("2025-11-03"))]
    procedure.reporting = ReportingPolicy(
      period: Period(3, .months), startMonth: 1, reversal: .net,
      publishedAt: "example.org/figures")
    procedure.retention = [Retention(of: .notMet, period: Period(36, .months))]
    procedure.closures = [try date("2026-12-29"), try date("2026-12-30")]
    procedure.closesAtHour = 17
    procedure.languages = [.welsh, .english]
    procedure.wordings = [
      Wording(.pledge, in: .welsh, text: "Addewid"),
      Wording(.appeal, about: .review, in: .english, text: "In writing."),
      Wording(.appeal, about: .handling, in: .english, text: "By phone."),
    ]
    procedure.commencements = [
      Commencement(.dataReturn, from: try date("2027-04-01")),
      Commencement(.localPolicingBodyReview, from: nil),
    ]
    return procedure
  }

  @Test func `what a document does not say is as the Act has it`() throws {
    let pack = try PolicyDocument.parse(Document.least)
    #expect(
      pack
        == PolicyPack(
          name: "least", version: "1", digest: PolicyDocument.digest(of: Document.least),
          area: nil, nation: .england, from: try date("2020-01-01")))
  }

  @Test func `what the law does not allow is understood all the same`() throws {
    let text = Document.full.replacing("required: 2", with: "required: 9")
      .replacing("route: LOCAL", with: "route: MANDATORY")
      .replacing("kind: health, ", with: "kind: council, ")
    let pack = try PolicyDocument.parse(text)
    #expect(pack.mandatory.required == 9 && pack.caveats.map(\.route) == [.mandatory])
    #expect(pack.mandatory.lawful.required == 3)
  }

  @Test func `every value's line is known by its place and by its key`() {
    let lines = PolicyDocument.lines(of: Document.full)
    for (path, text) in [
      ("name", "name: cardiff"), ("contact", "contact:"), ("contact.name", "name: Community"),
      ("contact.ways.in-person.at", "City Hall"), ("contact.ways[1].at", "City Hall"),
      ("mandatory.required", "required: 2"), ("alternatives.risk.band", "band: high"),
      ("clocks", "clocks:"), ("clocks.panel.period", "stage: panel"), ("clocks[0]", "stage: panel"),
      ("caveats.shorter-window", "shorter-window"), ("bodies.landlord", "key: landlord"),
      ("parts.bay.bodies", "area: bay"),
      ("appeals.review", "subject: review"), ("sources.S50.inPart", "inPart"),
      ("unknown", "unknown:"),
    ] {
      #expect(lines[path] == Document.line(of: text), "\(path)")
    }
    #expect(lines["clocks.decide"] == nil)
    // What is missing is shown where it would lie.
    #expect(lines.line(of: "clocks.decide.period") == lines["clocks"])
    #expect(lines.line(of: "clocks[9]") == lines["clocks"])
    #expect(lines.line(of: "mandatory.required") == lines["mandatory.required"])
    #expect(lines.line(of: "nothing.of.this") == nil)
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
