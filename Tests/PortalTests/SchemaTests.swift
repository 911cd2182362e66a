import Testing

@testable import Portal

@Suite("What a body looks like, and what is wrong with one that does not")
struct SchemaTests {
  private static let schema = Schema.object([
    .init("name", .text(limit: 5), required: true), .init("day", .day),
    .init("kind", .choice(["A", "B"])), .init("count", .whole), .init("is", .bool),
    .init("at", .moment), .init("content", .bytes(limit: 3)),
    .init("list", .array(.object([.init("day", .day, required: true)]), limit: 2)),
    .init("free", .map(.scalar, limit: 2)),
  ])

  static let rows: [(String, [String])] = [
    (#"{"name":"Owen"}"#, []),
    (
      #"{"name":"Owen","day":"2026-02-28","kind":"A","count":0,"is":true,"at":"2026-03-16T09:12:00Z","content":"YWJj","list":[{"day":"2026-01-01"}],"free":{"x":1,"y":true}}"#,
      []
    ),
    (#"{"name":"Owen","at":"2026-03-16T09:12:00.5Z"}"#, []),
    (#"{}"#, ["missing name"]),
    (#"[]"#, ["wrong-type "]),
    (#"{"name":"Rhiannon"}"#, ["too-long name"]),
    (#"{"name":"Owen","day":"2026-02-30"}"#, ["not-a-date day"]),
    (#"{"name":"Owen","kind":"C"}"#, ["wrong-value kind"]),
    (#"{"name":"Owen","count":-1}"#, ["not-a-number count"]),
    (#"{"name":"Owen","count":1.5}"#, ["not-a-number count"]),
    (#"{"name":"Owen","is":"true"}"#, ["wrong-type is"]),
    (#"{"name":"Owen","at":"yesterday"}"#, ["not-a-moment at"]),
    (#"{"name":"Owen","content":"YWJjZA=="}"#, ["not-base64 content"]),
    (#"{"name":"Owen","content":"?"}"#, ["not-base64 content"]),
    (#"{"name":"Owen","list":[{},{"day":1}]}"#, ["missing list[0].day", "wrong-type list[1].day"]),
    (#"{"name":"Owen","list":[{},{},{}]}"#, ["too-many list"]),
    (#"{"name":"Owen","free":{"x":[]}}"#, ["wrong-type free"]),
    (#"{"name":"Owen","secret marker":1}"#, ["unknown-name "]),
    (#"{"name":null}"#, ["wrong-type name"]),
  ]

  @Test(arguments: rows)
  func `each fault has a code and a place`(json: String, faults: [String]) throws {
    let value = try JSONValue.read(Array(json.utf8))
    let found = Self.schema.faults(in: value)
    #expect(found.map { "\($0.code) \($0.path)" } == faults)
    #expect(!found.contains { $0.message.contains("marker") || $0.message.contains("Rhiannon") })
  }

  @Test func `characters are counted as JSON Schema counts them`() {
    // One letter to the eye, and any number of code points.
    let text = "a" + String(repeating: "\u{301}", count: 5)
    #expect(text.count == 1)
    #expect(Schema.text(limit: 6).faults(in: .text(text)).isEmpty)
    #expect(Schema.text(limit: 5).faults(in: .text(text)).map(\.code) == ["too-long"])
  }

  @Test(arguments: [
    ("2026-03-16T09:12:00+13:59", true), ("2026-03-16T09:12:00+14:00", false),
    ("2026-03-16T09:12:00", false), ("0000-12-31T00:00:00Z", false), ("2026-03-16", false),
  ])
  func `a moment is what the workers' messages take`(text: String, isTaken: Bool) {
    #expect(Schema.moment.faults(in: .text(text)).isEmpty == isTaken)
  }

  @Test func `faults are bounded`() throws {
    let list = Array(repeating: "{}", count: 200).joined(separator: ",")
    let schema = Schema.array(.object([.init("a", .bool, required: true)]), limit: 500)
    let faults = schema.faults(in: try JSONValue.read(Array("[\(list)]".utf8)))
    #expect(faults.count == APIFault.limit)
  }

  @Test func `what is too deep is refused before anything is made of it`() throws {
    func nested(_ depth: Int) -> [UInt8] {
      Array((String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8)
    }
    _ = try JSONValue.read(nested(JSONValue.depthLimit))
    #expect(throws: Problem.malformed) { try JSONValue.read(nested(JSONValue.depthLimit + 1)) }
    // Brackets in a text are none.
    let text = "\"" + String(repeating: "[\\\"", count: 100) + "\""
    _ = try JSONValue.read(Array(text.utf8))
  }

  @Test func `what has too many values is refused before anything is made of it`() throws {
    func list(_ count: Int) -> [UInt8] {
      Array(("[" + Array(repeating: "1", count: count).joined(separator: ",") + "]").utf8)
    }
    // The list itself is one.
    _ = try JSONValue.read(list(JSONValue.valuesLimit - 1))
    #expect(throws: Problem.malformed) { try JSONValue.read(list(JSONValue.valuesLimit)) }
    let text = "\"" + String(repeating: ",", count: JSONValue.valuesLimit * 2) + "\""
    _ = try JSONValue.read(Array(text.utf8))
  }

  @Test(arguments: ["", "{", "nul", "{\"a\" 1}", "\u{0}", "[1] 2"])
  func `what is no JSON is refused`(text: String) {
    #expect(throws: Problem.malformed) { try JSONValue.read(Array(text.utf8)) }
  }
}
