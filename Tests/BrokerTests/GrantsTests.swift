import Messages
import SwiftProtobuf
import Testing

@testable import Broker

/// Names, and what of one manifest stands in another.
@Suite("Grants")
struct GrantsTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let pattern: String
    var covers: [String] = []
    var leaves: [String] = []
    var testDescription: String { pattern }
  }

  static let rows: [Row] = [
    Row(pattern: "a.S/M", covers: ["a.S/M"], leaves: ["a.S/N", "a.S/", "a.S", "a.S/*"]),
    Row(
      pattern: "a.S/*", covers: ["a.S/M", "a.S/*"],
      leaves: ["a.S", "a.T/M", "b.a.S/M", "a.S/M/N", "a.*"]),
    Row(
      pattern: "a.b.*", covers: ["a.b.E", "a.b.*"],
      leaves: ["a.E", "a.b.c.E", "a.b.S/M", "a.b", "a.b.c.*"]),
  ]

  @Test(arguments: rows)
  func `a name means itself, and one with a star what lies directly below`(_ row: Row) {
    let patterns = NamePatterns([row.pattern])
    for name in row.covers { #expect(patterns.covers(name), "\(name)") }
    for name in row.leaves { #expect(!patterns.covers(name), "\(name)") }
  }

  @Test(arguments: ["", "*", ".*", "/*", "a*", "a.b*", "a.*.b", "a b", "a.S/M?", "ä.S/M"])
  func `what is no name means nothing`(_ text: String) {
    #expect(!NamePatterns.isPattern(text))
    #expect(NamePatterns([text]).isEmpty)
  }

  @Test func `a name has an end`() {
    #expect(NamePatterns.isPattern(String(repeating: "a", count: NamePatterns.nameBytesLimit)))
    #expect(!NamePatterns.isPattern(String(repeating: "a", count: NamePatterns.nameBytesLimit + 1)))
  }

  @Test func `what stands in both is the narrower of each`() {
    let one = NamePatterns(["a.S/*", "b.T/M", "c.U/M"])
    let other = NamePatterns(["a.S/M", "b.T/*", "d.V/M"])
    #expect(one.intersection(other).names == ["b.T/M", "a.S/M"])
    #expect(Set(other.intersection(one).names) == ["b.T/M", "a.S/M"])
  }

  @Test func `what is asked for and not approved is said line by line, and nothing else`() {
    let asked = Recourse_Bus_V1_Manifest.with {
      $0.serves = ["a.S"]
      $0.calls = ["b.T/M", "b.T/N"]
      $0.publishes = ["a.Happened"]
      $0.subscribes = ["b.Happened"]
      $0.readsByKey = true
      $0.disclosures = [
        .with {
          $0.method = "b.T/M"
          $0.purposes = ["help", "progress"]
          $0.fields = ["name"]
        },
        .with {
          $0.method = "b.T/M"
          $0.purposes = ["nothing"]
        },
      ]
    }
    let approved = Recourse_Bus_V1_Manifest.with {
      $0.calls = ["b.T/N"]
      $0.publishes = ["a.*"]
      $0.disclosures = [
        .with {
          $0.method = "b.T/M"
          $0.purposes = ["help"]
          $0.fields = ["name", "ways"]
        }
      ]
    }
    #expect(
      Grants(asked).lines(notIn: Grants(approved)) == [
        "serves a.S", "calls b.T/M", "subscribes to b.Happened", "reads the log by key",
        "asks b.T/M for name, for progress", "asks b.T/M for nothing personal, for nothing",
      ])
    #expect(Grants(asked).lines(notIn: Grants(asked)).isEmpty)
  }

  struct Problem: Sendable, CustomTestStringConvertible {
    let words: String
    let make: @Sendable (inout Recourse_Bus_V1_Manifest) -> Void
    var testDescription: String { words }
  }
  static let problems: [Problem] = [
    Problem(words: "calls has 1025 names") {
      $0.calls = (0...NamePatterns.namesLimit).map { "a.S/M\($0)" }
    },
    Problem(words: "publishes[1] is no name") { $0.publishes = ["a.E", "a E"] },
    Problem(words: "subscribes[0] is no name") { $0.subscribes = ["*"] },
    Problem(words: "disclosures[0].method") { $0.disclosures = [.with { $0.method = "a.S/*" }] },
    Problem(words: "disclosures[0].purposes") {
      $0.disclosures = [
        .with {
          $0.method = "a.S/M"
          $0.purposes = ["a;b"]
        }
      ]
    },
    Problem(words: "disclosures[0].fields") {
      $0.disclosures = [
        .with {
          $0.method = "a.S/M"
          $0.fields = ["a,b"]
        }
      ]
    },
    Problem(words: "disclosures[0] makes more than") {
      $0.disclosures = [
        .with {
          $0.method = "a.S/M"
          $0.purposes = (0..<16).map { "purpose-\($0)" }
          $0.fields = (0..<16).map { "field_\($0)" }
        }
      ]
    },
    Problem(words: "more than 256 methods") {
      $0.disclosures = Array(repeating: .with { $0.method = "a.S/M" }, count: 257)
    },
  ]

  @Test(arguments: problems)
  func `a manifest that cannot be taken says where`(_ problem: Problem) {
    var manifest = RightsFixture.asks
    #expect(Grants.problem(in: manifest) == nil)
    problem.make(&manifest)
    let found = Grants.problem(in: manifest)
    #expect(found?.contains(problem.words) == true, "\(found ?? "none")")
  }
}
