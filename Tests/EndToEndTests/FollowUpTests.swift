import Foundation
import Testing

extension RunningSystems {
  /// What became of a recommendation, from the meeting to what shows that it was done, through all processes.
  @Suite(.serialized, .timeLimit(.minutes(3))) struct FollowUpTests {
    @Test func `a recommendation is answered, overdue, done, and read by whom it is for`()
      async throws
    {
      try await withFolder { folder in
        let clock = "\(folder)/clock"
        func move(to moment: String) throws {
          // A new file in its place: nobody reads half a moment.
          try Data("\(moment)\n".utf8).write(to: URL(filePath: clock), options: .atomic)
        }
        try move(to: "2026-03-16T09:12:00Z")
        try await RunningSystem.with(clock: "file:\(clock)", data: "\(folder)/data") { system in
          let reference = try await system.apply("three-complaints.json")
          try await system.json(Journey.decide(reference))
          try await system.json([
            "panel", "hold", reference, "--on", "2026-03-16", "--reason", "Agreed by all",
            "--recommend", "plymouth-city-council@2026-05-29:Mend the light in the yard",
            "--recommend", "plymouth-community-homes:Visit every week",
          ])
          try await answer(reference, on: system)

          try move(to: "2026-06-01T09:00:00Z")
          let overdue = try await waitForOverdue(2, on: system)
          #expect(overdue.map { $0["awaited"].text } == ["ANSWER", "ACTION"])
          #expect(overdue.map { $0["dueOn"].text } == ["2026-04-29", "2026-05-29"])
          let shown = try await system.run(["case", "show", reference]).output
          #expect(shown.contains("1. Recommended to plymouth-city-council: Mend the light"))
          #expect(shown.contains("OVERDUE: that it is done was due by 29 May 2026."))
          #expect(shown.contains("OVERDUE: its answer was due by 29 April 2026."))
          let timeline = try await system.run(["case", "timeline", reference]).output
          #expect(timeline.contains("is overdue: it must be reminded"))
          #expect(!timeline.contains("One lamp of the two"), "words stay where they were written")

          try await system.json([
            "panel", "action", reference, "--number", "1", "--done", "--on", "2026-05-30",
            "--evidence", "Invoice of the electrician",
          ])
          #expect(try await waitForOverdue(1, on: system).count == 1)
          try await read(reference, on: system)
        }
      }
    }

    private func answer(_ reference: String, on system: RunningSystem) async throws {
      let bare = try await system.run([
        "panel", "answer", reference, "--number", "1", "--accepted-in-part", "--json",
      ])
      #expect(bare.status == 65)
      #expect(try bare.error["code"].text == "missing" && bare.error["path"].text == "reason")
      let answered = try await system.json([
        "panel", "answer", reference, "--number", "1", "--accepted-in-part", "--reason",
        "One lamp of the two",
      ])["recommendation"]
      #expect(answered["answer"].text == "ACCEPTED_IN_PART")
      #expect(answered["awaited"].text == "ACTION" && answered["dueOn"].text == "2026-05-29")
      let none = try await system.run([
        "panel", "answer", reference, "--number", "3", "--accepted", "--json",
      ])
      #expect(none.status == 65)
      #expect(try none.error["code"].text == "unknown-recommendation")
    }

    /// Timers fire once the clock was moved.
    private func waitForOverdue(
      _ count: Int, on system: RunningSystem
    ) async throws -> [JSONValue] {
      for _ in 0..<100 {
        let overdue = try await system.json(["panel", "follow-ups", "--overdue"])["followUps"].list
        let isReminded = overdue.allSatisfy { $0["reminders"].number ?? 0 > 0 }
        if overdue.count == count, isReminded { return overdue }
      }
      return try await system.json(["panel", "follow-ups", "--overdue"])["followUps"].list
    }

    /// The person opens the case with a code of their own.
    private func read(_ reference: String, on system: RunningSystem) async throws {
      let code = try await system.json([
        "case", "code", reference, "--officer", "A. Officer", "--reason", "It was lost",
      ])["code"].text
      var visitor = try Visitor(of: system)
      let own = try visitor.fill(
        try visitor.get("/follow"), [("reference", reference), ("code", try #require(code))])
      #expect(try own.page().main.contains("Bodies answer what was recommended (Late)"))
      let review = try visitor.follow("The review, and what was recommended", on: own).page().main
      for words in [
        "Mend the light in the yard", "it said yes to a part of this", "One lamp of the two",
        "Done on 30 May 2026.", "Invoice of the electrician", "Visit every week",
        "It should have answered by 29 April 2026. We have no answer, and we remind it.",
      ] { #expect(review.contains(words), "\(words)") }
      let welsh = try visitor.get("/cy/case/review").page().main
      #expect(welsh.contains("Gwnaed ar 30 Mai 2026."))
    }
  }
}
