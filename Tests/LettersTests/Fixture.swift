import CaseModel
import Policy

@testable import Letters
@testable import ThresholdRules

/// A day that a test is sure of.
func day(_ text: String) -> CalendarDate {
  guard let date = CalendarDate(text) else { preconditionFailure("no such day: \(text)") }
  return date
}

extension PolicyPack {
  /// An area that says most things.
  static func exmouth(
    nation: Nation = .england, alternatives: [LocalAlternative] = [.twoWithHate],
    caveats: [Caveat] = [Caveat(.caseClosed, on: .mandatory)],
    mandatory: MandatoryRule = MandatoryRule(),
    clocks: [Clock] = [Clock(.panel, Period(20, .workingDays), from: .decision)],
    bodies: [RelevantBody] = [
      RelevantBody(key: "council", name: "Exmouth Council", kind: .council),
      RelevantBody(key: "police", name: "Devon & Cornwall Police", kind: .police),
    ],
    agencies: [SupportAgency] = [
      SupportAgency(
        key: "victim-support", name: "Victim Support", selfReferral: "victimsupport.org.uk")
    ],
    provenance: Provenance = Provenance(), _ change: (inout Procedure) -> Void = { _ in }
  ) -> PolicyPack {
    var procedure = Procedure()
    procedure.title = "Exmouth"
    procedure.appeals = [
      AppealPolicy(
        .handling, grounds: [.thresholdWasMet, .factsNotConsidered],
        window: Period(10, .workingDays), handler: "Head of Community Safety")
    ]
    change(&procedure)
    return PolicyPack(
      name: "exmouth", version: "7", digest: "abc", area: "exmouth", nation: nation,
      from: day("2026-01-01"), mandatory: mandatory, alternatives: alternatives, factors: [.harm],
      caveats: caveats,
      clocks: clocks, bodies: bodies, supportAgencies: agencies, procedure: procedure,
      provenance: provenance)
  }

  /// An area of which nothing is known but its name.
  static let blank = PolicyPack(
    name: "blank", version: "1", digest: "abc", area: "blank", nation: .england,
    from: day("2026-01-01"),
    provenance: Provenance(unknown: [
      "clocks", "appeals", "alternatives", "factors", "caveats", "decision", "retention",
    ]))
}

extension LocalAlternative {
  static let twoWithHate = LocalAlternative(
    key: "two-with-hate", kind: .hate(complaints: 2, ofHate: 1),
    clause: "Exmouth procedure, part 3",
    toFind: [.findFurtherActions])
}

extension ComplaintFacts {
  /// Four complaints, of which two count and one is made too late; the first is of hate.
  static let four = [
    report(0, "2026-03-01", "2026-03-02", to: "police", hate: true),
    report(1, "2026-03-05", "2026-03-06", to: "council", incident: "a"),
    report(2, "2026-03-05", "2026-03-07", until: "2026-03-09", to: "police", incident: "a"),
    report(3, "2026-01-10", "2026-02-20", to: "council"),
  ]

  static func report(
    _ index: Int, _ behaviour: String, _ made: String, until: String? = nil, to body: String,
    by complainant: String = "self", incident: String = "", hate: Bool = false
  ) -> ComplaintFacts {
    ComplaintFacts(
      index: index, behaviour: day(behaviour)...day(behaviour),
      complaint: day(made)...day(until ?? made), body: body, complainant: complainant,
      incident: incident, hate: hate)
  }
}

extension Assessment {
  /// What the rules say of an application of 16 March 2026.
  static func test(
    _ complaints: [ComplaintFacts] = ComplaintFacts.four, _ evidence: Evidence = .none,
    under pack: PolicyPack = .exmouth()
  ) -> Assessment {
    .of(
      ApplicationFacts(receivedOn: day("2026-03-16"), complaints: complaints), evidence, under: pack
    )
  }
}

extension Letter.ThresholdNotice {
  /// What a test sets is what it is about.
  static func test(
    _ outcome: Outcome, pack: PolicyPack = .exmouth(), reason: String = "",
    complaints: [ComplaintFacts] = ComplaintFacts.four, evidence: Evidence = .none,
    showsComplaints: Bool = true, isDraft: Bool = false,
    _ change: (inout Letter.Circumstances) -> Void = { _ in }
  ) -> Letter.ThresholdNotice {
    var circumstances = Letter.Circumstances()
    circumstances.findings = evidence.findings
    change(&circumstances)
    return Letter.ThresholdNotice(
      assessment: .test(complaints, evidence, under: pack), outcome: outcome, pack: pack,
      caseReference: "EXM-2026-0007", decidedOn: day("2026-03-20"),
      decidedBy: "Exmouth Council, community safety manager", reason: reason,
      complaints: showsComplaints ? complaints : [], isDraft: isDraft,
      circumstances: circumstances)
  }
}
