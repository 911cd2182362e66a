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
      from: day("2026-01-01"), alternatives: alternatives, factors: [.harm], caveats: caveats,
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
  /// Four complaints, of which two count and one is made too late.
  static let four = [
    ComplaintFacts(
      index: 0, behaviour: day("2026-03-01")...day("2026-03-01"),
      complaint: day("2026-03-02")...day("2026-03-02"), body: "police"),
    ComplaintFacts(
      index: 1, behaviour: day("2026-03-05")...day("2026-03-05"),
      complaint: day("2026-03-06")...day("2026-03-06"), body: "council"),
    ComplaintFacts(
      index: 2, behaviour: day("2026-03-05")...day("2026-03-05"),
      complaint: day("2026-03-07")...day("2026-03-09"), body: "police"),
    ComplaintFacts(
      index: 3, behaviour: day("2026-01-10")...day("2026-01-10"),
      complaint: day("2026-02-20")...day("2026-02-20"), body: "council"),
  ]
}

extension Reason {
  static func make(_ code: Code, _ details: KeyValuePairs<String, String> = [:]) -> Reason {
    Reason(code, details.map { Detail($0.key, $0.value) })
  }

  static func counts(_ behaviour: String, _ complaint: String, by: String, applyBy: String)
    -> Reason
  {
    .make(
      .complaintCounts,
      [
        "behaviour": behaviour, "complaint": complaint, "received": "2026-03-16",
        "complaintBy": by, "applicationBy": applyBy,
      ])
  }
}

extension ComplaintResult {
  static let four = [
    line(0, .counts("2026-03-01", "2026-03-02", by: "2026-03-31", applyBy: "2026-09-01")),
    line(
      1, .counts("2026-03-05", "2026-03-06", by: "2026-04-04", applyBy: "2026-09-05"),
      .bodyConfirms),
    ComplaintResult(
      index: 2, counted: false, with: 1, standing: .applicantSays,
      reason: .make(.sameComplainantSameIncident, ["with": "1"])),
    line(
      3,
      .make(
        .complaintTooLate,
        [
          "behaviour": "2026-01-10", "complaint": "2026-02-20", "received": "2026-03-16",
          "lastDay": "2026-02-09",
        ])),
  ]

  static func line(
    _ index: Int, _ reason: Reason, _ standing: Standing = .applicantSays
  ) -> ComplaintResult {
    ComplaintResult(
      index: index, counted: reason.code == .complaintCounts, with: nil, standing: standing,
      reason: reason)
  }
}

extension Assessment {
  /// Two of four count.
  static func two(
    required: Int = 3, local: RouteOutcome = .personDecides, notes: [Reason] = [],
    changes: [Reason] = [
      .make(
        .moreComplaintsNeeded, ["needed": "1", "by": "2026-09-01", "clause": "s.104(4)"])
    ],
    turnsOn: [Reason] = [], information: InformationCompleteness? = nil
  ) -> Assessment {
    let met = required <= 2
    let mandatory = RouteResult(
      route: .mandatory, clause: "s.104(4)", outcome: met ? .met : .notMet, required: required,
      counted: 2, complaints: ComplaintResult.four, toFind: [])
    let alternative = RouteResult(
      route: .local, clause: "Exmouth procedure, part 3", outcome: local, required: 2, counted: 2,
      complaints: ComplaintResult.four, toFind: [Reason(.findFurtherActions)])
    return Assessment(
      outcome: met ? .met : local, met: met, required: required, counted: 2, policyName: "exmouth",
      policyVersion: "7", policyDigest: "abc", routes: [mandatory, alternative], notes: notes,
      changes: changes, turnsOn: turnsOn, information: information)
  }
}

extension Letter.ThresholdNotice {
  /// What a test sets is what it is about.
  static func test(
    _ outcome: Outcome, assessment: Assessment = .two(), pack: PolicyPack = .exmouth(),
    reason: String = "", complaints: [ComplaintFacts] = ComplaintFacts.four,
    lender: PolicyPack? = nil, salutation: String? = nil
  ) -> Letter.ThresholdNotice {
    Letter.ThresholdNotice(
      assessment: assessment, outcome: outcome, pack: pack, caseReference: "EXM-2026-0007",
      decidedOn: day("2026-03-20"), decidedBy: "Exmouth Council, community safety manager",
      reason: reason, complaints: complaints, lender: lender, salutation: salutation)
  }

  /// Each kind of letter, by the name of what is expected of it.
  static let samples: [(name: String, notice: Letter.ThresholdNotice)] = [
    (
      "met",
      test(
        .met("Exmouth procedure, part 3"), reason: "The landlord and the police can still do more.")
    ),
    (
      "not-met",
      test(
        .notMet,
        assessment: .two(
          notes: [.make(.caveatNotApplied, ["caveat": "case-closed"])],
          information: InformationCompleteness(asked: 6, returned: 4, refused: 1, overdue: 1)))
    ),
    (
      "deferred",
      test(
        .deferred(day("2026-04-10")),
        assessment: .two(
          turnsOn: [
            .make(.turnsOnRecord, ["place": "3", "body": "council", "outcome": "NOT_MET"]),
            .make(.settledByRecord, ["place": "3", "body": "council"]),
          ]),
        pack: .exmouth(nation: .wales, clocks: []) { $0.appeals = [] },
        reason: "The council is still looking for its record of complaint 4.")
    ),
  ]
}
