import Foundation
import Testing

extension RunningSystems.Desk {
  /// What is done only on evidence, and what is signed only as something.
  @Suite(.serialized, .timeLimit(.minutes(3)))
  struct CapacityDeskTests {
    var system: RunningSystem {
      get throws { try #require(RunningSystem.shared) }
    }

    @Test func `what was put in later is acknowledged on evidence, and is shown as late`()
      async throws
    {
      let system = try system
      let reference = try await system.apply("three-complaints.json")
      func reading() async throws -> JSONValue {
        let listed = try await system.json(["threshold", "clock", "list", reference])["clocks"].list
        return try #require(listed.first { $0["stage"].text == "acknowledge" })
      }
      #expect(try await reading()["doneOn"] == .null, "received in March, put in in June")
      let told = try await system.json([
        "threshold", "acknowledged", reference, "--on", "2026-06-30", "--officer", "A. Officer",
      ])
      #expect(told["acknowledgedOn"].text == "2026-06-30")
      let done = try await reading()
      #expect(done["doneOn"].text == "2026-06-30" && done["late"].bool == true)
      let other = try await system.run([
        "threshold", "acknowledged", reference, "--on", "2026-06-29", "--officer", "A. Officer",
        "--json",
      ])
      #expect(other.status == 65)
      #expect(try other.error["code"].text == "already-acknowledged")
    }

    @Test func `nobody signs without saying in what capacity, where the procedure does not`()
      async throws
    {
      let system = try system
      let reference = try await system.apply("three-complaints.json")
      let silent = try await system.run([
        "threshold", "decide", reference, "--met", "--officer", "A. Officer", "--reason", "Three",
        "--json",
      ])
      #expect(silent.status == 65)
      #expect(try silent.error["code"].text == "capacity-needed")
      #expect(try silent.error["path"].text == "capacity")
      try await system.json(Journey.decide(reference))
      let shown = try await system.json(["case", "show", reference])["threshold"]["decision"]
      #expect(shown["capacity"].text == "Lead authority")
      for command in [["case", "show"], ["threshold", "screen"]] {
        let text = try await system.run(command + [reference])
        #expect(text.output.contains("by A. Officer (Lead authority): met."), "\(text.output)")
      }
    }
  }
}
