import CaseModel
import Foundation
import Messages
import PolicyDocuments
import PolicyLibrary
import SwiftProtobuf
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Threshold

/// Slices of before clocks were kept, or kept as they are now.
@Suite(.timeLimit(.minutes(1))) struct ClockMigrationTests {
  let undecided = Fixture.reference(1)
  let decided = Fixture.reference(2)
  let running = Fixture.reference(3)

  static func worker(until step: String) -> Worker {
    Worker(
      name: "threshold",
      migrations: Array(ThresholdMigrations.all.prefix { $0.name != step }))
  }

  /// Announces the packs that the worker of before had published.
  static let publisher = Worker(
    name: "publisher", emits: [Recourse_Threshold_V1_PolicyPackPublished.self],
    onStart: { context in
      try await context.slice.write { tx in
        for document in [BuiltInPolicyDocuments.recourseDefault, BuiltInPolicyDocuments.plymouth] {
          try tx.emit(
            Recourse_Threshold_V1_PolicyPackPublished.with {
              $0.digest = PolicyDocument.digest(of: document)
              $0.document = document
            }, key: EventKey(.system, "policy"))
        }
      }
    })

  /// Starts a worker of before a step, lets it keep something, and goes on with the worker of today.
  func upgrade(
    from step: String, keeping: @escaping @Sendable (SliceTransaction) throws -> Void,
    _ body: (TestPlace) async throws -> Void
  ) async throws {
    let workers = [Self.worker(until: step), Fixture.source, Self.publisher]
    try await TestPlace.with(workers, now: Fixture.now, onDisk: true) { place in
      let slice = try #require(place.context(of: "threshold")?.slice)
      try await slice.write { tx in
        try PolicyLibrary().keep(
          document: BuiltInPolicyDocuments.plymouth, digest: Fixture.plymouth, in: tx)
        try PolicyLibrary().keep(
          document: BuiltInPolicyDocuments.recourseDefault,
          digest: PolicyDocument.digest(of: BuiltInPolicyDocuments.recourseDefault), in: tx)
        try keeping(tx)
      }
      await place.kill("threshold")
      try await place.start(ThresholdWorker.worker())
      try await body(place)
    }
  }

  static func keep(_ reference: CaseReference, in tx: SliceTransaction) throws {
    let value = SQLValue.text(reference.description)
    let digest = SQLValue.text(Fixture.plymouth)
    try tx.execute(
      """
      INSERT INTO application (case_reference, policy_digest, received_on, complaints_expected)
      VALUES (?, ?, '2026-03-16', 0)
      """, value, digest)
    try tx.execute(
      """
      INSERT INTO assessment (case_reference, policy_digest, assessed_on, outcome, findings)
      VALUES (?, ?, '2026-03-16', 'NOT_MET', ?)
      """, value, digest, .blob(Data()))
  }

  @Test func `what was undecided when clocks began gets its clocks at the start, once`()
    async throws
  {
    try await upgrade(from: "threshold-clocks") { [undecided, decided] tx in
      for reference in [undecided, decided] { try Self.keep(reference, in: tx) }
      try tx.execute("INSERT INTO officer VALUES ('Officer One', 'k1')")
      try tx.execute(
        """
        INSERT INTO decision (
          case_reference, number, recommended, met, route, clause, decided_on, officer_key, reason,
          body, capacity
        ) VALUES (?, 1, 'NOT_MET', 0, '', '', '2026-03-16', 'k1', 'Too few', '', '')
        """, .text(decided.description))
      try tx.execute(
        """
        INSERT INTO information_request (
          case_reference, place, body, mandatory, requested_on, due_on, state, answers
        ) VALUES (?, 0, 'livewest', 0, '2026-03-16', '2026-03-30', 'REQUESTED', 0)
        """, .text(undecided.description))
    } _: { place in
      let readings = try await place.readings(undecided)
      #expect(readings.map(\.stage) == ["acknowledge", "information", "decide"])
      #expect(readings.map(\.dueOn) == ["2026-03-19", Fixture.dueOn, Fixture.decideBy])
      #expect(readings.map(\.doneOn) == [Fixture.receivedOn, "", ""])
      #expect(try await place.readings(decided).isEmpty)
      try await place.go(to: "2026-04-09")
      #expect(try await place.owed().map(\.stage).sorted() == ["decide", "information"])
      await place.kill("threshold")
      try await place.start(ThresholdWorker.worker())
      #expect(try await place.readings(undecided).count == 3)
      #expect(try await place.audited("threshold.start-clocks") == ["threshold"])
    }
  }

  @Test func `clocks, who changed them and notices that are owed are kept as they were`()
    async throws
  {
    try await upgrade(from: "threshold-clocks-of-every-stage") { [running] tx in
      try Self.keep(running, in: tx)
      let value = SQLValue.text(running.description)
      try tx.execute("INSERT INTO officer VALUES ('Officer One', 'k1')")
      try tx.execute(
        """
        INSERT INTO stage_clock VALUES (?, 'decide', 1, 'recourse-default', 15, 'workingDays',
          'receipt', 1, 'escalate', '2026-03-17', NULL, '2026-03-15')
        """, value)
      for (number, change, officer) in [
        (1, "PAUSED", "Officer One"), (2, "RESUMED", "Officer Two"),
      ] {
        try tx.execute(
          "INSERT INTO stage_clock_change VALUES (?, 'decide', 1, ?, ?, '2026-03-18', 0, ?, 'Because')",
          value, .integer(number), .text(change), .text(officer))
      }
    } _: { place in
      let readings = try await place.readings(running)
      #expect(readings.map(\.stage) == ["acknowledge", "information", "decide"])
      #expect(readings.allSatisfy { $0.anchorOn == "2026-03-17" }, "it had come after hours")
      #expect(readings[2].dueOn == "2026-04-09" && !readings[2].paused)
      let delays = try await place.assessment(running).delays
      #expect(delays.map(\.dueOn) == ["2026-03-15"] && delays[0].onBreach == "escalate")
      #expect(delays[0].toldOn.isEmpty)
      let officers = try await place.context(of: "threshold")?.slice.read { slice in
        try slice.rows(
          """
          SELECT name FROM stage_clock_change AS change
          JOIN officer ON officer.officer_key = change.officer_key ORDER BY number
          """
        ).map { try $0.text("name") }
      }
      #expect(officers == ["Officer One", "Officer Two"])
      try await place.go(to: "2026-03-19")
      try await place.change(running, .extended, days: 1, by: "Officer Two")
      #expect(try await place.reading(running, "decide").dueOn == "2026-04-10")
    }
  }

  @Test
  func `what is undecided gets the clock for answers that it had only where somebody was asked`()
    async throws
  {
    try await upgrade(from: "threshold-clocks-acknowledgements") { [running, decided] tx in
      for reference in [running, decided] {
        try Self.keep(reference, in: tx)
        try tx.execute(
          "UPDATE application SET clock_receipt = '2026-03-16' WHERE case_reference = ?",
          .text(reference.description))
        for (stage, done) in [("acknowledge", "'2026-03-16'"), ("decide", "NULL")] {
          try tx.execute(
            """
            INSERT INTO stage_clock VALUES (?, ?, 1, 'recourse-default', 15, 'workingDays',
              'receipt', 0, 'delay-notice', '2026-03-16', \(done))
            """, .text(reference.description), .text(stage))
        }
      }
      try tx.execute("INSERT INTO officer VALUES ('Officer One', 'k1')")
      try tx.execute(
        """
        INSERT INTO decision (
          case_reference, number, recommended, met, route, clause, decided_on, officer_key, reason,
          body, capacity
        ) VALUES (?, 1, 'NOT_MET', 0, '', '', '2026-03-16', 'k1', 'Too few', '', '')
        """, .text(decided.description))
    } _: { place in
      let readings = try await place.readings(running)
      #expect(readings.map(\.stage) == ["acknowledge", "information", "decide"])
      #expect(readings[1].anchorOn == Fixture.receivedOn && readings[1].dueOn == Fixture.dueOn)
      #expect(readings[1].nobodyAsked && readings[0].doneOn == Fixture.receivedOn)
      #expect(try await place.readings(decided).map(\.stage) == ["acknowledge", "decide"])
      #expect(try await place.acknowledge(running).repeated, "it was taken to be")
      await place.kill("threshold")
      try await place.start(ThresholdWorker.worker())
      #expect(try await place.readings(running).count == 3)
      #expect(try await place.audited("threshold.start-clocks") == ["threshold"])
    }
  }
}
