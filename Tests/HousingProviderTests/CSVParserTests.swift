import Testing

@testable import HousingProvider

@Suite struct CSVParserTests {
  private static func rows(
    _ bytes: [UInt8], separator: UInt8 = 0x2C, inPieces size: Int = .max
  ) throws(CSVFault) -> [[String]] {
    var rows: [[String]] = []
    var parser = CSVParser(separator: separator)
    var rest = bytes[...]
    while !rest.isEmpty {
      try parser.read(Array(rest.prefix(size))) { row in
        rows.append((0..<row.count).map { row.text($0) })
      }
      rest = rest.dropFirst(size)
    }
    try parser.end { row in rows.append((0..<row.count).map { row.text($0) }) }
    return rows
  }

  @Test(arguments: [
    ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
    ("a,b\r\n1,2", [["a", "b"], ["1", "2"]]),
    ("a\rb\r", [["a"], ["b"]]),
    ("\"a,b\",\"c\"\"d\"\n", [["a,b", "c\"d"]]),
    ("\"a\r\nb\",c\n", [["a\r\nb", "c"]]),
    (" a , b\n", [["a", "b"]]),
    ("a,\n,b\n", [["a", ""], ["", "b"]]),
    ("\n\na\n", [[""], [""], ["a"]]),
    ("\"\"\n", [[""]]),
    ("", []),
  ])
  func `rows and fields are those of RFC 4180`(text: String, expected: [[String]]) throws {
    for size in [1, 2, 3, .max] {
      #expect(try Self.rows(Array(text.utf8), inPieces: size) == expected)
    }
  }

  @Test(arguments: [
    ("a\"b,c\n", "stray-quote", 1, 1), ("a,\"b\"c\n", "stray-quote", 1, 2),
    ("a\nb,\"c\n", "open-quote", 2, 2), ("a\nb\u{0}\n", "not-text", 2, 1),
    ("a\n\"b\n\nc\",\u{1}", "not-text", 4, 2),
  ])
  func `what is no CSV is refused where it stands`(
    text: String, code: String, line: Int, column: Int
  ) {
    let fault = #expect(throws: CSVFault.self) { try Self.rows(Array(text.utf8)) }
    #expect(fault?.code == code)
    #expect(fault?.line == line)
    #expect(fault?.column == column)
  }

  @Test func `a field and a row have bounds, also within quotes`() throws {
    let long = [UInt8](repeating: 0x61, count: FileLimits.fieldBytes)
    #expect(try Self.rows(long).first?.first?.utf8.count == FileLimits.fieldBytes)
    let tooLong = #expect(throws: CSVFault.self) { try Self.rows(long + [0x61]) }
    #expect(tooLong?.code == "field-too-long")
    let lines = [0x22] + [UInt8](repeating: 0x0A, count: FileLimits.fieldBytes + 1)
    let manyLines = #expect(throws: CSVFault.self) { try Self.rows(lines) }
    #expect(manyLines?.code == "field-too-long")
    let wide = [UInt8](repeating: 0x2C, count: FileLimits.fields - 1)
    #expect(try Self.rows(wide).first?.count == FileLimits.fields)
    let tooWide = #expect(throws: CSVFault.self) { try Self.rows(wide + [0x2C]) }
    #expect(tooWide?.code == "too-many-columns")
  }

  @Test(arguments: 0..<40)
  func `what was written in any dialect is read back, in pieces of any size`(seed: Int) throws {
    var numbers = Seeded(UInt64(seed))
    let separator = ([0x2C, 0x3B, 0x09] as [UInt8]).randomElement(using: &numbers) ?? 0x2C
    let lineEnd = ["\n", "\r\n", "\r"].randomElement(using: &numbers) ?? "\n"
    let letters = ["a", "B", "7", "\"", ",", ";", "é", "–", "\n", "x y"]
    let count = Int.random(in: 1...5, using: &numbers)
    let rows = (0..<Int.random(in: 1...12, using: &numbers)).map { _ in
      (0..<count).map { column in
        let length = Int.random(in: column == 0 ? 1...6 : 0...6, using: &numbers)
        return (0..<length).compactMap { _ in letters.randomElement(using: &numbers) }.joined()
      }
    }
    let text = rows.map { row in
      row.map { field in
        let mustQuote = field.contains { "\",;\t\n".contains($0) }
        guard mustQuote || Bool.random(using: &numbers) else { return field }
        let doubled = field.split(separator: "\"", omittingEmptySubsequences: false)
          .joined(separator: "\"\"")
        return "\"\(doubled)\""
      }.joined(separator: String(UnicodeScalar(separator))) + lineEnd
    }.joined()
    let size = Int.random(in: 1...9, using: &numbers)
    #expect(try Self.rows(Array(text.utf8), separator: separator, inPieces: size) == rows)
  }
}
