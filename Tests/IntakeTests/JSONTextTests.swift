import Testing

@testable import Intake

@Suite struct JSONTextTests {
  private func problem(_ text: String) -> FormProblem? {
    do {
      _ = try ApplicationForm.message(json: Array(text.utf8))
      return nil
    } catch {
      return error.first
    }
  }

  @Test(arguments: [
    (#"{"area": plymouth}"#, "line 1, column 10"),
    ("{\"area\": \"plymouth\",\n \"channel\" \"WEB\"}", "line 2"),
    ("{\"area\":\n\"plymouth\"", "line 2"),
    ("", "nothing here"),
    (#"{"area": "plymouth",}"#, "not JSON"),
    (#"{"area": "plymouth"} {}"#, "not JSON"),
    ("{'area': 'plymouth'}", "line 1, column 2"),
  ])
  func `what is not JSON is told with its place`(text: String, place: String) {
    let found = problem(text)
    #expect(found?.code == .notJSON)
    #expect(found?.path == "")
    #expect(found?.message.contains(place) == true, "\(found?.message ?? "")")
  }

  @Test func `what is not UTF-8 is refused as such`() {
    #expect(throws: FormProblems.self) {
      try ApplicationForm.message(json: [0x7B, 0xFF, 0x7D])
    }
    #expect(problem("\u{FEFF}{}") == nil, "a byte order mark is skipped")
  }

  @Test func `an application is at most 256 KiB`() {
    let start = #"{"impact": ""#
    let padding = String(repeating: " ", count: FormBounds.bytesLimit - start.utf8.count - 2)
    #expect(problem(start + "\"" + padding + "}") == nil)
    #expect(problem(start + "\"" + padding + " }")?.code == .tooLarge)
  }

  @Test(arguments: [
    (#"{"area": "a", "area": "b"}"#, "area"),
    (#"{"complaints": [{}, {"body": "", "what": "", "bo\u0064y": ""}]}"#, "complaints[1].body"),
    (#"{"receivedAt": null, "received_at": null}"#, "receivedAt"),
    (#"{"risk": {"answers": {"a": [1, {"b": 1, "b": 2}]}}}"#, "risk.answers.a[1].b"),
  ])
  func `a field that stands twice is refused, since one of the two would be lost`(
    text: String, path: String
  ) {
    let found = problem(text)
    #expect(found?.code == .repeatedField)
    #expect(found?.path == path)
  }

  @Test(arguments: [
    #"{"complaints": [{"what": "{\"what\": \"quoted\", \"what\": 1}"}]}"#,
    #"{"complaints": [{"what": ""}, {"what": ""}]}"#,
    #"{"area": "a\\", "impact": "area"}"#,
  ])
  func `the same name in another place is no repetition`(text: String) {
    #expect(problem(text) == nil)
  }

  @Test func `half of a character is told by its path`() {
    let found = problem(#"{"complaints": [{}, {"what": "\ud800"}]}"#)
    #expect(found?.code == .wrongType)
    #expect(found?.path == "complaints[1].what")
  }

  @Test func `a number that nothing can hold is refused`() {
    #expect(problem(#"{"risk": {"answers": {"a": 1e999}}}"#)?.code == .notJSON)
  }
}
