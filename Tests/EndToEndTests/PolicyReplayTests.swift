import Foundation
import Testing

extension RunningSystems.Desk {
  /// Stored decisions, derived anew under their own packs and under drafts.
  @Suite(.serialized, .timeLimit(.minutes(3))) struct PolicyReplayTests {
    var system: RunningSystem {
      get throws { try #require(RunningSystem.shared) }
    }

    /// Takes an example in and decides it.
    private func decided(_ example: String, _ decision: String) async throws -> String {
      let reference = try await system.apply(example)
      try await system.json(Journey.decide(reference, decision))
      return reference
    }

    @Test func `none of the decisions comes out otherwise under its own pack`() async throws {
      let system = try system
      _ = try await decided("three-complaints.json", "--met")
      _ = try await decided("not-met.json", "--not-met")
      let replayed = try await system.json(["policy", "replay"])
      #expect(try #require(replayed["lookedAt"].number) >= 2)
      #expect(replayed["lookedAt"] == replayed["total"])
      #expect(replayed["different"].number == 0)
      #expect(replayed["before"] == replayed["after"])
      #expect(replayed["withoutInputs"].number == 0)
      let told = try await system.run(["policy", "replay", "--progress"])
      #expect(told.status == 0)
      #expect(told.output.contains("none comes out otherwise"))
      #expect(told.errors.contains(" decisions"))
    }

    @Test func `a draft shows whose outcome changes, by which complaint, and the panel's load`()
      async throws
    {
      let system = try system
      let hate = try await decided("two-with-hate.json", "--met")
      let few = try await decided("not-met.json", "--not-met")
      try await withFolder { folder in
        let draft = Packs.plymouth("required: 3,", is: "required: 2,")
        try draft.write(toFile: "\(folder)/draft.yaml", atomically: true, encoding: .utf8)
        let command = ["policy", "simulate", "--pack", "\(folder)/draft.yaml"]
        let result = try await system.json(command + ["--chart", "\(folder)/chart.svg"])
        let changed = result["differences"].list
        let one = try #require(changed.first { $0["reference"].text == hate })
        #expect(one["before"].text == "PERSON_DECIDES")
        #expect(one["after"].text == "MET")
        #expect(one["clauses"].list.contains(.text("s.104(4)")))
        #expect(one["complaints"].list.isEmpty)
        let number: [String: JSONValue] = [
          "clause": .text("s.104(4)"), "before": .number(3), "after": .number(2),
        ]
        #expect(one["required"].list == [.object(number)])
        #expect(!changed.contains { $0["reference"].text == few })
        #expect(result["different"].number == changed.count)
        // Somebody had decided it met already, so that the panel has no more to do.
        #expect(one["decidedMet"].bool == true)
        let load = result["panelLoad"]
        #expect(load["change"].number == 0)
        let months = load["byMonth"].list
        #expect(months.map { $0["month"].text } == ["2026-06"], "all were decided on one day")
        #expect(months.map { $0["before"] } == [load["before"]])
        #expect(months.map { $0["after"] } == [load["after"]])
        #expect(months.map { $0["change"].number } == [0])
        let change = try #require(result["changes"].list.first)
        #expect(change["decidedMet"].number == changed.count)
        #expect(change["decidedNotMet"].number == 0)
        let chart = try #require(
          Page(try String(contentsOfFile: "\(folder)/chart.svg", encoding: .utf8)))
        #expect(chart.first("svg")?.attributes["role"] == "img")
        #expect(chart.first("title")?.text == "Outcomes under plymouth 2")
        #expect(chart.first("desc")?.text.contains("before") == true)
        #expect(chart.first("desc")?.text.contains("reviews owed") == true)
        #expect(chart.first("desc")?.text.contains("Reviews owed, by month: 2026-06: ") == true)
        let later = try await system.json(command + ["--from", "2026-05-01"])
        #expect(!later["differences"].list.contains { $0["reference"].text == hate })
        let table = try await system.run(command)
        #expect(table.output.contains("\(hate)  received 2026-04-02  a person decides → met"))
        #expect(table.output.contains("\n  s.104(4), the number required: 3 → 2\n"))
        #expect(table.output.contains("DECIDED NOT MET"))
        #expect(table.output.contains("as people decided"))
        #expect(table.output.contains("\nREVIEWS OWED  BEFORE"))
        #expect(table.output.contains("\n2026-06 "))
      }
      let shown = try await system.json(["case", "show", hate])
      #expect(shown["threshold"]["assessment"]["outcome"].text == "PERSON_DECIDES")
    }

    @Test func `a draft that cannot be understood, and one of no area, are refused`() async throws {
      let system = try system
      for (text, code) in [
        ("name: x", "invalid-policy"), (try lender(), "no-area"),
      ] {
        let outcome = try await system.run(
          ["policy", "simulate", "--pack", "-", "--json"], input: text)
        #expect(outcome.status == 65)
        #expect(try outcome.error["code"].text == code)
      }
    }

    private func lender() throws -> String {
      try String(contentsOfFile: Packs.path("recourse-default"), encoding: .utf8)
    }
  }
}
