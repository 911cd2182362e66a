import Foundation
import Testing

extension RunningSystems {
  /// What is personal stays with Intake.
  @Suite(.timeLimit(.minutes(2))) struct PrivacyTests {
    /// Words that stand for what is personal, each in a field of its own.
    static let markers = [
      "Applicant One": "Qzname", "applicant.one@mail.example": "qzmail@mail.example",
      "+44 1632 960001": "+44 1632 960999", "1 Example Terrace": "99 Qzaddress",
      "Shared letterbox: no post": "Qznote", "Large print": "Qzadjustment",
      "Neighbour A": "Qzperpetrator", "Upstairs flat": "Qzrelation",
      "Music and shouting until 4 am": "Qzwhat", "Call logged, no visit": "Qzresponse",
      "noise-1": "Qzincident", "50180010126": "Qzreference",
      "No sleep, afraid to use the stairs": "Qzimpact",
      "Somebody to take charge of the whole picture": "Qzoutcome",
    ]

    /// What the officer said stays with Threshold.
    static let officer = "Qzofficer"

    @Test func `nothing personal is anywhere but in Intake's slice and the referral`() async throws
    {
      try await withFolder { folder in
        let data = "\(folder)/data"
        var said = ""
        try await RunningSystem.with(data: data) { system in
          said = try await journey(on: system)
        }
        let words = Self.markers.values.map { $0.replacing("qzmail@mail.example", with: "qzmail@") }
        for word in words + [Self.officer] {
          #expect(!said.contains(word), "\(word) is in what commands print")
          let places = try Self.files(in: data, with: word)
          let allowed =
            word == Self.officer ? ["slices/threshold.sqlite"] : ["slices/intake.sqlite"]
          let strays = places.filter { place in
            !allowed.contains { place.hasPrefix($0) }
              && (word == Self.officer || !place.hasPrefix("output/support/"))
          }
          #expect(strays.isEmpty, "\(word) is in \(strays)")
        }
        #expect(
          try !Self.files(in: data, with: "Qzname").isEmpty, "the test looks at what it means")
        for word in ["Qzperpetrator", "Qzrelation", "Qzwhat", "Qzimpact"] {
          let places = try Self.files(in: data, with: word)
          #expect(!places.contains { $0.hasPrefix("output/") }, "\(word) left in a referral")
        }
      }
    }

    /// Everything that commands print for others than the officer on the way of a case.
    private func journey(on system: RunningSystem) async throws -> String {
      var text = try Examples.text("three-complaints.json")
      for (original, marker) in Self.markers { text = text.replacing(original, with: marker) }
      let applied = try await system.run(["apply", "-", "--json"], input: text)
      let reference = try #require(try applied.json["reference"].text)
      try await system.json([
        "threshold", "decide", reference, "--met", "--officer", Self.officer, "--capacity",
        "Lead authority", "--reason", "\(Self.officer) weighed it",
      ])
      _ = try await Journey.findDay(for: reference, on: system)
      var said = applied.output + applied.errors
      for command in [
        ["case", "list"], ["case", "timeline", reference], ["status", "--wait"],
        ["report", "statutory", "--period", "2026-01-01/2026-12-31"],
      ] {
        for form in [[], ["--json"]] {
          let outcome = try await system.run(command + form)
          #expect(outcome.status == 0, "\(outcome.errors)")
          said += outcome.output + outcome.errors
        }
      }
      // Errors about what is personal do not repeat it.
      for (wanted, broken) in [
        (#""complainant": "self""#, #""complainant": "Qzname""#),
        (#""kind": "INDIVIDUAL""#, #""kind": "Qzname""#),
        (#""email":"#, #""Qzaddress 99":"#), ("Qzwhat\"", "Qzwhat"),
      ] {
        let outcome = try await system.run(
          ["apply", "-", "--json"], input: text.replacing(wanted, with: broken))
        #expect(outcome.status == 65)
        said += outcome.output + outcome.errors
      }
      return said
    }

    /// Files below the folder that have the word in their bytes or their name, as paths in it.
    private static func files(in folder: String, with word: String) throws -> [String] {
      let paths = FileManager.default.enumerator(atPath: folder)?.allObjects ?? []
      return paths.compactMap { $0 as? String }.filter { path in
        if path.contains(word) { return true }
        let bytes = FileManager.default.contents(atPath: "\(folder)/\(path)") ?? Data()
        return bytes.range(of: Data(word.utf8)) != nil
      }
    }
  }
}
