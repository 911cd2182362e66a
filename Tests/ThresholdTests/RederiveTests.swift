import CaseModel
import Messages
import PolicyDocuments
import PolicyLibrary
import SwiftProtobuf
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Threshold

/// Every decision keeps what it was derived from: nothing comes out otherwise, unless under another pack.
@Suite(.timeLimit(.minutes(2))) struct RederiveTests {
  let pack = TestPack()

  /// Three decided cases: met by three complaints, not met by two, not met by three of which one was late.
  func decideThree(_ place: TestPlace) async throws {
    let late = complaint(2, behaviour: "2026-01-20", made: "2026-03-02")
    let cases = [
      [complaint(0), complaint(1), complaint(2)], [complaint(0), complaint(1)],
      [complaint(0), complaint(1), late],
    ]
    for (index, complaints) in cases.enumerated() {
      let reference = Fixture.reference(UInt64(index + 1))
      try await place.announce(reference, under: pack, complaints)
      try await place.decide(reference, met: index == 0, reason: "As counted")
    }
  }

  func write(_ place: TestPlace, _ sql: String) async throws {
    try await place.context(of: "threshold")?.slice.write { try $0.execute(sql) }
  }

  /// Lets a decision be "met" by s.104(5), as one of before could be without factors in the procedure.
  func findMet(_ place: TestPlace, _ reference: CaseReference, number: Int) async throws {
    try await write(
      place,
      """
      UPDATE decision SET met = 1, route = 'DISCRETIONARY', clause = 's.104(5)'
      WHERE case_reference = '\(reference)' AND number = \(number)
      """)
  }

  /// So many decisions like the first one.
  func multiply(_ place: TestPlace, to count: Int) async throws {
    try await write(
      place,
      """
      INSERT INTO decision_input
      WITH RECURSIVE place (n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM place WHERE n < \(count))
      SELECT n, case_reference, n, digest, received_on, engine, outcome, lines, input
      FROM decision_input, place WHERE sequence = 1
      """)
  }

  @Test func `all decisions derived anew come out as they did`() async throws {
    try await Fixture.place(of: [pack]) { place in
      try await decideThree(place)
      let response = try await place.rederive()
      #expect(response.lookedAt == 3 && response.total == 3 && response.next.isEmpty)
      #expect(response.differences.isEmpty)
      #expect(response.metBefore == 1 && response.metAfter == 1)
      #expect(response.personBefore == 0 && response.personAfter == 0)
    }
  }

  @Test func `another outcome or another line is found, and an older version is held to outcomes`()
    async throws
  {
    try await Fixture.place(of: [pack]) { place in
      try await decideThree(place)
      try await write(place, "UPDATE decision_input SET lines = lines + 1 WHERE sequence = 2")
      let line = try await place.rederive().differences
      #expect(line.map(\.caseReference) == [Fixture.reference(2).description])
      #expect(line[0].before == .notMet && line[0].after == .notMet)

      try await write(place, "UPDATE decision_input SET engine = 1")
      #expect(try await place.rederive().differences.isEmpty)
      try await write(place, "UPDATE decision_input SET outcome = 'NOT_MET' WHERE sequence = 1")
      let outcome = try await place.rederive()
      #expect(outcome.differences.map(\.caseReference) == [Fixture.reference(1).description])
      #expect(outcome.differences[0].before == .notMet && outcome.differences[0].after == .met)
      #expect(outcome.metBefore == 0 && outcome.metAfter == 1)
    }
  }

  @Test func `another number of complaints changes the cases that have it`() async throws {
    try await Fixture.place(of: [pack]) { place in
      try await decideThree(place)
      let response = try await place.rederive(under: TestPack(version: "100", required: 2))
      #expect(
        response.differences.map(\.caseReference)
          == [2, 3].map { Fixture.reference($0).description })
      #expect(response.differences.allSatisfy { $0.before == .notMet && $0.after == .met })
      #expect(response.differences.allSatisfy { $0.clauses == ["s.104(4)"] })
      #expect(response.metBefore == 1 && response.metAfter == 3)
    }
  }

  @Test func `reviews that are owed are counted as people decided, and as they would have been`()
    async throws
  {
    try await Fixture.place(of: [pack]) { place in
      try await decideThree(place)
      // Not met by the rules, and met by a person.
      let reference = Fixture.reference(4)
      try await place.announce(reference, under: pack, [complaint(0)])
      try await place.decide(reference, met: false, reason: "Harm")
      try await findMet(place, reference, number: 1)
      let same = try await place.rederive()
      #expect(same.reviewsBefore == 2 && same.reviewsAfter == 2)
      let fewer = try await place.rederive(under: TestPack(version: "100", required: 2))
      #expect(fewer.reviewsBefore == 2 && fewer.reviewsAfter == 4)
      #expect(fewer.differences.map(\.decidedMet) == [false, false])
      let one = try await place.rederive(under: TestPack(version: "100", required: 1))
      #expect(one.differences.map(\.decidedMet) == [false, false, true])
      // More than three is held to three.
      let more = try await place.rederive(under: TestPack(version: "100", required: 4))
      #expect(more.differences.isEmpty && more.reviewsBefore == 2 && more.reviewsAfter == 2)
    }
  }

  @Test func `they are counted by the month in which each case was decided`() async throws {
    try await Fixture.place(of: [pack]) { place in
      try await decideThree(place)
      for (number, day) in [(1, "2026-04-30"), (2, "2026-05-01"), (3, "2026-07-02")] {
        let reference = Fixture.reference(UInt64(number))
        try await write(
          place, "UPDATE decision SET decided_on = '\(day)' WHERE case_reference = '\(reference)'")
      }
      let same = try await place.rederive().reviewsByMonth
      #expect(same.map(\.month) == ["2026-04"])
      #expect(same.map(\.before) == [1] && same.map(\.after) == [1])
      let more = try await place.rederive(under: TestPack(version: "100", required: 2))
        .reviewsByMonth
      #expect(more.map(\.month) == ["2026-04", "2026-05", "2026-07"])
      #expect(more.map(\.before) == [1, 0, 0] && more.map(\.after) == [1, 1, 1])
    }
  }

  @Test func `only the newest decision of a case is what it has come to`() async throws {
    try await Fixture.place(of: [pack]) { place in
      try await decideThree(place)
      let again = Fixture.reference(2)
      try await place.appeal(again, on: "any")
      try await place.decideAppeal(again)
      try await place.decide(again, met: false, officer: "Officer Three", reason: "Harm")
      try await findMet(place, again, number: 2)
      let all = try await place.rederive()
      #expect(all.lookedAt == 4 && all.total == 4 && all.reviewsBefore == 2)
      let newest = try await place.rederive(newestOnly: true)
      #expect(newest.lookedAt == 3 && newest.total == 3 && newest.reviewsBefore == 2)
    }
  }

  @Test func `decisions of before inputs were kept are counted, in the area and the days`()
    async throws
  {
    try await Fixture.place(of: [pack]) { place in
      try await decideThree(place)
      try await write(place, "DELETE FROM decision_input WHERE sequence < 3")
      let first = try await place.rederive()
      #expect(first.lookedAt == 1 && first.withoutInputs == 2)
      #expect(try await place.rederive(newestOnly: true).withoutInputs == 2)
      #expect(try await place.rederive(after: "3").withoutInputs == 0)
      #expect(try await place.rederive(from: "2026-03-17").withoutInputs == 0)
      #expect(try await place.rederive(under: TestPack(area: "elsewhere")).withoutInputs == 0)
    }
  }

  @Test func `a longer window changes the case with the late complaint, and says which`()
    async throws
  {
    try await Fixture.place(of: [pack]) { place in
      try await decideThree(place)
      let longer = TestPack(version: "100", complaintWindow: "2 months")
      let differences = try await place.rederive(under: longer).differences
      try #require(differences.map(\.caseReference) == [Fixture.reference(3).description])
      #expect(differences[0].receivedOn == Fixture.receivedOn)
      let changed = try #require(differences[0].complaints.first { $0.index == 2 })
      #expect(!changed.countedBefore && changed.countedAfter)
      #expect(changed.reasonBefore.code == "complaint-too-late")
      #expect(changed.reasonAfter.code == "complaint-counts")
    }
  }

  @Test func `a pack is applied to its own area, and to those that it succeeds`() async throws {
    try await Fixture.place(of: [pack]) { place in
      try await decideThree(place)
      let elsewhere = try await place.rederive(under: TestPack(area: "elsewhere", required: 1))
      #expect(elsewhere.lookedAt == 0 && elsewhere.total == 0 && elsewhere.differences.isEmpty)
      let successor = TestPack(area: "new-area", required: 2, succeeds: ["plymouth"])
      let merged = try await place.rederive(under: successor)
      #expect(merged.lookedAt == 3 && merged.differences.count == 2)
    }
  }

  @Test func `days of receipt narrow it`() async throws {
    try await Fixture.place(of: [pack]) { place in
      try await decideThree(place)
      let day = Fixture.receivedOn
      let within = try await place.rederive(from: day, to: day)
      #expect(within.lookedAt == 3 && within.total == 3)
      let after = try await place.rederive(from: "2026-03-17")
      #expect(after.lookedAt == 0 && after.total == 0 && after.next.isEmpty)
      #expect(try await place.rederive(to: "2026-03-15").lookedAt == 0)
    }
  }

  @Test func `pages follow one another to the end`() async throws {
    try await Fixture.place(of: [pack]) { place in
      try await decideThree(place)
      var (after, looked, totals) = ("", [UInt64](), [UInt64]())
      repeat {
        let page = try await place.rederive(after: after, limit: 1)
        looked.append(page.lookedAt)
        totals.append(page.total)
        after = page.next
      } while !after.isEmpty
      #expect(looked == [1, 1, 1, 0] && totals == [3, 0, 0, 0])
    }
  }

  @Test func `a page ends at its number of decisions, and at its number of lines`() async throws {
    try await Fixture.place(of: [pack]) { place in
      try await decideThree(place)
      try await write(place, "DELETE FROM decision_input WHERE sequence <> 2")
      try await write(place, "UPDATE decision_input SET sequence = 1")
      try await multiply(place, to: Rederive.pageLimit + 1)
      let empty = try await place.rederive(limit: .max, from: "2030-01-01")
      #expect(empty.next == String(Rederive.pageLimit) && empty.lookedAt == 0)

      let full = try await place.rederive(under: TestPack(required: 2))
      #expect(full.differences.count <= Rederive.linesLimit)
      #expect(full.differences.count == Int(full.lookedAt) && full.next == String(full.lookedAt))
      #expect(full.total == UInt64(Rederive.pageLimit + 1))
    }
  }

  @Test func `whoever does not wait any more ends it`() async throws {
    try await Fixture.place(of: [pack]) { place in
      try await decideThree(place)
      let slice = try #require(place.context(of: "threshold")?.slice)
      let handler = Rederive(
        after: 0, limit: 10, given: nil, scope: .all, library: PolicyLibrary())
      let task = Task {
        withUnsafeCurrentTask { $0?.cancel() }
        return try await handler.page(of: slice).lookedAt
      }
      await #expect(throws: CancellationError.self) { try await task.value }
    }
  }

  @Test func `what cannot be read is refused where it is wrong`() async throws {
    try await Fixture.place(of: [pack]) { place in
      let page = try await refusal { try await place.rederive(after: "-1") }
      #expect(page.code == "invalid-page" && page.path == "after")
      let day = try await refusal { try await place.rederive(from: "May") }
      #expect(day.code == "not-a-date" && day.path == "from")
      let days = try await refusal {
        try await place.rederive(from: "2026-03-02", to: "2026-03-01")
      }
      #expect(days.code == "dates-reversed" && days.path == "to")
      for (document, code) in [
        ("name: [", "invalid-policy"), (BuiltInPolicyDocuments.recourseDefault, "no-area"),
      ] {
        let refused = try await refusal {
          try await place.threshold.rederive(.with { $0.document = document })
        }
        #expect(refused.kind == .input && refused.code == code && refused.path == "document")
      }
    }
  }
}
