import Testing

extension RunningSystems.Desk {
  /// What becomes of a figure when an appeal reverses what was counted.
  @Suite(.serialized, .timeLimit(.minutes(3)))
  struct ReversedOnAppealTests {
    var system: RunningSystem {
      get throws { try #require(RunningSystem.shared) }
    }

    @Test func `a case that an appeal reversed is named beside the figures`() async throws {
      let system = try system
      let reference = try await system.apply("not-met.json")
      try await system.json(Journey.decide(reference, "--not-met"))
      try await system.json([
        "threshold", "appeal", "make", reference, "--about", "handling", "--ground",
        "threshold-was-met", "--reason", "I reported more often", "--officer", "C. Officer",
      ])
      try await system.json([
        "threshold", "appeal", "decide", reference, "--number", "1", "--uphold", "--officer",
        "D. Officer", "--reason", "A report was overlooked",
      ])
      try await system.json([
        "threshold", "decide", reference, "--met", "--officer", "E. Officer", "--capacity",
        "Lead authority", "--reason", "Looked at again",
      ])
      let period = "2026-06-30/2026-06-30"
      let figures = try await Journey.figures(for: period, on: system)
      #expect(figures["reversedOnAppeal"].list.contains(.text(reference)))
      let table = try await system.run(["report", "statutory", "--period", period])
      let line = table.output.split(separator: "\n").first {
        $0.hasPrefix("Counted as not met, and decided met after an appeal: ")
      }
      #expect(line?.contains(reference) == true, "\(table.output)")
    }
  }
}
