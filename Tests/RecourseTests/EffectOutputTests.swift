import CaseModel
import Foundation
import Messages
import Outreach
import SwiftProtobuf
import Testing

@testable import recourse

@Suite struct EffectOutputTests {
  private static let wards = EffectResponse.with {
    $0.from = "2026-04"
    $0.to = "2027-03"
    $0.by = .ward
    $0.leastShown = 5
    $0.releasedOn = "2027-04-02"
    $0.rows = [
      .with {
        $0.key = "Efford, \"East\" <&>"
        $0.applications = 14
        $0.visits = 3
      },
      .with { $0.rest = .unknownMaterial },
      .with {
        $0.rest = .notTold
        $0.applications = 40
      },
    ]
    $0.comparison.reading = .noWholeMonth
  }

  @Test func `a number that is withheld is empty in CSV, null in JSON and a word on the screen`() {
    let lines = Self.wards.csv.split(separator: "\r\n").map(String.init)
    #expect(
      lines == [
        "ward,name,applications,withheld,visits",
        "\"Efford, \"\"East\"\" <&>\",\"Efford, \"\"East\"\" <&>\",14,false,3",
        ",A material that is not known,,true,0", ",No material named,40,false,0",
      ])
    let json = Self.wards.json.line
    #expect(json.contains("\"applications\":null,\"withheld\":true"))
    #expect(Self.wards.lines.contains("A material that is not known  withheld"))
  }

  @Test func `a material's row has its ward, and no cell is taken for a formula`() {
    let effect = EffectResponse.with {
      $0.by = .material
      $0.rows = [
        .with {
          $0.key = "4F7-K20"
          $0.title = "Poster"
          $0.ward = "=1+1"
          $0.applications = 14
        }
      ]
    }
    #expect(
      effect.csv == "material,name,ward,applications,withheld,visits\r\n"
        + "4F7-K20,4F7-K20 Poster,'=1+1,14,false,0\r\n")
  }

  @Test func `a file ends as its text does`() throws {
    let file = FileManager.default.temporaryDirectory
      .appending(path: "effect-\(UUID().uuidString).csv")
    defer { try? FileManager.default.removeItem(at: file) }
    for (text, kept) in [("a,b\r\n", "a,b\r\n"), ("a\n", "a\n"), ("a", "a\n")] {
      try Output.text(text, to: file.path)
      #expect(try Data(contentsOf: file) == Data(kept.utf8))
    }
  }

  @Test func `a chart says everything in words, and text is only ever text`() {
    let svg = EffectChart(Self.wards).svg
    #expect(svg.contains("A material that is not known: withheld"))
    #expect(svg.contains("No material named: 40"))
    #expect(svg.contains("&lt;&amp;&gt;") && !svg.contains("<&>"))
    #expect(svg.contains("role=\"img\""))
  }

  @Test(
    arguments: [
      (.more, "There are more than before. Chance alone makes as large a difference about once"),
      (.fewer, "There are fewer than before."),
      (.noClearDifference, "No clear difference"),
    ] as [(Recourse_Outreach_V1_Comparison.Reading, String)])
  func `a comparison is told in sentences, and never says why`(
    reading: Recourse_Outreach_V1_Comparison.Reading, sentence: String
  ) {
    let comparison = Recourse_Outreach_V1_Comparison.with {
      $0.reading = reading
      $0.months = 12
      $0.applications = 41
      $0.baselineMonths = 12
      $0.baselineApplications = 18
      $0.ratio = 2.277_8
      $0.ratioLow = 1.279_7
      $0.ratioHigh = 4.212_2
      $0.probability = 0.0038
    }
    let text = comparison.sentences.joined(separator: " ")
    #expect(text.contains(sentence))
    #expect(
      text.hasPrefix(
        "41 applications in 12 months, against 18 in 12 months in the months that were given. That is "
          + "2.28 times as many a month; anything from 1.28 to 4.21 times is in keeping with it"))
    #expect(text.hasSuffix("not why: other things change as well."))
  }

  @Test(
    arguments: [
      ("https://www.example.gov.uk/asb", "https://www.example.gov.uk/asb/go/000-000"),
      ("https://www.example.gov.uk/asb//", "https://www.example.gov.uk/asb/go/000-000"),
      ("http://www.example.gov.uk/asb", nil), ("https://www.example.gov.uk/asb?from=poster", nil),
      ("https://www.example.gov.uk/#top", nil), ("https://somebody@www.example.gov.uk/", nil),
      ("www.example.gov.uk", nil), ("https://", nil), ("", nil),
    ] as [(String, String?)])
  func `a poster's address has the page and the code, and nothing else`(
    page: String, address: String?
  ) throws {
    let code = try #require(MaterialCode("000-000"))
    #expect((try? MaterialPage(page))?.address(of: code) == address)
    // What a plan takes as its page, a poster does not refuse.
    if PlanShape.page.value(of: page) != nil { #expect(address != nil) }
  }

  @Test(
    arguments: [
      (["organisation": ""], "--owner"), (["role": "Lead"], "--owner"),
      (["organisation": "A Council", "role": ""], "--owner-role"),
    ])
  func `what is wrong with an activity's owner is told by the option that was typed`(
    owner: [String: String], option: String
  ) throws {
    let fields = [("id", "drop-in"), ("title", "Drop-in"), ("channel", "drop-in")].map {
      PlanRecord.Field($0.0, .text($0.1))
    }
    let parts = owner.map { PlanRecord.Field($0.key, .text($0.value)) }
    let record = PlanRecord(fields + [PlanRecord.Field("owner", .group(PlanRecord(parts)))])
    let problem = try #require(throws: PlanProblem.self) {
      try OutreachPlanFile.activity(record)
    }
    #expect(OutreachCommand.Activity.Add.option(problem.path) == option)
  }

  @Test func `a QR code of what is too long is refused, and one at the limit is drawn`() throws {
    let full = try QRCode(String(repeating: "a", count: QRCode.bytesLimit))
    #expect(full.modules.count == full.width * full.width)
    // The three corners that readers look for.
    for (row, column) in [(0, 0), (0, full.width - 1), (full.width - 1, 0)] {
      #expect(full.modules[row * full.width + column])
    }
    #expect(throws: Failure.self) {
      try QRCode(String(repeating: "a", count: QRCode.bytesLimit + 1))
    }
    #expect(throws: Failure.self) { try QRCode("") }
  }
}
