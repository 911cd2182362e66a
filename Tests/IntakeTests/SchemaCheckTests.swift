import Testing

@testable import Intake

@Suite struct SchemaCheckTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let json: String
    let code: FormProblem.Code
    let path: String
    var says = ""
    var testDescription: String { "\(path): \(code.rawValue)" }
  }

  private func problems(_ json: String) -> [FormProblem] {
    do {
      _ = try ApplicationForm.message(json: Array(json.utf8))
      return []
    } catch {
      return error.all
    }
  }

  @Test(arguments: [
    Row(json: "[]", code: .wrongType, path: "", says: "an object"),
    Row(json: #"{"applicnt": {}}"#, code: .unknownField, path: "applicnt", says: "applicant?"),
    Row(json: #"{"xyz": 1}"#, code: .unknownField, path: "xyz", says: "heardVia"),
    Row(json: #"{"Jo at 1 Row": 1}"#, code: .unknownField, path: "?"),
    Row(json: #"{"area": 5}"#, code: .wrongType, path: "area", says: "text"),
    Row(json: #"{"applicant": "Jo"}"#, code: .wrongType, path: "applicant"),
    Row(json: #"{"complaints": {}}"#, code: .wrongType, path: "complaints", says: "a list"),
    Row(json: #"{"complaints": [null]}"#, code: .wrongType, path: "complaints[0]"),
    Row(
      json: #"{"risk": {"immediateDanger": "no"}}"#, code: .wrongType,
      path: "risk.immediateDanger", says: "true or false"),
    Row(
      json: #"{"risk": {"immediateDanger": 1}}"#, code: .wrongType, path: "risk.immediateDanger"),
    Row(json: #"{"risk": {"answers": []}}"#, code: .wrongType, path: "risk.answers"),
    Row(json: #"{"channel": "web"}"#, code: .unknownValue, path: "channel", says: "WEB, PHONE"),
    Row(json: #"{"channel": 99}"#, code: .unknownValue, path: "channel"),
    Row(json: #"{"channel": true}"#, code: .unknownValue, path: "channel"),
    Row(json: #"{"receivedAt": 0}"#, code: .notATimestamp, path: "receivedAt"),
    Row(json: #"{"receivedAt": "2026-03-16"}"#, code: .notATimestamp, path: "receivedAt"),
    Row(json: #"{"receivedAt": "2026-02-30T09:00:00Z"}"#, code: .notATimestamp, path: "receivedAt"),
    Row(json: #"{"receivedAt": "2026-03-16T09:00:00"}"#, code: .notATimestamp, path: "receivedAt"),
    Row(
      json: #"{"consents": [{"at": "\"}, {"}]}"#, code: .notATimestamp, path: "consents[0].at"),
    Row(json: #"{"impact": "a\u0000b"}"#, code: .wrongForm, path: "impact"),
  ])
  func `what does not fit the schema is told by its path`(row: Row) {
    let found = problems(row.json)
    #expect(found.map(\.path) == [row.path])
    #expect(found.first?.code == row.code)
    #expect(found.first?.message.contains(row.says) == true, "\(found.first?.message ?? "")")
  }

  @Test func `the names of the proto file, numbers for enums and null for nothing are accepted`() {
    let json = #"""
      {"received_at": "2026-03-16T09:12:00+01:00", "channel": 1, "victims": null,
       "complaints": [{"made_to": "POLICE", "hate_strands": ["RACE", 2]}],
       "risk": {"answers": {"a": null, "b": [1, {"c": "d"}]}}}
      """#
    #expect(problems(json) == [])
  }

  @Test func `all problems are told, in the order of the form, up to a bound`() {
    let found = problems(
      #"{"heardVia": 1, "channel": "X", "area": 1, "complaints": [{"x1": 1}]}"#)
    #expect(found.map(\.path) == ["area", "channel", "complaints[0].x1", "heardVia"])

    let many = (10..<50).map { "\"x\($0)\": 1" }.joined(separator: ",")
    #expect(problems("{\(many)}").count == FormBounds.problemsLimit)
  }

  @Test func `a list has at most 200 items`() {
    let items = { (count: Int) in Array(repeating: "{}", count: count).joined(separator: ",") }
    #expect(problems("{\"complaints\": [\(items(FormBounds.itemsLimit))]}") == [])
    let found = problems("{\"complaints\": [\(items(FormBounds.itemsLimit + 1))]}")
    #expect(found.map(\.code) == [.tooMany])
    #expect(found.map(\.path) == ["complaints"])
  }

  @Test func `a text has at most 10,000 characters`() {
    let text = String(repeating: "a", count: FormBounds.textLimit)
    #expect(problems("{\"impact\": \"\(text)\"}") == [])
    #expect(problems("{\"impact\": \"\(text)a\"}").map(\.code) == [.tooLong])
  }

  @Test func `answers are nested 8 levels deep, not deeper`() {
    let nested = { (depth: Int) in
      String(repeating: "[", count: depth - 1) + "1" + String(repeating: "]", count: depth - 1)
    }
    let limit = FormBounds.answersDepthLimit
    #expect(problems("{\"risk\": {\"answers\": {\"a\": \(nested(limit))}}}") == [])
    #expect(
      problems("{\"risk\": {\"answers\": {\"a\": \(nested(limit + 1))}}}").map(\.code)
        == [.tooDeep])
  }
}
