import CaseModel
import Policy
import PolicyDocuments
import Testing
import ThresholdRules

@testable import Letters

/// A letter as an area would send it: its own pack, and what the rules say of the application.
struct Sample: Sendable, CustomTestStringConvertible {
  let name: String
  let pack: String
  let decidedBy: String
  let outcome: Letter.ThresholdNotice.Outcome
  let reason: String
  let complaints: [ComplaintFacts]
  let evidence: Evidence
  let isDraft: Bool
  let circumstances: Letter.Circumstances

  var testDescription: String { name }

  init(
    _ name: String, under pack: String, decidedBy: String,
    _ outcome: Letter.ThresholdNotice.Outcome, reason: String = "",
    _ complaints: [ComplaintFacts], _ evidence: Evidence = .none, isDraft: Bool = false,
    _ change: (inout Letter.Circumstances) -> Void = { _ in }
  ) {
    self.name = name
    self.pack = pack
    self.decidedBy = decidedBy
    self.outcome = outcome
    self.reason = reason
    self.complaints = complaints
    self.evidence = evidence
    self.isDraft = isDraft
    var circumstances = Letter.Circumstances()
    circumstances.findings = evidence.findings
    if case .met = outcome {
      circumstances.panelBy = Letter.Deadline(day("2026-04-21"), source: PolicyPack.defaultName)
    }
    change(&circumstances)
    self.circumstances = circumstances
  }

  private static let packs = Result { try BuiltInPolicyDocuments.all.map(PolicyDocument.parse) }

  func notice() throws -> Letter.ThresholdNotice {
    let packs = try Self.packs.get()
    let pack = try #require(packs.first { $0.name == self.pack })
    return Letter.ThresholdNotice(
      assessment: .test(complaints, evidence, under: pack), outcome: outcome, pack: pack,
      caseReference: isDraft ? "" : "ASB-2026-0007", decidedOn: day("2026-03-20"),
      decidedBy: decidedBy,
      reason: reason, complaints: complaints, isDraft: isDraft, circumstances: circumstances)
  }
}

extension Sample {
  private static let plymouthCouncil = "Plymouth City Council, community safety manager"
  private static let southWales = "The relevant bodies together"

  static let all = [
    Sample(
      "met", under: "plymouth", decidedBy: plymouthCouncil, .met("s.104(4)"),
      [
        .report(0, "2026-03-01", "2026-03-02", to: "devon-and-cornwall-police"),
        .report(1, "2026-03-05", "2026-03-06", to: "plymouth-city-council", by: "neighbour"),
        .report(2, "2026-03-09", "2026-03-10", to: "plymouth-community-homes", incident: "a"),
        .report(3, "2026-03-09", "2026-03-11", to: "devon-and-cornwall-police", incident: "a"),
      ],
      Evidence(
        findings: [
          .init(complaint: 0, body: "devon-and-cornwall-police", standing: .bodyConfirms)
        ],
        information: InformationCompleteness(asked: 4, returned: 4, refused: 0, overdue: 0))),
    Sample(
      "met-local", under: "plymouth", decidedBy: plymouthCouncil,
      .met("Plymouth procedure, two reports with hate"),
      reason: "The landlord and the police can still do more.",
      [
        .report(0, "2026-03-01", "2026-03-02", to: "devon-and-cornwall-police", hate: true),
        .report(1, "2026-03-05", "2026-03-06", to: "plymouth-city-council"),
      ]),
    Sample(
      "met-in-doubt", under: "south-wales", decidedBy: southWales, .met("s.104(4)"),
      [
        .report(0, "2026-03-01", "2026-03-02", to: "south-wales-police"),
        .report(1, "2026-03-05", "2026-03-06", to: "cardiff-council"),
        .report(2, "2026-03-09", "2026-03-10", until: "2026-03-12", to: "south-wales-police"),
      ],
      Evidence(
        findings: [.init(complaint: 2, body: "south-wales-police", standing: .nobodyKnows)],
        information: InformationCompleteness(asked: 2, returned: 2, refused: 0, overdue: 0))),
    // Turns on a complaint that the council disputes, and the bodies have not all answered.
    Sample(
      "not-met", under: "plymouth", decidedBy: plymouthCouncil, .notMet,
      reason: "The landlord has moved the person who did this, and nothing was reported since.",
      [
        .report(0, "2026-02-01", "2026-02-02", to: "devon-and-cornwall-police", hate: true),
        .report(1, "2026-02-05", "2026-02-06", to: "plymouth-city-council"),
        .report(2, "2025-12-10", "2026-01-20", to: "plymouth-community-homes"),
        .report(3, "2025-08-30", "2025-09-01", to: "devon-and-cornwall-police"),
      ],
      Evidence(
        findings: [
          .init(complaint: 0, body: "devon-and-cornwall-police", standing: .bodyConfirms),
          .init(complaint: 1, body: "plymouth-city-council", standing: .bodyDisputes),
        ],
        information: InformationCompleteness(asked: 6, returned: 4, refused: 1, overdue: 1))),
    Sample(
      "deferred", under: "south-wales", decidedBy: southWales, .deferred(day("2026-04-10")),
      reason: "The council is still looking for its record of complaint 2.",
      [
        .report(0, "2026-03-01", "2026-03-02", to: "south-wales-police"),
        .report(1, "2026-03-05", "2026-03-06", to: "cardiff-council", by: "neighbour"),
        .report(2, "2026-01-05", "2026-02-10", to: "cardiff-council"),
      ],
      Evidence(
        findings: [.init(complaint: 1, body: "cardiff-council", standing: .nobodyKnows)],
        information: InformationCompleteness(asked: 3, returned: 2, refused: 0, overdue: 1))
    ) { $0.decideBy = Letter.Deadline(day("2026-04-07"), source: PolicyPack.defaultName) },
    // What the rules recommend, before anybody has decided.
    Sample(
      "draft", under: "plymouth", decidedBy: "", .notMet,
      [.report(0, "2026-03-01", "2026-03-02", to: "devon-and-cornwall-police")], isDraft: true),
    // After an appeal was upheld; the police have another day on record, and what counted no longer does.
    Sample(
      "not-met-anew", under: "plymouth", decidedBy: plymouthCouncil, .notMet,
      reason: "The reports were looked at again.",
      [
        .report(0, "2025-09-10", "2025-09-19", to: "devon-and-cornwall-police"),
        .report(1, "2026-01-10", "2026-01-12", to: "devon-and-cornwall-police"),
      ],
      Evidence(
        findings: [
          .init(
            complaint: 1, body: "devon-and-cornwall-police", standing: .bodyConfirms,
            reported: day("2026-02-20")...day("2026-02-20"))
        ],
        information: InformationCompleteness(asked: 1, returned: 1, refused: 0, overdue: 0))
    ) {
      $0.replaces = day("2026-03-17")
      $0.appeals = [
        Letter.Appeal(
          number: 1, subject: .handling, ground: .thresholdWasMet, madeOn: day("2026-03-18"),
          verdict: .init(
            isUpheld: true, decidedOn: day("2026-03-19"), reason: "One was overlooked."))
      ]
    },
  ]
}
