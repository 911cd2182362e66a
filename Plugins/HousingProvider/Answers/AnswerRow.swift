import WorkerKit

/// Reads one row of an answer, and holds it against what the body was asked. A value; it keeps nothing of what it reads.
struct AnswerRow {
  let header: AnswerHeader
  /// By ``ReferenceText``: the place among the cases.
  let places: [UInt64: UInt32]
  let asked: [AskedCase]

  /// - Throws: the first fault of the row, in the order of the columns.
  func read(_ row: borrowing CSVRow) throws(CSVFault) -> AnswerRecord {
    guard row.count == header.count else {
      throw CSVFault(
        code: "row-length", line: row.line,
        message: "This line has \(row.count) fields and the line with names has \(header.count); "
          + "expected as many, also where they are empty.")
    }
    var record = AnswerRecord(line: UInt32(clamping: row.line))
    record.asked = try readCase(row)
    if let place = filled(.refused, row) {
      return try readRefusal(row, place, record)
    }
    let asked = asked[Int(record.asked)]
    record.complaint = try readComplaint(row, asked) + 1
    record.word = try readWord(row)
    (record.behaviourFrom, record.behaviourTo) = try readDays(
      row, .behaviourFrom, .behaviourTo, asked)
    (record.reportedFrom, record.reportedTo) = try readDays(
      row, .complaintFrom, .complaintTo, asked)
    try checkDays(row, record, asked)
    return record
  }

  // MARK: Columns

  private func readCase(_ row: borrowing CSVRow) throws(CSVFault) -> UInt32 {
    guard let place = filled(.caseReference, row) else {
      throw fault(
        .caseReference, row, "missing", "Expected the case reference that the request has.")
    }
    guard let number = ReferenceText.read(row.bytes, row.range(place)) else {
      throw fault(
        .caseReference, row, "not-a-reference",
        "Expected a case reference such as 4F7K-2M98, as the request has it.")
    }
    guard let index = places[number] else {
      throw fault(
        .caseReference, row, "not-asked",
        "This body was not asked about a case of this reference; compare it with the request.")
    }
    return index
  }

  private func readComplaint(
    _ row: borrowing CSVRow, _ asked: AskedCase
  ) throws(CSVFault) -> UInt16 {
    guard let place = filled(.complaint, row) else {
      throw fault(.complaint, row, "missing", "Expected the complaint's number in the request.")
    }
    var number = 0
    for byte in row.bytes[row.range(place)] {
      guard (0x30...0x39).contains(byte), number <= asked.isTheirs.count else {
        number = 0
        break
      }
      number = number * 10 + Int(byte - 0x30)
    }
    guard number >= 1, number <= asked.isTheirs.count else {
      throw fault(
        .complaint, row, "unknown-complaint",
        "Expected a number from 1 to \(asked.isTheirs.count), as the request has them.")
    }
    return UInt16(number - 1)
  }

  private func readWord(_ row: borrowing CSVRow) throws(CSVFault) -> UInt8 {
    guard let place = filled(.finding, row) else {
      throw fault(.finding, row, "missing", Self.expectedFindings)
    }
    guard let word = AnswerWords.findings.place(row.bytes, row.range(place)) else {
      throw fault(.finding, row, "unknown-finding", Self.expectedFindings)
    }
    return word
  }

  private func readRefusal(
    _ row: borrowing CSVRow, _ place: Int, _ started: AnswerRecord
  ) throws(CSVFault) -> AnswerRecord {
    var record = started
    guard let ground = AnswerWords.grounds.place(row.bytes, row.range(place)) else {
      throw fault(
        .refused, row, "unknown-ground",
        "Expected one of: \(AnswerRefusal.allCases.map(\.rawValue).joined(separator: ", ")).")
    }
    for column in AnswerColumn.allCases where column != .caseReference && column != .refused {
      guard filled(column, row) == nil else {
        throw fault(
          column, row, "refused-and-found",
          "A body that refuses finds nothing; leave this empty, or the refusal.")
      }
    }
    record.complaint = AnswerRecord.wholeCase
    record.word = ground
    return record
  }

  private func readDays(
    _ row: borrowing CSVRow, _ from: AnswerColumn, _ to: AnswerColumn, _ asked: AskedCase
  ) throws(CSVFault) -> (UInt16, UInt16) {
    let first = try readDay(row, from, asked)
    let last = try readDay(row, to, asked)
    if first == 0, last != 0 {
      throw fault(from, row, "missing", "A last day has a first day beside it.")
    }
    if last != 0, last < first {
      throw fault(to, row, "days-reversed", "Expected the first day, then the last.")
    }
    return (first, last == 0 ? first : last)
  }

  private func readDay(
    _ row: borrowing CSVRow, _ column: AnswerColumn, _ asked: AskedCase
  ) throws(CSVFault) -> UInt16 {
    guard let place = filled(column, row) else { return 0 }
    guard let day = DayText.read(row.bytes, row.range(place)) else {
      throw fault(column, row, "not-a-day", "Expected a day: \(DayText.expected).")
    }
    guard Int(day) <= asked.requestedOn.daysSince1970 else {
      throw fault(
        column, row, "day-after-request",
        "Expected a day up to \(asked.requestedOn), when the body was asked.")
    }
    return day
  }

  private func checkDays(
    _ row: borrowing CSVRow, _ record: AnswerRecord, _ asked: AskedCase
  ) throws(CSVFault) {
    let column: AnswerColumn = record.behaviourFrom != 0 ? .behaviourFrom : .complaintFrom
    guard record.behaviourFrom != 0 || record.reportedFrom != 0 else { return }
    guard AnswerFinding.Word.allCases[Int(record.word)] != .noRecord else {
      throw fault(column, row, "days-of-nothing", "A body with no record of it has no days of it.")
    }
    guard asked.isTheirs[Int(record.complaint) - 1] else {
      throw fault(
        column, row, "not-their-complaint",
        "This complaint was made to another body, which has its days; leave them empty here.")
    }
    if record.behaviourFrom != 0, record.reportedFrom != 0,
      record.reportedTo < record.behaviourFrom
    {
      throw fault(
        .complaintFrom, row, "reported-before-behaviour",
        "Nobody reports what has not happened yet; compare this day with the behaviour's.")
    }
  }

  // MARK: Helpers

  /// Place of a column in the row; nil if the file has none, or nothing stands in it.
  private func filled(_ column: AnswerColumn, _ row: borrowing CSVRow) -> Int? {
    guard let place = header.place(of: column), !row.range(place).isEmpty else { return nil }
    return place
  }

  private func fault(
    _ column: AnswerColumn, _ row: borrowing CSVRow, _ code: String, _ message: String
  ) -> CSVFault {
    CSVFault(
      code: code, line: row.line, column: (header.place(of: column) ?? -1) + 1, name: column.name,
      message: message)
  }

  private static let expectedFindings =
    "Expected one of: \(AnswerFinding.Word.allCases.map(\.rawValue).joined(separator: ", "))."
}
