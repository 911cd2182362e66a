import CaseModel
import Foundation
import Policy
import PolicyDocuments
import Testing
import Yams

@testable import ThresholdRules

/// The files in Scenarios, one for each rule: given these complaints, assessed under this pack, then these
/// lines. What a file may say is in Scenarios/README.md.
@Suite struct ScenarioTests {
  @Test(arguments: ScenarioFile.names)
  func `each scenario comes out as it says`(name: String) throws {
    let file = try ScenarioFile.read(name)
    #expect(!file.rule.isEmpty && !file.scenarios.isEmpty)
    for scenario in file.scenarios {
      let pack = try ScenarioFile.pack(scenario.pack ?? file.pack ?? "")
      let assessment = Assessment.of(
        try scenario.facts(), try scenario.found(), under: pack)
      scenario.then.check(assessment, scenario.name)
    }
  }

  @Test func `there is a file for each rule`() {
    #expect(ScenarioFile.names.count == 10)
  }

  @Test func `each rule that a complaint or a note can have is shown by a scenario`() throws {
    var shown: Set<Reason.Code> = []
    for name in ScenarioFile.names {
      let file = try ScenarioFile.read(name)
      for scenario in file.scenarios {
        let pack = try ScenarioFile.pack(scenario.pack ?? file.pack ?? "")
        let assessment = Assessment.of(
          try scenario.facts(), try scenario.found(), under: pack)
        let lines = assessment.routes.flatMap(\.complaints)
        shown.formUnion(lines.map(\.reason.code) + assessment.notes.map(\.code))
      }
    }
    let rules = Set(Reason.Code.allCases.filter(\.isOfComplaintOrNote))
    #expect(rules.subtracting(shown).isEmpty && shown.subtracting(rules).isEmpty)
  }
}

extension Reason.Code {
  /// True if a complaint's line or a note can have it. Without a default, so that a new one is put somewhere.
  fileprivate var isOfComplaintOrNote: Bool {
    switch self {
    case .complaintCounts, .complaintBeforeBehaviour, .complaintTooLate, .complaintAfterApplication,
      .applicationTooLate, .sameComplainantSameIncident, .sameIncident, .sameComplainantSameDay,
      .recipientNotRecognised, .disputed, .notOnRecord, .caveatNarrows, .evidence,
      .caveatNotApplied, .requiredHeldToAct, .actCountsMore, .dedupeNotApplied,
      .recipientsNotApplied:
      true
    case .tooFewOfHate, .tooFewPeople, .tooFewHouseholds, .householdsToFind, .caveatToFind,
      .findFurtherActions, .findSignificantDetriment, .findVulnerability, .findLinkedReports,
      .findHighRisk, .weighPersistence, .weighHarm, .weighResponse, .moreComplaintsNeeded,
      .moreComplaintsNeededAnew, .newComplaintsNeeded, .moreOfHateNeeded, .morePeopleNeeded,
      .moreHouseholdsNeeded,
      .findingNeeded, .turnsOnDay, .turnsOnDispute, .turnsOnRecord, .turnsOnRecordedDays,
      .turnsOnSameIncident, .moreInDoubt, .settledByIncident, .settledByRecord,
      .bodyNeverAvailable, .bodiesNeverTogether, .noWorkingDay, .panelDateFound:
      false
    }
  }
}

extension Scenario.Then {
  /// Compares all that is said; what is not said is not compared.
  func check(_ assessment: Assessment, _ name: String) {
    let words: [RouteOutcome: String] = [
      .met: "met", .notMet: "not met", .personDecides: "a person decides",
    ]
    #expect(words[assessment.outcome] == outcome, "\(name)")
    #expect(counted == nil || assessment.counted == counted, "\(name)")
    for (clause, expected) in lines ?? [:] {
      let route = assessment.routes.first { $0.clause == clause }
      #expect(route?.complaints.map(Self.line) == expected, "\(name): \(clause)")
    }
    for (clause, expected) in routes ?? [:] {
      let route = assessment.routes.first { $0.clause == clause }
      #expect((route?.outcome).flatMap { words[$0] } == expected, "\(name): \(clause)")
    }
    for (clause, expected) in toFind ?? [:] {
      let route = assessment.routes.first { $0.clause == clause }
      #expect(route?.toFind.map(Self.sentence) == expected, "\(name): \(clause)")
    }
    if let notes { #expect(assessment.notes.map(Self.sentence) == notes, "\(name)") }
    if let changes { #expect(assessment.changes.map(Self.sentence) == changes, "\(name)") }
    if let turnsOn { #expect(assessment.turnsOn.map(Self.sentence) == turnsOn, "\(name)") }
  }

  private static func sentence(_ reason: Reason) -> String { reason.rendered(in: .english) }

  /// In short: `counts`, `once with 1`, or the rule by which it does not.
  private static func line(_ result: ComplaintResult) -> String {
    if result.counted { return "counts" }
    return result.with.map { "once with \($0 + 1)" } ?? result.reason.code.rawValue
  }
}
