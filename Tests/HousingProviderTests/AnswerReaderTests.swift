import Testing
import WorkerKit

@testable import HousingProvider

@Suite struct AnswerReaderTests {
  private static let names =
    "case_reference,complaint,finding,behaviour_from,behaviour_to,complaint_from,complaint_to,refused"

  private static func file(_ rows: String...) -> String {
    ([names] + rows.map { $0.replacing("REF", with: Asked.first) }).joined(separator: "\n") + "\n"
  }

  @Test func `findings are taken in the application's order, whatever the order of the lines`() {
    let outcome = Asked.read(
      Self.file(
        "REF,4,no record,,,,,", "REF,1,confirmed,2026-01-09,2026-01-10,2026-01-11,,",
        "REF,2,disputed,,,,,"))
    let day = Asked.day
    #expect(
      outcome.answers == [
        CaseAnswer(
          reference: Asked.cases[0].reference,
          content: .found([
            AnswerFinding(
              complaint: 0, word: .confirmed, behaviour: day("2026-01-09")...day("2026-01-10"),
              reported: day("2026-01-11")...day("2026-01-11")),
            AnswerFinding(complaint: 1, word: .disputed, behaviour: nil, reported: nil),
            AnswerFinding(complaint: 3, word: .noRecord, behaviour: nil, reported: nil),
          ]))
      ])
  }

  @Test func `a refusal is one line without findings`() {
    for ground in AnswerRefusal.allCases {
      let outcome = Asked.read(Self.file("REF,,,,,,,\(ground.rawValue)"))
      #expect(outcome.answers?.map(\.content) == [.refused(ground)])
    }
  }

  @Test func `a line that is there twice counts once`() throws {
    let outcome = Asked.read(
      Self.file("REF,1,confirmed,,,,,", "REF,2,no record,,,,,", "REF,1,confirmed,,,,,"))
    guard case .taken(let rows, let repeated, _) = outcome else {
      Issue.record("it was refused")
      return
    }
    #expect(rows == 2)
    #expect(repeated == 1)
  }

  @Test(arguments: [
    ("REF,1,confirmed,2026-02-30,,,,", "not-a-day", 2, 4, "behaviour_from"),
    ("REF,1,confirmed,02/25/2026,,,,", "not-a-day", 2, 4, "behaviour_from"),
    ("REF,1,confirmed,2026-07-01,,,,", "day-after-request", 2, 4, "behaviour_from"),
    ("REF,1,confirmed,,2026-01-09,,,", "missing", 2, 4, "behaviour_from"),
    ("REF,1,confirmed,2026-01-09,2026-01-08,,,", "days-reversed", 2, 5, "behaviour_to"),
    (
      "REF,1,confirmed,2026-01-09,,2026-01-08,,", "reported-before-behaviour", 2, 6,
      "complaint_from"
    ),
    ("REF,1,no record,2026-01-09,,,,", "days-of-nothing", 2, 4, "behaviour_from"),
    ("REF,2,confirmed,,,2026-01-09,,", "not-their-complaint", 2, 6, "complaint_from"),
    ("REF,0,confirmed,,,,,", "unknown-complaint", 2, 2, "complaint"),
    ("REF,5,confirmed,,,,,", "unknown-complaint", 2, 2, "complaint"),
    ("REF,99999999999999999999,confirmed,,,,,", "unknown-complaint", 2, 2, "complaint"),
    ("REF,one,confirmed,,,,,", "unknown-complaint", 2, 2, "complaint"),
    ("REF,,confirmed,,,,,", "missing", 2, 2, "complaint"),
    ("REF,1,,,,,,", "missing", 2, 3, "finding"),
    ("REF,1,no,,,,,", "unknown-finding", 2, 3, "finding"),
    ("REF,,,,,,,because", "unknown-ground", 2, 8, "refused"),
    ("REF,1,,,,,,not-held", "refused-and-found", 2, 2, "complaint"),
    (",1,confirmed,,,,,", "missing", 2, 1, "case_reference"),
    ("nonsense!,1,confirmed,,,,,", "not-a-reference", 2, 1, "case_reference"),
    ("00000000,1,confirmed,,,,,", "not-asked", 2, 1, "case_reference"),
    ("REF,1,confirmed", "row-length", 2, 0, ""),
    ("REF,1,confirmed,,,,,,", "row-length", 2, 0, ""),
  ])
  func `a line that is wrong is reported by line, column and name`(
    row: String, code: String, line: Int, column: Int, name: String
  ) {
    let faults = Asked.read(Self.file(row, "REF,3,confirmed,,,,,")).faults
    #expect(faults.map(\.code) == [code])
    #expect(faults.first?.line == line)
    #expect(faults.first?.column == column)
    #expect(faults.first?.name == name)
  }

  @Test func `lines that contradict each other are reported at the later one`() {
    let otherwise = Asked.read(Self.file("REF,1,confirmed,,,,,", "REF,1,disputed,,,,,"))
    #expect(otherwise.faults.map(\.code) == ["said-otherwise"])
    #expect(otherwise.faults.first?.line == 3)
    let both = Asked.read(Self.file("REF,1,confirmed,,,,,", "REF,,,,,,,not-held"))
    #expect(both.faults.map(\.code) == ["refused-and-found"])
    #expect(both.faults.first?.line == 3)
  }

  @Test func `all faults of a file are told, in the order of its lines, up to the bound`() {
    let row = "REF,9,confirmed,,,,,".replacing("REF", with: Asked.first)
    let count = FileLimits.faults + 5
    let text = ([Self.names] + Array(repeating: row, count: count)).joined(separator: "\n")
    guard case .refused(let faults, let all) = Asked.read(text) else {
      Issue.record("it was taken")
      return
    }
    #expect(all == count)
    #expect(faults.map(\.line) == Array(2..<(2 + FileLimits.faults)))
  }

  @Test func `a fault never repeats what stands in the file`() {
    let faults = Asked.read(Self.file("REF,Qzsecretword,Qzsecretword,Qzsecretword,,,,")).faults
    #expect(!faults.isEmpty)
    #expect(!faults.contains { "\($0)".contains("Qzsecret") })
  }

  @Test(arguments: [
    ("Case Ref;Complaint No.;Result;Incident Date;Reported Date", ";"),
    ("Recourse reference\tComplaint number\tOutcome\tDate of incident\tDate reported", "\t"),
    ("Name,CASE_REFERENCE,complaint,status,behaviour-date,complaint-date", ","),
  ])
  func `columns are known by other names, and others are passed over`(
    names: String, separator: String
  ) {
    let fields = [Asked.first.lowercased(), "1", "Confirmed", "09/01/2026", "11-Jan-26"]
    let row = (names.hasPrefix("Name") ? ["Tŷ Gwyn"] : []) + fields
    let answers = Asked.read(names + "\r\n" + row.joined(separator: separator) + "\r\n").answers
    guard case .found(let findings) = answers?.first?.content else {
      Issue.record("it was refused")
      return
    }
    #expect(findings.first?.behaviour?.lowerBound == Asked.day("2026-01-09"))
    #expect(findings.first?.reported?.lowerBound == Asked.day("2026-01-11"))
  }

  @Test(arguments: [
    ("", "no-names"), ("\n\n", "no-names"), ("a,b,c\n1,2,3\n", "no-names"),
    ("case_reference,complaint\n", "no-names"), ("case_reference,refused\n", "no-rows"),
    ("case_reference,case ref,refused\n", "column-twice"),
    ("PK\u{3}\u{4}rest of a workbook", "not-text"),
  ])
  func `a file that is no answer is refused as a whole`(text: String, code: String) {
    #expect(Asked.read(text).faults.map(\.code) == [code])
  }

  @Test func `nothing is taken of a file of which one line is wrong`() {
    let outcome = Asked.read(
      Self.file("REF,1,confirmed,,,,,", "REF,2,maybe,,,,,", "REF,3,confirmed,,,,,"))
    #expect(outcome.answers == nil)
  }
}
