import CaseModel
import Foundation
import PolicyDocuments
import PolicyLibrary
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Threshold

/// A slice from before a case could be decided more than once.
@Suite struct DecisionMigrationTests {
  @Test func `a decision that was kept before is the first of its case`() async throws {
    let before = Worker(
      name: "threshold", migrations: Array(ThresholdMigrations.all.prefix(5)))
    let reference = Fixture.reference()
    try await TestPlace.with([before, Fixture.source], now: Fixture.now, onDisk: true) { place in
      let context = try #require(place.context(of: "threshold"))
      try await context.slice.write { tx in
        try PolicyLibrary().keep(
          document: BuiltInPolicyDocuments.plymouth, digest: Fixture.plymouth, in: tx)
        let value = SQLValue.text(reference.description)
        let digest = SQLValue.text(Fixture.plymouth)
        try tx.execute(
          "INSERT INTO application VALUES (?, ?, '2026-03-16', 0)", value, digest)
        try tx.execute(
          "INSERT INTO assessment VALUES (?, ?, '2026-03-16', 'NOT_MET', ?)", value, digest,
          .blob(Data()))
        try tx.execute("INSERT INTO officer VALUES ('Officer One', 'k1')")
        try tx.execute(
          "INSERT INTO decision VALUES (?, 1, 'DISCRETIONARY', 's.104(5)', '2026-03-17', 'k1', 'Harm')",
          value)
      }
      await place.kill("threshold")
      try await place.start(ThresholdWorker.worker())
      let after = try #require(place.context(of: "threshold"))
      let kept = try await after.slice.read { try $0.decisionStanding(of: reference) }
      let decision = try #require(kept.current)
      #expect(kept.decisions.count == 1 && decision.number == 1 && decision.met)
      #expect(decision.recommended == .notMet && decision.clause == "s.104(5)")
      #expect(decision.officer == "Officer One" && decision.officerKey == "k1")
      #expect(decision.reason == "Harm" && decision.second == nil)
      #expect(decision.revision == nil)
      // Who signed before is the same officer now, however the name is written.
      let officer = try await after.slice.write { tx in
        var generator = SystemRandomNumberGenerator()
        return try tx.officer("officer-ÓNE", using: &generator)
      }
      #expect(officer == Officer(name: "Officer One", key: "k1"))
      #expect(kept.pending == nil && kept.deferral == nil && kept.appeals.isEmpty)
    }
  }
}
