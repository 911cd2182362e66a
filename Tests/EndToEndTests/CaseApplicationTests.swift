import Foundation
import Testing

extension RunningSystems {
  /// What an officer reads of an application, and who sees that they did.
  @Suite(.serialized, .timeLimit(.minutes(3)), .sharedSystem) struct CaseApplicationTests {
    var system: RunningSystem {
      get throws { try #require(RunningSystem.shared) }
    }

    private func apply(isInDanger: Bool = false) async throws -> String {
      let text = try String(contentsOfFile: Examples.path("three-complaints.json"), encoding: .utf8)
      let applied = try await system.json(
        ["apply", "-"],
        input: text.replacing(
          #""immediateDanger": false"#, with: #""immediateDanger": \#(isInDanger)"#))
      return try #require(applied["reference"].text)
    }

    @Test
    func `an officer reads what happened and what it does, and the person sees that they did`()
      async throws
    {
      let system = try system
      let reference = try await apply()
      let command = [
        "case", "application", reference, "--officer", "A. Officer", "--reason",
        "To weigh the harm",
      ]
      let read = try await system.run(command)
      #expect(read.status == 0, "\(read.errors)")
      for words in [
        "No sleep, afraid to use the stairs", "Music and shouting until 4 am",
        "Somebody to take charge of the whole picture", "Call logged, no visit",
        "Shared letterbox: no post", "At the panel's meeting: by telephone or video.",
        "frequency: weekly",
      ] {
        #expect(read.output.contains(words), "\(words)")
      }
      #expect(!read.output.contains("Neighbour A") && !read.output.contains("poster-stairwell"))
      let json = try await system.run(command + ["--json"]).json
      #expect(json["application"]["impact"].text == "No sleep, afraid to use the stairs")

      let reads = try await system.json(["case", "reads", reference])["reads"].list
      let own = try #require(
        reads.first { $0["fields"].list.contains(.text("application.impact")) })
      #expect(own["purpose"].text == "case-work" && own["who"].text == "operator")
      let listed = try await system.json([
        "audit", "list", "--worker", "intake", "--case", reference, "--words",
      ])["rows"].list
      let opened = listed.filter { $0["action"].text == "intake.open-application" }
      #expect(opened.count == 2 && opened[0]["actor"].text == "A. Officer")
      #expect(opened[0]["words"].text == "To weigh the harm")
    }

    @Test func `danger, attendance and what people need stand where a case is looked at`()
      async throws
    {
      let system = try system
      let reference = try await apply(isInDanger: true)
      let needs = try await system.json(["case", "show", reference])["needs"]
      #expect(needs["immediateDanger"].bool == true)
      #expect(needs["attendance"].text == "ATTEND_REMOTELY")
      #expect(needs["people"].list.first?["contactNote"].text == "Shared letterbox: no post")
      for command in [["case", "show", reference], ["threshold", "screen", reference]] {
        let words = try await system.run(command).output
        #expect(words.contains("DANGER: they said that somebody was in immediate danger."))
        #expect(words.contains("takes part in the panel's meeting: by telephone or video."))
        #expect(words.contains("applicant needs: Large print"))
        #expect(words.contains("Shared letterbox: no post"))
      }
      let other = try await apply()
      #expect(try await !system.run(["case", "show", other]).output.contains("DANGER"))
    }
  }
}
