import Foundation
import Testing

extension RunningSystems {
  /// What an operator can do with a running installation in which all is well.
  @Suite(.serialized, .timeLimit(.minutes(3)), .sharedSystem) struct OperatingTests {
    var system: RunningSystem {
      get throws { try #require(RunningSystem.shared) }
    }

    static let grounds = ["--by", "A. Operator", "--reason", "Tried"]

    @Test(arguments: [
      ["events", "parked"], ["events", "retry", "--key", "case/A"] + grounds,
      ["events", "skip", "--position", "1"] + grounds,
      ["events", "replay", "--key", "case/A"] + grounds, ["effects", "list"],
      ["effects", "settle", "--kind", "referral", "--key", "A", "--abandon"] + grounds,
    ])
    func `a worker that there is not is refused`(command: [String]) async throws {
      let outcome = try await system.run(command + ["--worker", "nobody", "--json"])
      #expect(outcome.status == 65)
      #expect(outcome.output.isEmpty)
      #expect(try outcome.error["code"].text == "unknown-worker")
      #expect(try outcome.error["path"].text == "--worker")
    }

    @Test(arguments: [
      (
        ["events", "retry", "--worker", "panel", "--key", "case/A"] + grounds, "nothing-parked",
        "key"
      ),
      (
        ["events", "skip", "--worker", "panel", "--position", "1"] + grounds, "not-parked",
        "position"
      ),
      (
        [
          "events", "retry", "--worker", "panel", "--key", "case/A", "--by", "A. Operator",
          "--reason", " ",
        ], "missing", "grounds.reason"
      ),
      (
        ["events", "replay", "--worker", "threshold", "--key", "case/A"] + grounds, "no-replay", ""
      ),
      (
        ["events", "replay", "--worker", "reporting", "--from-time", "noon"] + grounds,
        "not-a-moment", "--from-time"
      ),
      (
        [
          "effects", "settle", "--worker", "support", "--kind", "referral", "--key", "A",
          "--happened",
        ] + grounds, "unknown-effect", "key"
      ),
      (["effects", "list", "--worker", "support", "--state", "lost"], "unknown-state", "state"),
    ])
    func `what cannot be done is refused with its place`(
      command: [String], code: String, path: String
    ) async throws {
      let outcome = try await system.run(command + ["--json"])
      #expect(outcome.status == 65)
      #expect(outcome.output.isEmpty)
      #expect(try outcome.error["code"].text == code)
      #expect(try outcome.error["path"].text == path)
    }

    @Test(arguments: [
      (["events", "retry", "--worker", "panel", "--key", "case/A", "--by", "A"], "--reason"),
      (["events", "replay", "--worker", "reporting"] + grounds, "--from-position"),
    ])
    func `what is missing on the command line is wrong usage`(
      command: [String], path: String
    ) async throws {
      let outcome = try await system.run(command + ["--json"])
      #expect(outcome.status == 64)
      #expect(try outcome.error["path"].text == path)
    }

    @Test func `where all is well nothing is parked, effects are confirmed, and figures stay`()
      async throws
    {
      let system = try system
      let reference = try await system.apply("three-complaints.json")
      try await system.json(["status", "--wait"])
      let parked = try await system.json(["events", "parked"])["workers"].list
      #expect(
        parked.map { $0["name"].text } == [
          "intake", "threshold", "panel", "support", "correspondence", "reporting", "portal",
        ])
      #expect(parked.allSatisfy { $0["parked"].list.isEmpty })
      #expect(try await system.run(["events", "parked"]).output == "No event is set aside.\n")
      let effects = try await system.json([
        "effects", "list", "--worker", "support", "--state", "confirmed",
      ])["workers"].list.first
      let keys = effects?["effects"].list.compactMap { $0["key"].text } ?? []
      #expect(keys.contains { $0.hasPrefix("\(reference)/") })

      let figures = try await Journey.figures(for: "2026-03-16/2026-06-30", on: system)
      let replayed = try await system.json(
        ["events", "replay", "--worker", "reporting", "--from-position", "1"] + Self.grounds)
      #expect(try #require(replayed["handled"].number) > 0)
      #expect(replayed["refused"].number == 0)
      let again = try await Journey.figures(for: "2026-03-16/2026-06-30", on: system)
      #expect(again["applications"] == figures["applications"])
      #expect(again["cases"] == figures["cases"])
    }
  }
}
