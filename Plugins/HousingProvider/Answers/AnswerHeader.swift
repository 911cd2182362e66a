/// How a file is laid out: what separates its fields, and which of its columns is which.
struct AnswerHeader: Sendable, Hashable {
  let separator: UInt8
  /// Number of columns; each row has as many.
  let count: Int
  /// Place of each known column, by ``AnswerColumn``'s raw value; -1 where the file has none.
  private let places: [Int]

  private static let separators = [UInt8(0x2C), UInt8(0x3B), UInt8(0x09)]

  /// Finds the separator by which the line with names has most names that are known.
  /// - Parameter start: the file's first bytes, with the whole of that line.
  /// - Throws: the faults `no-names`, `column-twice`, and those of the line itself.
  init(detecting start: [UInt8]) throws(CSVFault) {
    guard !start.starts(with: Array("PK\u{3}\u{4}".utf8)) else {
      throw CSVFault(
        code: "not-text", line: 1,
        message: "This is a workbook or an archive; save it as CSV and send that.")
    }
    var best: AnswerHeader?
    var fault: CSVFault?
    for separator in Self.separators {
      do {
        let header = try AnswerHeader(start, separator: separator)
        if header.known > best?.known ?? 0 { best = header }
      } catch {
        fault = fault ?? error
      }
    }
    guard let best else {
      throw fault ?? Self.noNames
    }
    guard best.hasWhatIsNeeded else { throw Self.noNames }
    self = best
  }

  private init(_ start: [UInt8], separator: UInt8) throws(CSVFault) {
    var headings: [String]?
    var parser = CSVParser(separator: separator)
    try parser.read(start) { row in
      if headings == nil, !row.isBlank { headings = (0..<row.count).map { row.text($0) } }
    }
    try parser.end { row in
      if headings == nil, !row.isBlank { headings = (0..<row.count).map { row.text($0) } }
    }
    var places = AnswerColumn.allCases.map { _ in -1 }
    for (place, heading) in (headings ?? []).enumerated() {
      guard let column = AnswerColumn(heading: heading) else { continue }
      guard places[column.rawValue] < 0 else {
        throw CSVFault(
          code: "column-twice", line: 1, column: place + 1, name: column.name,
          message: "Two columns are named \(column.name), in this or other words; expected one.")
      }
      places[column.rawValue] = place
    }
    self.separator = separator
    self.places = places
    count = headings?.count ?? 0
  }

  /// Place of a column in a row; nil where the file has no such column.
  func place(of column: AnswerColumn) -> Int? {
    let place = places[column.rawValue]
    return place < 0 ? nil : place
  }

  private var known: Int { places.count { $0 >= 0 } }

  private var hasWhatIsNeeded: Bool {
    place(of: .caseReference) != nil
      && (place(of: .refused) != nil
        || (place(of: .complaint) != nil && place(of: .finding) != nil))
  }

  private static let noNames = CSVFault(
    code: "no-names", line: 1,
    message: "The first line names the columns, with a comma, a semicolon or a tab between them; "
      + "expected \(AnswerColumn.expected) among them.")
}
