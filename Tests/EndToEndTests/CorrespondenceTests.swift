import Foundation
import Testing

extension RunningSystems {
  /// What is written to people and bodies, where nothing takes notices out: shown, read, handed over and put on record.
  @Suite(.serialized, .timeLimit(.minutes(3)), .sharedSystem) struct CorrespondenceTests {
    var system: RunningSystem {
      get throws { try #require(RunningSystem.shared) }
    }

    /// The notices of a case when all of them are written.
    private func written(_ reference: String) async throws -> [JSONValue] {
      let system = try system
      try await system.json(["status", "--wait"])
      while true {
        let notices = try await system.json(["notice", "list", reference])["notices"].list
        let isWritten = notices.allSatisfy { $0["state"].text != "COMPOSING" }
        if !notices.isEmpty, isWritten { return notices }
      }
    }

    @Test func `a notice that somebody hands over is evidence, and stands in the case`()
      async throws
    {
      let system = try system
      let reference = try await system.apply("three-complaints.json")
      let notices = try await written(reference)
      let acknowledgement = try #require(notices.first { $0["kind"].text == "ACKNOWLEDGEMENT" })
      #expect(acknowledgement["state"].text == "WAITING")
      let told = notices.filter { $0["kind"].text == "BODY_NOTIFICATION" }
      #expect(!told.isEmpty && told.allSatisfy { $0["holdReason"].text == "NO_SAFE_WAY" })
      let first = try #require(told.first)
      let (id, body) = (try #require(first["id"].text), try #require(first["body"].text))
      let shown = try await system.run(["notice", "show", id])
      #expect(shown.status == 0 && shown.output.contains(reference))
      #expect(shown.output.contains("somebody hands it over"))
      let grounds = ["--officer", "A. Officer", "--reason", "Handed over at the meeting"]
      let settled = try await system.run(["notice", "settle", id, "--sent"] + grounds)
      #expect(settled.status == 0 && settled.output.contains("SENT"))
      var known: [String] = []
      while known.isEmpty {
        let timeline = try await system.json(["case", "timeline", reference])["events"].list
        known = timeline.filter { $0["type"].text == "BodyNotified" }.compactMap {
          $0["text"].text
        }
      }
      #expect(known.count == 1 && known[0].hasPrefix("\(body) was told"))
      let timeline = try await system.run(["case", "timeline", reference])
      #expect(timeline.output.contains("Notification of the application to \(body) left on"))
      #expect(!timeline.output.contains("A. Officer"))
    }

    @Test func `what makes no sense is refused by its place`() async throws {
      let system = try system
      let reference = try await system.apply("three-complaints.json")
      let notices = try await written(reference)
      let held = try #require(notices.first { $0["state"].text == "HELD" })
      let id = try #require(held["id"].text)
      let grounds = ["--officer", "A. Officer", "--reason", "A trial"]
      for (command, code) in [
        (["notice", "release", id, "--digest", "none"] + grounds, "digest-differs"),
        (["notice", "cancel", "none"] + grounds, "unknown-notice"),
        (["notice", "settle", id, "--again"] + grounds, "not-settleable"),
        (["notice", "list", "nobody"], "invalid-reference"),
        (
          [
            "notice", "write", reference, "--kind", "body-notification", "--about",
            held["body"].text ?? "", "--officer", "A. Officer",
          ], "already-written"
        ),
      ] {
        let outcome = try await system.run(command + ["--json"])
        #expect(outcome.status == 65, "\(command): \(outcome.errors)")
        #expect(try outcome.error["code"].text == code)
      }
      let silent = try await system.run([
        "notice", "write", reference, "--delay", "decide", "--officer", "A. Officer",
      ])
      #expect(silent.status == 64, "whoever waits is told why")
      let cancelled = try await system.json(["notice", "cancel", id] + grounds)
      #expect(cancelled["notices"].list.map { $0["state"].text } == ["CANCELLED"])
    }
  }
}
