import PolicyDocuments
import Testing

@Suite struct MalformedDocumentTests {
  /// A text in the full document, what stands there in its place, and the path of what is wrong.
  static let rows: [(String, String, String)] =
    whole + mandatory + alternatives + lists + refusedByTheAct

  static let whole = [
    ("name: cardiff\n", "", "name"), ("version: 2026.1\n", "", "version"),
    ("nation: wales\n", "", "nation"), ("from: 2026-01-01\n", "", "from"),
    ("name: cardiff\n", "name:\n", "name"), ("name: cardiff\n", "name: [cardiff]\n", "name"),
    ("nation: wales", "nation: scotland", "nation"), ("nation: wales", "nation: Wales", "nation"),
    ("from: 2026-01-01", "from: 2026-02-30", "from"),
    ("from: 2026-01-01", "from: 1 January 2026", "from"),
    ("until: 2026-12-31", "until: 31/12/2026", "until"), ("until: 2026-12-31", "until:", "until"),
    ("area: cardiff", "area: {a: b}", "area"), ("area: cardiff", "aera: cardiff", "aera"),
    ("area: cardiff", "[a, b]: cardiff", ""),
  ]

  static let mandatory = [
    ("{required: 2, complaintWindow: 6 weeks, applicationWindow: 200 days}", "3", "mandatory"),
    ("{required: 2, complaintWindow: 6 weeks, applicationWindow: 200 days}", "[]", "mandatory"),
    ("required: 2", "required: two", "mandatory.required"),
    ("required: 2", "required: 2.5", "mandatory.required"),
    ("required: 2", "requires: 2", "mandatory.requires"),
    ("6 weeks", "6", "mandatory.complaintWindow"),
    ("6 weeks", "six weeks", "mandatory.complaintWindow"),
    ("6 weeks", "6 fortnights", "mandatory.complaintWindow"),
    ("6 weeks", "-6 weeks", "mandatory.complaintWindow"),
    ("6 weeks", "1001 weeks", "mandatory.complaintWindow"),
    ("200 days", "9223372036854775807 weeks", "mandatory.applicationWindow"),
    ("200 days", "99999999999999999999 days", "mandatory.applicationWindow"),
    ("200 days", "200 days long", "mandatory.applicationWindow"),
  ]

  static let alternatives = [
    ("kind: hate", "kind: love", "alternatives[0].kind"),
    ("complaints: 2, ", "", "alternatives[0].complaints"),
    ("ofHate: 1, ", "", "alternatives[0].ofHate"),
    ("ofHate: 1", "ofHate: yes", "alternatives[0].ofHate"),
    ("people: 5, ", "", "alternatives[1].people"),
    ("clause: Procedure 3, ", "", "alternatives[2].clause"),
    ("key: risk, ", "", "alternatives[3].key"),
    ("[find-vulnerability]", "[find-everything]", "alternatives[2].toFind[0]"),
    ("[find-vulnerability]", "find-vulnerability", "alternatives[2].toFind"),
    ("{key: risk, kind: risk-band, band: high, clause: Procedure 4}", "risk-band", "alternatives[3]"),
    ("clause: Procedure 4", "clause: Procedure 4, score: 9", "alternatives[3].score"),
  ]

  static let lists = [
    ("[harm, persistence]", "harm", "factors"), ("[harm, ", "[harm, cost, ", "factors[1]"),
    ("kind: case-closed", "kind: closed", "caveats[0].kind"),
    ("route: LOCAL", "route: local", "caveats[0].route"),
    ("stage: panel", "stage: party", "clocks[0].stage"),
    ("period: 20 workingDays", "period: 20 working days", "clocks[0].period"),
    ("from: decision", "from: now", "clocks[0].from"),
    ("pausable: true", "pausable: maybe", "clocks[0].pausable"),
    ("kind: council", "kind: parish", "bodies[0].kind"),
    ("requiredForPanel: true", "requiredForPanel: 1.5", "bodies[0].requiredForPanel"),
    ("name: Police, ", "", "bodies[1].name"),
    ("since: 2020-01-01", "since: 2020", "bodies[2].since"),
    ("notified: false", "notify: false", "bodies[3].notify"),
    (", selfReferral: example.org", "", "supportAgencies[0].selfReferral"),
    ("[frequency, fear]", "{frequency: fear}", "questionnaire"),
    ("[frequency, fear]", "[frequency, [fear]]", "questionnaire[1]"),
  ]

  static let refusedByTheAct = [
    ("required: 2", "required: 4", "mandatory.required"),
    ("route: LOCAL", "route: MANDATORY", "caveats[0]"),
    ("until: 2026-12-31", "until: 2025-12-31", "until"),
    ("kind: health", "kind: housing-provider", "bodies"),
    ("200 days", "200 workingDays", "mandatory.applicationWindow"),
    ("from: decision", "from: outcome", "clocks[0].from"),
    ("key: landlord", "key: council", "bodies"), ("area: cardiff", "area: Cardiff", "area"),
  ]

  @Test(arguments: rows)
  func `a malformed document is refused by path`(row: (String, String, String)) throws {
    let (right, wrong, path) = row
    try #require(Document.full.contains(right))
    let text = Document.full.replacing(right, with: wrong, maxReplacements: 1)
    let error = try #require(throws: PolicyDocumentError.self) { try PolicyDocument.parse(text) }
    #expect(error.path == path && !error.message.isEmpty)
    #expect(error.description == (path.isEmpty ? error.message : "\(path): \(error.message)"))
  }

  @Test(arguments: [
    "", "# nothing\n", "just words", "- a\n- b\n", "name: [", "name: a\n\tversion: b", "a: b: c",
    "name: *unknown", "\u{0}", "{", "name: a\nname: b\n",
    String(repeating: "[", count: 60_000),
  ])
  func `what is no mapping in YAML is refused as a whole`(text: String) throws {
    let error = try #require(throws: PolicyDocumentError.self) { try PolicyDocument.parse(text) }
    #expect(error.path.isEmpty && error.code == "invalid-policy")
  }
}
