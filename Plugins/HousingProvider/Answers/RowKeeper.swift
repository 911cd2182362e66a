import WorkerKit

/// Keeps what rows say, and what is wrong with them.
struct RowKeeper {
  private let reader: AnswerRow
  private var records: [AnswerRecord] = []
  private var hasNames = false
  private var rows = 0
  /// The first faults, ``FileLimits/faults`` at most, in the order of the lines.
  private(set) var faults: [CSVFault] = []
  private(set) var faultCount = 0

  init(_ reader: AnswerRow) { self.reader = reader }

  /// - Throws: the fault `too-many-rows`, after which reading on makes no sense.
  mutating func take(_ row: borrowing CSVRow) throws(CSVFault) {
    guard !row.isBlank else { return }
    guard hasNames else {
      hasNames = true
      return
    }
    rows += 1
    guard rows <= FileLimits.rows else {
      throw CSVFault(
        code: "too-many-rows", line: row.line,
        message: "Expected \(FileLimits.rows) lines at most; send several files.")
    }
    do throws(CSVFault) {
      let record = try reader.read(row)
      if faultCount == 0 { records.append(record) }
    } catch {
      note(error)
    }
  }

  private mutating func note(_ fault: CSVFault) {
    faultCount += 1
    if faults.count < FileLimits.faults { faults.append(fault) }
  }

  /// What all rows say together; the keeper is not used again.
  consuming func outcome(_ asked: [AskedCase]) -> AnswerReader.Outcome {
    guard faultCount == 0 else { return .refused(faults, count: faultCount) }
    guard !records.isEmpty else {
      return .refused(
        [CSVFault(code: "no-rows", message: "There is nothing below the line with names.")],
        count: 1)
    }
    records.sort(by: AnswerRecord.isInOrder)
    var kept = 0
    for place in records.indices {
      let record = records[place]
      if kept > 0, let fault = contradiction(records[kept - 1], record) {
        note(fault)
      } else if kept == 0 || !record.repeats(records[kept - 1]) {
        records[kept] = record
        kept += 1
      }
    }
    guard faultCount == 0 else {
      return .refused(faults.sorted { $0.line < $1.line }, count: faultCount)
    }
    let repeated = records.count - kept
    records.removeLast(repeated)
    return .taken(rows: kept, repeated: repeated, AnswerBook(records: records, asked: asked))
  }

  /// What is wrong where two records are about the same and do not say the same.
  private func contradiction(_ first: AnswerRecord, _ second: AnswerRecord) -> CSVFault? {
    guard first.asked == second.asked, !second.repeats(first) else { return nil }
    // A refusal stands before all findings of its case.
    let refuses = first.complaint == AnswerRecord.wholeCase
    guard refuses || first.complaint == second.complaint else { return nil }
    let (earlier, later) = (min(first.line, second.line), max(first.line, second.line))
    return CSVFault(
      code: refuses ? "refused-and-found" : "said-otherwise", line: Int(later),
      message: refuses
        ? "Line \(earlier) and this one are about one case: a body that refuses finds nothing."
        : "Line \(earlier) says something else of the same complaint; expected one of them.")
  }
}

/// What an answer says, case by case.
struct AnswerBook: Sendable, Hashable {
  fileprivate let records: [AnswerRecord]
  fileprivate let asked: [AskedCase]

  /// Calls `body` for each case, in the order in which they were asked.
  func visitCases(_ body: (CaseAnswer) throws -> Void) rethrows {
    var place = 0
    while place < records.count {
      let first = records[place]
      let end = records[place...].firstIndex { $0.asked != first.asked } ?? records.count
      try body(answer(records[place..<end], asked[Int(first.asked)]))
      place = end
    }
  }

  /// How many cases it is about.
  var caseCount: Int {
    var count = 0
    visitCases { _ in count += 1 }
    return count
  }

  private func answer(_ said: ArraySlice<AnswerRecord>, _ asked: AskedCase) -> CaseAnswer {
    if let first = said.first, first.complaint == AnswerRecord.wholeCase {
      return CaseAnswer(
        reference: asked.reference,
        content: .refused(AnswerRefusal.allCases[Int(first.word)]))
    }
    return CaseAnswer(
      reference: asked.reference,
      content: .found(
        said.map { record in
          AnswerFinding(
            complaint: Int(record.complaint) - 1,
            word: AnswerFinding.Word.allCases[Int(record.word)],
            behaviour: Self.days(record.behaviourFrom, record.behaviourTo),
            reported: Self.days(record.reportedFrom, record.reportedTo))
        }))
  }

  private static func days(_ first: UInt16, _ last: UInt16) -> ClosedRange<CalendarDate>? {
    guard first != 0 else { return nil }
    return CalendarDate(daysSince1970: Int(first))...CalendarDate(daysSince1970: Int(last))
  }
}
