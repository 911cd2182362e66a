import Foundation
import Testing

extension RunningSystems {
  /// Any process may be killed at any moment: nothing is lost, nothing is done twice.
  @Suite(.serialized, .timeLimit(.minutes(5))) struct KillTests {
    static let everybody = [
      "threshold", "broker", "intake", "panel", "support", "correspondence", "reporting", "portal",
    ]

    /// Where time is short, the two whose death touches most.
    static let victims = Budget.isSample ? Array(everybody.prefix(2)) : everybody

    @Test(arguments: victims)
    func `a process is killed between application and decision, and the journey goes on`(
      name: String
    ) async throws {
      try await RunningSystem.with { system in
        let pid = try await system.settledPid(of: name)
        let key = "before-the-end"
        let apply = ["apply", Examples.path("three-complaints.json"), "--idempotency-key", key]
        let reference = try #require(try await system.json(apply)["reference"].text)
        #expect(kill(pid, SIGKILL) == 0)
        try await system.waitUntilReplaced(pid, of: name)

        let again = try await system.json(apply)
        #expect(again["reference"].text == reference, "the key is remembered")
        let decide = Journey.decide(reference) + ["--idempotency-key", "decision"]
        try await system.json(decide)
        #expect(try await system.json(decide)["repeated"].bool == true)
        let panel = try await Journey.findDay(for: reference, on: system)
        #expect(panel["state"].text == "SCHEDULED")

        let shown = try await system.json(["case", "show", reference])
        #expect(shown["support"]["referrals"].list.count == 1)
        let figures = try await Journey.figures(for: "2026-01-01/2026-12-31", on: system)
        #expect(figures["applications"].number == 1)
        #expect(figures["thresholdNotMet"].number == 0)
        #expect(figures["complete"].bool == true)
        try await Journey.expectEachFactOnce(of: reference, on: system)
        try await expectCounts(of: reference, on: system)
      }
    }

    /// How often each kind of fact must be there.
    private func expectCounts(of reference: String, on system: RunningSystem) async throws {
      let timeline = try await system.json(["case", "timeline", reference])
      let types = timeline["events"].list.compactMap { $0["type"].text }
      for (type, count) in [
        ("ApplicationReceived", 1), ("ComplaintRecorded", 3), ("ConsentGiven", 2),
        ("ThresholdAssessed", 1), ("ThresholdDecided", 1), ("ReviewOpened", 1),
      ] {
        #expect(types.filter { $0 == type }.count == count, "\(type) in \(types)")
      }
      #expect(types.contains("PanelScheduled"))
    }
  }
}
