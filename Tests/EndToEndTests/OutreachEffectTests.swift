import Foundation
import Subprocess
import SystemPackage
import Testing

extension RunningSystems {
  /// A poster's code, from the printed page to the count, with the real program.
  @Suite(.serialized, .timeLimit(.minutes(4))) struct OutreachEffectTests {
    private static let page = "https://www.example.gov.uk/asb-case-review"

    @Test func `a poster's code is read from paper, told on an application and counted`()
      async throws
    {
      try await RunningSystem.with { system in
        let away = try await system.run(["outreach", "material", "list", "--json"])
        #expect(try away.error["code"].text == "not-added")
        let added = try await system.json(["plugin", "add", "outreach", "--yes"])
        #expect(added["process"]["state"].text == "ready")

        let material = try await system.json([
          "outreach", "material", "add", "Poster in stairwells", "--ward", "Efford", "--channel",
          "housing-association",
        ])
        let code = try #require(material["code"].text)
        try await withFolder { folder in
          let file = "\(folder)/poster.html"
          let poster = try await system.run([
            "outreach", "material", code, "--poster", "--area", "plymouth", "--page", Self.page,
            "--out", file,
          ])
          try #require(poster.status == 0, "\(poster.errors)")
          let html = try String(contentsOfFile: file, encoding: .utf8)
          #expect(try await DrawnCode(html: html).read(in: folder) == "\(Self.page)/go/\(code)")
          for word in [code, "Safer Communities Team", "lang=\"cy\"", "lang=\"en\"", "@page"] {
            #expect(html.contains(word), "the poster has no \(word)")
          }
        }

        let form = try Examples.text("three-complaints.json")
          .replacing("\"poster-stairwell-01\"", with: "\"\(code.lowercased())\"")
        try #require(form.contains(code.lowercased()), "the example names a material")
        _ = try await system.json(["apply", "-"], input: form)
        let effect = try await system.json(["outreach", "effect"])
        let counted = effect["months"].list.compactMap { $0["applications"].number }
        #expect(counted.reduce(0, +) == 1)
        #expect(effect["comparison"]["reading"].text == "no-baseline")
        let told = try await system.json(["audit", "list", "--worker", "intake"])["rows"].list
        #expect(told.contains { $0["action"].text == "intake.pass-on-heard-via" })

        try await Self.expectBreakdown(on: system)
        try await Self.expectMistakes(on: system)
      }
    }

    private static func expectBreakdown(on system: RunningSystem) async throws {
      try await withFolder { folder in
        let (csv, chart) = ("\(folder)/wards.csv", "\(folder)/wards.svg")
        let wards = try await system.json([
          "outreach", "effect", "--by", "ward", "--csv", csv, "--chart", chart,
        ])
        #expect(wards["releasedOn"].text == "2026-06-30")
        #expect(wards["from"].text == "2025-04")
        #expect(wards["releasedApplications"].number == 1)
        #expect(
          try String(contentsOfFile: csv, encoding: .utf8).hasPrefix("ward,name,applications,"))
        #expect(try String(contentsOfFile: chart, encoding: .utf8).contains("role=\"img\""))
        // Another period is asked for by mistake; the year can still be seen.
        let several = try await system.run([
          "outreach", "effect", "--from", "2024-02", "--to", "2025-05", "--by", "ward", "--json",
        ])
        #expect(several.status == 65)
        #expect(try several.error["code"].text == "several-years")
        let again = try await system.json([
          "outreach", "effect", "--from", "2025-11", "--by", "ward",
        ])
        #expect(again["to"].text == "2026-03")
        let early = try await system.run(["outreach", "effect", "--to", "2026-06", "--by", "ward"])
        #expect(early.status == 65)
        #expect(early.errors.contains("period-not-over"))
      }
    }

    private static func expectMistakes(on system: RunningSystem) async throws {
      for (arguments, code) in [
        (["0000-000"], "invalid-code"), (["000-000", "--poster"], "unknown-material"),
        (["add", "T", "--kind", "song"], "unknown-kind"),
        (["add", "T", "--channel", "radio"], "unknown-channel"),
      ] {
        let outcome = try await system.run(["outreach", "material"] + arguments + ["--json"])
        #expect(try outcome.error["code"].text == code)
      }
    }
  }
}

/// A QR code as it is drawn in a page, modules and margin.
struct DrawnCode {
  private let side: Int
  private var dark: Set<Int> = []

  struct NotDrawn: Error {}

  /// Reads the runs of the path; they are all that is drawn.
  init(html: String) throws {
    guard let box = html.firstMatch(of: /viewBox="0 0 (\d+) (\d+)"/), let side = Int(box.1),
      side == Int(box.2), let path = html.firstMatch(of: /<path fill="#000" d="([^"]*)"/)
    else { throw NotDrawn() }
    self.side = side
    for run in path.1.matches(of: /M(\d+) (\d+)h(\d+)v1h-(\d+)z/) {
      guard let x = Int(run.1), let y = Int(run.2), let length = Int(run.3), run.3 == run.4 else {
        throw NotDrawn()
      }
      for column in x..<(x + length) { dark.insert(y * side + column) }
    }
  }

  /// What a reader makes of it, printed at eight dots a module.
  func read(in folder: String) async throws -> String {
    let dots = 8
    var picture = "P1\n\(side * dots) \(side * dots)\n"
    for row in 0..<(side * dots) {
      let line = (0..<(side * dots)).map { column in
        dark.contains(row / dots * side + column / dots) ? "1" : "0"
      }
      picture += line.joined(separator: " ") + "\n"
    }
    let file = "\(folder)/code.pbm"
    try picture.write(toFile: file, atomically: true, encoding: .utf8)
    let result = try await Subprocess.run(
      .name("zbarimg"), arguments: ["--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", file],
      output: .string(limit: 4_096), error: .string(limit: 4_096))
    return result.standardOutput.trimmingCharacters(in: .newlines)
  }
}
