import PolicyDocuments
import Testing

/// For every field at least one document in which it is wrong.
@Suite struct MalformedDocumentTests {
  /// A text in the full document, what stands there in its place, and the path of what is wrong, which is
  /// on the same line.
  typealias Row = (right: String, wrong: String, path: String)

  static let rows: [Row] =
    whole + contact + threshold + caveats + decision + clocks + appeals
    + others + calendar + bodies + provenance

  static let whole: [Row] = [
    ("name: cardiff\n", "name:\n", "name"), ("name: cardiff\n", "name: [cardiff]\n", "name"),
    ("name: cardiff\n", "name: null\n", "name"), ("version: 2026.1", "version:", "version"),
    ("nation: wales", "nation: scotland", "nation"), ("nation: wales", "nation: Wales", "nation"),
    ("\nfrom: 2026-01-01", "\nfrom: 2026-02-30", "from"),
    ("\nfrom: 2026-01-01", "\nfrom: 1 January 2026", "from"),
    ("until: 2026-12-31", "until: 31/12/2026", "until"), ("until: 2026-12-31", "until:", "until"),
    ("until: 2026-12-31", "until: 2025-12-31", "until"),
    ("area: cardiff", "area: {a: b}", "area"), ("area: cardiff", "aera: cardiff", "aera"),
    ("area: cardiff", "[a, b]: cardiff", ""), ("area: cardiff", "!x name: cardiff", "name"),
    ("area: cardiff", "area: Cardiff", "area"),
    ("area: cardiff", "area: &a cardiff", ""),
    ("title: Cardiff", "title: []", "title"),
    ("[west-cardiff, east-cardiff]", "west-cardiff", "succeeds"),
    ("[west-cardiff, ", "[West Cardiff, ", "succeeds[0]"),
    ("east-cardiff]", "cardiff]", "succeeds[1]"),
    ("area: bay, ", "", "parts[0].area"), ("area: bay", "area: cardiff", "parts[0].area"),
    ("name: The Bay, ", "", "parts[0].name"),
    ("bodies: [health]", "bodies: health", "parts[0].bodies"),
    ("bodies: [health]", "bodies: [lord]", "parts[0].bodies[0]"),
    ("publishedAt: example.org/procedure", "publishedAt: ~", "publishedAt"),
  ]

  static let contact: [Row] = [
    ("name: Community Safety Team", "name:", "contact.name"),
    ("name: Community Safety Team", "post: Community Safety Team", "contact.post"),
    ("kind: online", "kind: fax", "contact.ways[0].kind"),
    (", at: City Hall", "", "contact.ways[1].at"),
    ("{kind: in-person, at: City Hall}", "City Hall", "contact.ways[1]"),
  ]

  static let threshold: [Row] = [
    ("{required: 2, complaintWindow: 6 weeks, applicationWindow: 200 days}", "3", "mandatory"),
    ("{required: 2, complaintWindow: 6 weeks, applicationWindow: 200 days}", "[]", "mandatory"),
    ("required: 2", "required: two", "mandatory.required"),
    ("required: 2", "required: 2.5", "mandatory.required"),
    ("required: 2", "required: 0", "mandatory.required"),
    ("required: 2", "required: 1:00:00:00:00:00:00:00:00:00:00:00", "mandatory.required"),
    ("required: 2", "required: 101", "mandatory.required"),
    ("required: 2", "requires: 2", "mandatory.requires"),
    ("6 weeks", "6", "mandatory.complaintWindow"),
    ("6 weeks", "six weeks", "mandatory.complaintWindow"),
    ("6 weeks", "6 fortnights", "mandatory.complaintWindow"),
    ("6 weeks", "-6 weeks", "mandatory.complaintWindow"),
    ("6 weeks", "0 weeks", "mandatory.complaintWindow"),
    ("6 weeks", "1001 weeks", "mandatory.complaintWindow"),
    ("200 days", "9223372036854775807 weeks", "mandatory.applicationWindow"),
    ("200 days", "99999999999999999999 days", "mandatory.applicationWindow"),
    ("200 days", "200 days long", "mandatory.applicationWindow"),
    ("200 days", "200 workingDays", "mandatory.applicationWindow"),
    ("kind: hate", "kind: love", "alternatives[0].kind"),
    ("complaints: 2, ", "", "alternatives[0].complaints"),
    ("ofHate: 1, ", "", "alternatives[0].ofHate"),
    ("ofHate: 1", "ofHate: yes", "alternatives[0].ofHate"),
    ("ofHate: 1", "ofHate: 3", "alternatives[0].ofHate"),
    ("ofHate: 1", "ofHate: 1, people: 2", "alternatives[0].people"),
    ("people: 5, ", "", "alternatives[1].people"),
    ("people: 5", "people: 1", "alternatives[1].people"),
    ("complaints: 7", "complaints: 4", "alternatives[1].complaints"),
    ("clauseCy: Gweithdrefn 2", "clauseCy: []", "alternatives[1].clauseCy"),
    ("band: high", "band: high, complaints: 2", "alternatives[3].complaints"),
    ("30 days", "a month", "alternatives[1].complaintWindow"),
    ("9 months", "0 months", "alternatives[1].applicationWindow"),
    ("clause: Procedure 3, ", "", "alternatives[2].clause"),
    ("[find-vulnerability]", "[find-everything]", "alternatives[2].toFind[0]"),
    ("[find-vulnerability]", "[complaint-counts]", "alternatives[2].toFind[0]"),
    ("[find-vulnerability]", "find-vulnerability", "alternatives[2].toFind"),
    ("key: risk, ", "", "alternatives[3].key"), ("band: high, ", "", "alternatives[3].band"),
    ("{key: risk, kind: risk-band, band: high, clause: Procedure 4}", "risk", "alternatives[3]"),
    ("clause: Procedure 4", "clause: Procedure 4, score: 9", "alternatives[3].score"),
    ("households: 3", "households: three", "alternatives[4].households"),
    ("key: homes", "key: hate", "alternatives[4].key"),
    ("[harm, persistence]", "harm", "factors"), ("[harm, pers", "[harm, cost, pers", "factors[1]"),
    ("[harm, persistence]", "[harm, harm]", "factors[1]"),
  ]

  static let caveats: [Row] = [
    ("kind: shorter-window", "kind: closed", "caveats[0].kind"),
    ("route: LOCAL", "route: local", "caveats[0].route"),
    ("words: within seven days", "words: {}", "caveats[0].words"),
    ("wordsCy: o fewn saith niwrnod", "wordsCy: {}", "caveats[0].wordsCy"),
    ("period: 7 days", "period: seven", "caveats[0].period"),
    ("period: 7 days", "period: 5 workingDays", "caveats[0].period"),
    ("dedupe: same-incident", "dedupe: all", "dedupe"),
    ("[police, council]", "[police, fire]", "recipients[1]"),
    ("[police, council]", "[police, police]", "recipients[1]"),
  ]

  static let decision: [Row] = [
    ("body: council", "body: [council]", "decision.body"),
    ("body: council", "body: county", "decision.body"),
    ("capacity: Manager", "capacity: \"\"", "decision.capacity"),
    (
      "secondSignatureOnNotMet: true", "secondSignatureOnNotMet: two",
      "decision.secondSignatureOnNotMet"
    ),
    ("benefitOfTheDoubt: false", "benefitOfTheDoubt: 0.5", "decision.benefitOfTheDoubt"),
    ("benefitOfTheDoubt: false", "benefitOfDoubt: false", "decision.benefitOfDoubt"),
  ]

  static let clocks: [Row] = [
    ("stage: panel", "stage: party", "clocks[0].stage"),
    ("20 workingDays", "20 working days", "clocks[0].period"),
    ("from: decision", "from: now", "clocks[0].from"),
    ("from: decision", "from: outcome", "clocks[0].from"),
    ("pausable: true", "pausable: maybe", "clocks[0].pausable"),
    ("onBreach: escalate", "onBreach: extend", "clocks[0].onBreach"),
  ]

  static let appeals: [Row] = [
    ("subject: handling", "subject: manners", "appeals[0].subject"),
    ("{subject: review}", "{subject: handling}", "appeals[1].subject"),
    ("[threshold-was-met]", "[unfair]", "appeals[0].grounds[0]"),
    ("[threshold-was-met]", "threshold-was-met", "appeals[0].grounds"),
    ("window: 28 days", "window: 28", "appeals[0].window"),
    ("window: 28 days", "window: 0 days", "appeals[0].window"),
    ("handler: A director", "handler: ''", "appeals[0].handler"),
    ("stages: 2", "stages: many", "appeals[0].stages"),
    ("stages: 2", "stages: 0", "appeals[0].stages"),
  ]

  static let others: [Row] = [
    ("name: A commissioner, ", "", "localPolicingBodies[0].name"),
    ("kind: commissioner", "kind: chief", "localPolicingBodies[0].kind"),
    ("since: 2012-11-22", "since: 2012", "localPolicingBodies[0].since"),
    ("until: 2028-05-03", "until: never", "localPolicingBodies[0].until"),
    ("until: 2028-05-03", "until: 2008-05-03", "localPolicingBodies[0].until"),
    ("with: local-policing-body", "with: public", "consultations[0].with"),
    ("on: 2025-11-03", "on: 2025-11-31", "consultations[0].on"),
    ("period: 3 months", "period: quarterly", "reporting.period"),
    ("period: 3 months", "period: 60 workingDays", "reporting.period"),
    ("startMonth: 1", "startMonth: April", "reporting.startMonth"),
    ("startMonth: 1", "startMonth: 13", "reporting.startMonth"),
    ("reversal: net", "reversal: gross", "reporting.reversal"),
    ("publishedAt: example.org/figures", "publishedAt: []", "reporting.publishedAt"),
    ("of: not-met", "of: letters", "retention[0].of"),
    ("period: 36 months", "period: 3 years", "retention[0].period"),
    ("period: 36 months", "period: 0 months", "retention[0].period"),
    ("topic: pledge", "topic: promise", "wordings[0].topic"),
    ("language: cy", "language: welsh", "wordings[0].language"),
    ("topic: appeal, subject: review", "topic: appeal, subject: panel", "wordings[1].subject"),
    ("topic: appeal, subject: review", "topic: support, subject: review", "wordings[1].subject"),
    (", text: Addewid", "", "wordings[0].text"),
    ("provision: data-return", "provision: data", "commencements[0].provision"),
    ("from: 2027-04-01", "from: April", "commencements[0].from"),
    (
      "provision: local-policing-body-review", "provision: data-return",
      "commencements[1].provision"
    ),
  ]

  static let calendar: [Row] = [
    ("division: england-and-wales", "division: wales", "calendar.division"),
    ("[2026-12-29, 2026-12-30]", "2026-12-29", "calendar.closures"),
    ("2026-12-30]", "30 December]", "calendar.closures[1]"),
    ("closesAtHour: 17", "closesAtHour: '5pm'", "calendar.closesAtHour"),
    ("closesAtHour: 17", "closesAtHour: 24", "calendar.closesAtHour"),
    ("[cy, en]", "[cy, fr]", "languages[1]"), ("[cy, en]", "[]", "languages"),
    ("[cy, en]", "[cy, cy]", "languages[1]"),
  ]

  static let bodies: [Row] = [
    ("kind: council", "kind: parish", "bodies[0].kind"),
    ("requiredForPanel: true", "requiredForPanel: 1.5", "bodies[0].requiredForPanel"),
    ("asb@landlord.example", "nobody", "bodies[3].mailbox"),
    ("asb@landlord.example", "'a@b.example, c@d.example'", "bodies[3].mailbox"),
    ("name: Police, ", "", "bodies[1].name"),
    ("since: 2020-01-01", "since: 2020", "bodies[2].since"),
    ("until: 2030-01-01", "until: 2019-01-01", "bodies[2].until"),
    ("notified: false", "notify: false", "bodies[3].notify"),
    ("notified: false", "notified: perhaps", "bodies[3].notified"),
    ("key: landlord", "key: council", "bodies[3].key"),
    ("key: landlord", "key: Land Lord", "bodies[3].key"),
    (", selfReferral: example.org", "", "supportAgencies[0].selfReferral"),
    ("name: Victim Support, ", "", "supportAgencies[0].name"),
    ("key: victim-support", "key: victim support", "supportAgencies[0].key"),
    ("[frequency, fear]", "{frequency: fear}", "questionnaire"),
    ("[frequency, fear]", "[frequency, [fear]]", "questionnaire[1]"),
  ]

  static let provenance: [Row] = [
    ("key: act", "key: S50", "sources[1].key"), ("key: act", "key: the act", "sources[1].key"),
    ("title: Procedure, ", "", "sources[0].title"),
    (", address: legislation.gov.uk/ukpga/2014/12", "", "sources[1].address"),
    ("inPart: true", "inPart: half", "sources[0].inPart"),
    ("path: mandatory", "path: obligatory", "provenance[0].path"),
    ("path: mandatory", "path: mandatory.", "provenance[0].path"),
    ("path: mandatory", "path: mandatory.required.more", "provenance[0].path"),
    ("path: mandatory", "path: bodies.county", "provenance[0].path"),
    ("path: mandatory", "path: 'bodies[0]'", "provenance[0].path"),
    ("path: mandatory", "path: clocks.party", "provenance[0].path"),
    ("path: mandatory", "path: caveats.closed", "provenance[0].path"),
    ("path: caveats.shorter-window", "path: mandatory", "provenance[1].path"),
    ("sources: [S50, act]", "sources: [S50, page]", "provenance[0].sources[1]"),
    ("sources: [S50, act]", "sources: []", "provenance[0]"),
    (", assumption: Read from the form", "", "provenance[1]"),
    ("assumption: Read from the form", "assumption: ''", "provenance[1].assumption"),
    ("[appeals.review.window", "[recommendations", "unknown[0]"),
    ("[appeals.review.window", "[appeals.handling.window", "unknown[0]"),
    ("[appeals.review.window", "[appeals.review", "unknown[0]"),
    ("[appeals.review.window", "[decision", "unknown[0]"),
    ("[appeals.review.window", "[clocks.response", "unknown[1]"),
    ("[appeals.review.window", "[contact.ways.online", "unknown[0]"),
    ("[appeals.review.window", "[{}", "unknown[0]"),
    ("alternatives.further", "mandatory.further", "unknown[4]"),
    ("alternatives.further", "languages.further", "unknown[4]"),
    ("alternatives.further", "alternatives.others", "unknown[4]"),
    ("path: caveats.shorter-window", "path: caveats.further", "provenance[1].path"),
  ]

  @Test(arguments: rows)
  func `a malformed document is refused by path and line`(row: Row) throws {
    let text = Document.full.replacing(row.right, with: row.wrong, maxReplacements: 1)
    try #require(text != Document.full)
    let error = try #require(throws: PolicyDocumentError.self) { try PolicyDocument.parse(text) }
    let isAfterBreak = row.right.hasPrefix("\n")
    let line = try #require(Document.line(of: row.right)) + (isAfterBreak ? 1 : 0)
    #expect(error.path == row.path && error.line == line && !error.message.isEmpty)
    let place = row.path.isEmpty ? "line \(line)" : "line \(line), \(row.path)"
    #expect(error.description == "\(place): \(error.message)")
  }

  @Test(arguments: [
    "name: cardiff\n", "version: 2026.1\n", "nation: wales\n", "from: 2026-01-01\n",
  ])
  func `what every document needs is missed where the document begins`(line: String) throws {
    let text = Document.full.replacing("\n" + line, with: "\n", maxReplacements: 1)
    let without = line.hasPrefix("name") ? String(Document.full.dropFirst(line.count)) : text
    try #require(without != Document.full)
    let error = try #require(throws: PolicyDocumentError.self) {
      try PolicyDocument.parse(without)
    }
    #expect(error.path == line.prefix { $0 != ":" } && error.line == 1)
    #expect(error.message == "missing")
  }

  @Test(arguments: [
    "", "# nothing\n", "just words", "- a\n- b\n", "name: [", "name: a\n\tversion: b", "a: b: c",
    "name: *unknown", "\u{0}", "{", "name: a\nname: b\n", "name: &a b\nversion: *a\n",
    "--- a\n--- b\n", String(repeating: "[", count: 60_000), String(repeating: "- ", count: 30_000),
  ])
  func `what is no mapping in YAML is refused as a whole`(text: String) throws {
    let error = try #require(throws: PolicyDocumentError.self) { try PolicyDocument.parse(text) }
    #expect(error.path.isEmpty && error.code == "invalid-policy")
    #expect(PolicyDocument.lines(of: text).isEmpty)
  }

  @Test func `what is not YAML is refused by line`() throws {
    let error = try #require(throws: PolicyDocumentError.self) {
      try PolicyDocument.parse("name: a\nversion: b\nfrom: [\n")
    }
    #expect(error.line == 4)
  }
}
