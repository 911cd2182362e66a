import Foundation
import Testing

extension RunningSystems {
  /// One application after the other, through one running installation.
  @Suite(.serialized, .timeLimit(.minutes(3)), .sharedSystem) struct JourneyTests {
    var system: RunningSystem {
      get throws { try #require(RunningSystem.shared) }
    }

    @Test func `an application goes from the form to the figures`() async throws {
      let system = try system
      let reference = try await system.apply("three-complaints.json")
      let decision = try await system.json(Journey.decide(reference))
      #expect(decision["met"].bool == true)
      #expect(decision["clause"].text == "s.104(4)")
      let panel = try await Journey.findDay(for: reference, on: system)
      let day = try #require(panel["panelOn"].text)
      #expect(panel["state"].text == "SCHEDULED")
      #expect(day <= (try #require(panel["dueOn"].text)))
      let shown = try await system.json(["case", "show", reference])
      #expect(shown["settled"].bool == true)
      #expect(shown["support"]["referrals"].list.map { $0["state"].text } == ["SENT"])
      let figures = try await Journey.figures(for: "2026-03-16/2026-06-30", on: system)
      #expect(figures["cases"]["applications"].list.contains(.text(reference)))
      #expect(!figures["cases"]["thresholdNotMet"].list.contains(.text(reference)))
      try await Journey.expectEachFactOnce(of: reference, on: system)
    }

    @Test func `an application that is not met is decided so, counted and offered support`()
      async throws
    {
      let system = try system
      let reference = try await system.apply("not-met.json")
      for decision in ["--met", "--not-met"] {
        let refused = try await system.run([
          "threshold", "decide", reference, decision, "--officer", "A. Officer", "--capacity",
          "Lead authority", "--reason", "", "--json",
        ])
        #expect(refused.status == 65, "without s.104(4) it needs a reason")
        #expect(try refused.error["code"].text == "reason-needed")
      }
      let decision = try await system.json(Journey.decide(reference, "--not-met"))
      #expect(decision["met"].bool == false)
      let shown = try await system.json(["case", "show", reference])
      #expect(shown["panel"] == .null)
      #expect(shown["support"]["offered"].bool == true)
      #expect(shown["support"]["referrals"].list.isEmpty)
      let figures = try await Journey.figures(for: "2026-05-01/2026-06-30", on: system)
      #expect(figures["cases"]["thresholdNotMet"].list.contains(.text(reference)))
      #expect(!figures["cases"]["reviews"].list.contains(.text(reference)))
    }

    @Test func `what must be met cannot be signed as not met`() async throws {
      let system = try system
      let reference = try await system.apply("three-neighbours.json")
      let outcome = try await system.run(Journey.decide(reference, "--not-met") + ["--json"])
      #expect(outcome.status == 65)
      #expect(try outcome.error["code"].text?.isEmpty == false)
    }

    @Test func `an application that is sent again has the same reference and is taken in once`()
      async throws
    {
      let system = try system
      let arguments = ["apply", Examples.path("two-with-hate.json"), "--idempotency-key", "twice"]
      let first = try await system.json(arguments)
      let again = try await system.json(arguments)
      #expect(first["reference"] == again["reference"])
      #expect(first["repeated"].bool == false)
      #expect(again["repeated"].bool == true)
      try await Journey.expectEachFactOnce(
        of: try #require(first["reference"].text), on: system)
      let other = try await system.run([
        "apply", Examples.path("not-met.json"), "--idempotency-key", "twice", "--json",
      ])
      #expect(other.status == 65)
      #expect(try other.error["code"].text == "idempotency-key-reused")
    }

    @Test func `the plain answer of apply is the reference alone`() async throws {
      let system = try system
      let outcome = try await system.run(
        ["apply", "-"], input: Examples.text("three-complaints.json"))
      let reference = outcome.output.trimmingCharacters(in: .newlines)
      #expect(outcome.status == 0)
      let listed = try await system.json(["case", "list"])
      #expect(listed["cases"].list.contains { $0["reference"].text == reference })
      // As somebody may write down what was read out over the phone.
      let heard = reference.lowercased().replacing("-", with: "")
      #expect(try await system.json(["case", "show", heard])["reference"].text == reference)
    }

    @Test func `a body is notified on evidence only`() async throws {
      let system = try system
      let reference = try await system.apply("three-complaints.json")
      let before = try await system.json(["case", "show", reference])
      let owed = before["threshold"]["notifications"].list
      #expect(!owed.isEmpty)
      #expect(owed.allSatisfy { $0["notifiedOn"] == .null })
      let body = try #require(owed.first?["body"].text)
      try await system.json([
        "threshold", "notified", reference, "--body", body, "--officer", "A. Officer",
      ])
      let after = try await system.json(["case", "show", reference])
      let notified = after["threshold"]["notifications"].list.filter { $0["notifiedOn"] != .null }
      #expect(notified.map { $0["body"].text } == [body])
    }

    @Test func `availability answers each line in its place`() async throws {
      let lines = """
        {"body":"plymouth-city-council","from":"2026-07-06","to":"2026-07-10"}
        {"body":"plymouth-city-council","from":"2026-07-10","to":"2026-07-06"}
        {"body":"plymouth-city-council","from":"2026-07-06"}
        {"body":"livewest","from":"2026-07-06","to":"2026-07-10"}

        """
      let outcome = try await system.run(["panel", "availability", "-"], input: lines)
      #expect(outcome.status == 65)
      let answers = try outcome.lines
      #expect(answers.map { $0["accepted"].bool } == [true, nil, nil, true])
      #expect(answers.map { $0["error"]["line"].number } == [nil, 2, 3, nil])
      #expect(answers[2]["error"]["path"].text == "to")
    }

    @Test func `a reference that nobody can have, and one that nobody has`() async throws {
      let system = try system
      let misheard = try await system.run(["case", "show", "???", "--json"])
      #expect(misheard.status == 65)
      let reference = try await system.apply("not-met.json")
      for command in ["show", "timeline"] {
        #expect(try await system.run(["case", command, reference]).status == 0)
      }
      // The check character catches one that was misheard.
      let first = try #require(reference.first)
      let changed = (first == "7" ? "8" : "7") + reference.dropFirst()
      let outcome = try await system.run(["case", "show", changed, "--json"])
      #expect(outcome.status == 65)
    }
  }
}

/// Steps that several journeys have in common.
enum Journey {
  static func decide(_ reference: String, _ decision: String = "--met") -> [String] {
    [
      "threshold", "decide", reference, decision, "--officer", "A. Officer", "--capacity",
      "Lead authority", "--reason", "Weighed with care",
    ]
  }

  /// Says when the required bodies can sit, and gives what came of it.
  static func findDay(for reference: String, on system: RunningSystem) async throws -> JSONValue {
    let review = try await system.json(["case", "show", reference])["panel"]
    let due = try #require(review["dueOn"].text)
    let opened = try #require(review["openedOn"].text)
    let lines = try review["requiredBodies"].list.map { body in
      let body = try #require(body.text)
      return #"{"body":"\#(body)","from":"\#(opened)","to":"\#(due)"}"# + "\n"
    }
    #expect(!lines.isEmpty, "a review names the bodies that it needs")
    let outcome = try await system.run(
      ["panel", "availability", "-"], input: lines.joined())
    #expect(outcome.status == 0, "\(outcome.output)")
    return try await system.json(["case", "show", reference])["panel"]
  }

  static func figures(for period: String, on system: RunningSystem) async throws -> JSONValue {
    try await system.json(["report", "statutory", "--period", period])
  }

  /// No fact of the case is in the log twice, and none of those that must be there is missing.
  static func expectEachFactOnce(
    of reference: String, on system: RunningSystem,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let timeline = try await system.json(["case", "timeline", reference])
    let facts = timeline["events"].list.map { "\($0["type"].text ?? "") \($0["text"].text ?? "")" }
    // Of delays, each of which waits for somebody to say why, the line does not say which.
    let delays = facts.filter { $0.hasPrefix("NoticeHeld Letter about a delay") }
    let others = facts.filter { !delays.contains($0) }
    #expect(Set(others).count == others.count, "\(facts)", sourceLocation: sourceLocation)
    let late = facts.count { $0.hasPrefix("DelayNoticeOwed") }
    #expect(delays.count <= late, "\(facts)", sourceLocation: sourceLocation)
    let types = timeline["events"].list.compactMap { $0["type"].text }
    for type in ["ApplicationReceived", "ThresholdAssessed"] {
      #expect(types.filter { $0 == type }.count == 1, "\(types)", sourceLocation: sourceLocation)
    }
  }
}
