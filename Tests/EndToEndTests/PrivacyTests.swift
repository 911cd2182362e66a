import Foundation
import Testing

extension RunningSystems {
  /// What is personal stays with Intake, and what people wrote with whom they told it. (What passes over the bus is
  /// looked at in IntakeTests: here it is encrypted, or not to be seen.)
  @Suite(.timeLimit(.minutes(3))) struct PrivacyTests {
    /// Told to a support service with the applicant's consent.
    static let told = [
      "Applicant One": "Qzname", "applicant.one@mail.example": "qzmail@mail.example",
      "+44 1632 960001": "+44 1632 960999", "Large print": "Qzadjustment",
    ]
    /// Of the applicant; told to nobody.
    static let kept = [
      "1 Example Terrace": "99 Qzaddress", "Shared letterbox: no post": "Qznote",
      "Music and shouting until 4 am": "Qzwhat", "Call logged, no visit": "Qzresponse",
      "noise-1": "Qzincident", "50180010126": "Qzreference",
      "No sleep, afraid to use the stairs": "Qzimpact",
      "Somebody to take charge of the whole picture": "Qzoutcome",
      "poster-stairwell-01": "Qzmaterial", #""hateStrands": []"#: #""hateStrands": ["DISABILITY"]"#,
    ]
    /// Of the alleged perpetrator.
    static let alleged = [
      "Neighbour A": "Qzperpetrator", "Upstairs flat": "Qzrelation",
      #""tenantOf": "plymouth-community-homes"}"#:
        #""tenantOf": "Qztenant", "address": "Qzbasement"}"#,
    ]
    /// Words that are looked for. Of a marker that stands in a longer text, what is not in any other.
    static let words = (
      told: ["Qzname", "qzmail@", "+44 1632 960999", "Qzadjustment"],
      kept: [
        "Qzaddress", "Qznote", "Qzwhat", "Qzresponse", "Qzincident", "Qzreference", "Qzimpact",
        "Qzoutcome", "Qzmaterial", "DISABILITY",
      ],
      alleged: ["Qzperpetrator", "Qzrelation", "Qztenant", "Qzbasement"]
    )
    /// Of these what whoever deals with the person has to mind, which a case's file shows to officers.
    static let minded = ["Qzadjustment", "Qznote"]
    /// Who decided, and what they and the panel wrote.
    static let officer = "Qzofficer"
    static let reason = "Qzreason"
    static let minute = "Qzminute"

    @Test func `nothing personal is anywhere but with its owner, in the referral and in a backup`()
      async throws
    {
      try await withFolder { folder in
        let data = "\(folder)/data"
        try await RunningSystem.with(data: data) { system in
          let said = try await journey(on: system)
          let processes = try await Self.processes(of: system)
          for word in Self.words.told + Self.words.kept + Self.words.alleged {
            let isMinded = Self.minded.contains(word)
            let word = Word(word)
            let silent = isMinded ? said.forOthers : said.everything
            #expect(!word.isIn(silent), "\(word.text) is in what commands print")
            #expect(!isMinded || word.isIn(said.everything), "the test looks for \(word.text)")
            #expect(!word.isIn(processes), "\(word.text) is in a command line or a variable")
          }
          for word in [Self.officer, Self.reason, Self.minute] {
            #expect(!Word(word).isIn(said.forOthers), "\(word) is in what commands print")
            #expect(!Word(word).isIn(processes), "\(word) is in a command line or a variable")
          }
          // With what is not in the database files yet.
          try Self.expectFiles(in: data)
        }
        try Self.expectFiles(in: data)
      }
    }

    // MARK: What is expected

    private static func expectFiles(in data: String) throws {
      func strays(_ text: String, outside allowed: [String]) -> [String] {
        Word(text).files(in: data).filter { path in !allowed.contains { path.hasPrefix($0) } }
      }
      func slices(_ worker: String) -> [String] {
        ["slices/\(worker).sqlite", "backups/nightly/slices/\(worker).sqlite"]
      }
      for word in words.told {
        #expect(strays(word, outside: slices("intake") + ["output/support/"]) == [], "\(word)")
      }
      for word in words.kept + words.alleged {
        #expect(strays(word, outside: slices("intake")) == [], "\(word)")
      }
      #expect(strays(officer, outside: slices("threshold")) == [])
      // What is written for those concerned is in their letters.
      let letters = slices("correspondence")
      #expect(strays(reason, outside: slices("threshold") + letters) == [])
      #expect(strays(minute, outside: slices("panel") + letters) == [])
      let owners = [
        ("Qzname", "intake"), ("Qzbasement", "intake"), (reason, "threshold"), (minute, "panel"),
      ]
      for (word, worker) in owners {
        let found = Word(word).files(in: data)
        for slice in slices(worker) {
          #expect(found.contains { $0.hasPrefix(slice) }, "the test looks for \(word) in \(slice)")
        }
      }
      #expect(Word("Qzname").files(in: data).contains { $0.hasPrefix("output/support/") })
    }

    /// How the system's processes were started: their arguments and variables.
    private static func processes(of system: RunningSystem) async throws -> String {
      let status = try await system.json(["status", "--wait"])
      let pids =
        [Int(system.pid), status["broker"]["pid"].number].compactMap(\.self)
        + status["workers"].list.compactMap { $0["pid"].number }
      try #require(pids.count == 9)
      return pids.map { pid in
        ["cmdline", "environ"].map { file in
          String(
            decoding: FileManager.default.contents(atPath: "/proc/\(pid)/\(file)") ?? Data(),
            as: UTF8.self)
        }.joined()
      }.joined()
    }

    // MARK: The journey

    private struct Said {
      /// On the way of a case, for others than the officer.
      var forOthers = ""
      /// For the officer too, and the letter to the applicant.
      var everything = ""

      mutating func take(_ outcome: Tool.Outcome, forOthers isForOthers: Bool = true) {
        everything += outcome.output + outcome.errors
        if isForOthers { forOthers += outcome.output + outcome.errors }
      }
    }

    private func journey(on system: RunningSystem) async throws -> Said {
      var said = Said()
      let text = try Self.application()
      let applied = try await system.run(["apply", "-", "--json"], input: text)
      said.take(applied)
      let reference = try #require(try applied.json["reference"].text)
      try await system.json([
        "threshold", "decide", reference, "--met", "--officer", Self.officer, "--capacity",
        "Lead authority", "--reason", "\(Self.reason) weighed it",
      ])
      let panel = try await Journey.findDay(for: reference, on: system)
      #expect(panel["state"].text == "SCHEDULED")
      try await system.json([
        "panel", "hold", reference, "--on", "2026-06-30", "--reason", "\(Self.minute) agreed",
        "--recommend", "plymouth-city-council:\(Self.minute) visits",
      ])
      try await system.json(["backup", "nightly"])
      for form in [[], ["--json"]] {
        for command in [
          ["case", "list"], ["case", "timeline", reference], ["status", "--wait"],
          ["report", "statutory", "--period", "2026-01-01/2026-12-31"], ["effects", "list"],
          ["events", "parked"], ["services"], ["audit", "verify"],
        ] {
          said.take(try await succeed(command + form, on: system))
        }
        said.take(
          try await succeed(["case", "show", reference] + form, on: system), forOthers: false)
        for worker in [
          "intake", "threshold", "panel", "support", "correspondence", "reporting", "portal",
        ] {
          let list = try await succeed(["audit", "list", "--worker", worker] + form, on: system)
          // It names who decided; why, in their words, it does not say by itself.
          said.take(list, forOthers: worker != "threshold")
          #expect(!list.output.contains(Self.reason) && !list.output.contains(Self.minute))
        }
      }
      let letter = try await succeed(["threshold", "letter", reference], on: system)
      #expect(letter.output.contains(Self.reason) && !letter.output.contains(Self.officer))
      said.take(letter, forOthers: false)
      try await expectSilentRefusals(of: text, on: system, &said)
      return said
    }

    private func succeed(
      _ command: [String], on system: RunningSystem
    ) async throws -> Tool.Outcome {
      let outcome = try await system.run(command)
      #expect(outcome.status == 0, "\(command): \(outcome.errors)")
      return outcome
    }

    /// Errors about what is personal do not repeat it.
    private func expectSilentRefusals(
      of text: String, on system: RunningSystem, _ said: inout Said
    ) async throws {
      for (wanted, broken) in [
        (#""complainant": "self""#, #""complainant": "Qzname""#),
        (#""kind": "INDIVIDUAL""#, #""kind": "Qzname""#),
        (#""email":"#, #""Qzaddress 99":"#), ("Qzwhat\"", "Qzwhat"),
      ] {
        let outcome = try await system.run(
          ["apply", "-", "--json"], input: text.replacing(wanted, with: broken))
        #expect(outcome.status == 65)
        said.take(outcome)
      }
    }

    /// The example with a word of its own in each field that is personal.
    private static func application() throws -> String {
      var text = try Examples.text("three-complaints.json")
      for markers in [told, kept, alleged] {
        for (original, marker) in markers {
          try #require(text.contains(original))
          text = text.replacing(original, with: marker)
        }
      }
      return text
    }
  }
}
