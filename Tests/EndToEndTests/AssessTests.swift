import Foundation
import Testing

/// `recourse threshold assess` needs no server; the examples say what it must answer.
@Suite(.timeLimit(.minutes(1))) struct AssessTests {
  @Test(arguments: ["three-complaints", "three-neighbours", "two-with-hate", "not-met"])
  func `an example is assessed as expected`(name: String) async throws {
    let outcome = try await Tool.run([
      "threshold", "assess", Examples.path("\(name).json"), "--json",
    ])
    try #require(outcome.status == 0, "\(outcome.errors)")
    let expected = try JSONValue(parsing: Examples.text("expected/\(name).json"))
    let answer = try outcome.json
    #expect(answer.lacks(of: expected) == nil)
    #expect(answer["policy"]["digest"].text?.isEmpty == false)
    for route in answer["routes"].list {
      for complaint in route["complaints"].list {
        #expect(complaint["reason"].text?.isEmpty == false, "every complaint has its sentence")
        #expect(!complaint["rules"].list.isEmpty, "and the rules that it rests on")
      }
    }
  }

  @Test func `an alternative of the area says what a person would have to find`() async throws {
    let outcome = try await Tool.run([
      "threshold", "assess", Examples.path("two-with-hate.json"), "--json",
    ])
    let local = try outcome.json["routes"].list.first { $0["route"].text == "LOCAL" }
    #expect(local?["toFind"].list.isEmpty == false)
  }

  @Test func `the same in sentences`() async throws {
    let outcome = try await Tool.run(["threshold", "assess", Examples.path("not-met.json")])
    #expect(outcome.status == 0, "not met is a result")
    #expect(outcome.output.contains("s.104(4)"))
    #expect(outcome.errors.isEmpty)
  }

  @Test(arguments: [("en", "Complaint", "as above"), ("cy", "Cwyn", "fel uchod")])
  func `every route has a line for each complaint, in sentences too`(
    language: String, noun: String, again: String
  ) async throws {
    let example = Examples.path("not-met.json")
    let outcome = try await Tool.run(["threshold", "assess", example, "--language", language])
    let json = try await Tool.run(["threshold", "assess", example, "--json"]).json
    let lines = outcome.output.split(separator: "\n").filter { $0.hasPrefix("  \(noun) ") }
    #expect(lines.count == json["routes"].list.map(\.["complaints"].list.count).reduce(0, +))
    // Counted together with another on both routes, for the same reason.
    #expect(lines.contains("  \(noun) 3: \(again)."))
  }

  @Test func `an application is read from standard input`() async throws {
    let text = try Examples.text("three-complaints.json")
    let outcome = try await Tool.run(["threshold", "assess", "-", "--json"], input: text)
    #expect(try outcome.json["met"].bool == true)
  }
}

/// What is malformed is refused by the path of the field.
@Suite(.timeLimit(.minutes(1))) struct MalformedTests {
  /// The rows of the table in malformed/README.md: file and path.
  static let table: [(file: String, path: String)] = {
    let text = (try? Examples.text("malformed/README.md")) ?? ""
    return text.split(separator: "\n").compactMap { line in
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      guard cells.count == 3, cells[0].hasSuffix(".json") else { return nil }
      return (cells[0], cells[1].trimmingCharacters(in: ["`"]))
    }
  }()

  @Test func `the table has every file`() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Examples.path("malformed"))
    #expect(files.filter { $0.hasSuffix(".json") }.sorted() == Self.table.map(\.file).sorted())
  }

  @Test(arguments: table)
  func `a malformed application is refused by its path`(file: String, path: String) async throws {
    let outcome = try await Tool.run([
      "threshold", "assess", Examples.path("malformed/\(file)"), "--json",
    ])
    #expect(outcome.status == 65)
    #expect(outcome.output.isEmpty)
    let error = try outcome.error
    #expect(error["path"].text == path)
    #expect(error["code"].text?.isEmpty == false)
    #expect(error["message"].text?.isEmpty == false)
  }
}
