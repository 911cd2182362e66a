import Foundation
import Testing
import WorkerKit

@testable import HousingProvider

/// Answers that are written in dialects by chance, and read back.
@Suite struct AnswerPropertyTests {
  /// An answer and one way of writing it.
  private struct Drawn {
    let answers: [CaseAnswer]
    let bytes: [UInt8]
  }

  private static func draw(_ seed: UInt64) -> Drawn {
    var numbers = Seeded(seed)
    let answers = answers(&numbers)
    let separator = [",", ";", "\t"].randomElement(using: &numbers) ?? ","
    let lineEnd = ["\n", "\r\n", "\r"].randomElement(using: &numbers) ?? "\n"
    let style = Int.random(in: 0..<3, using: &numbers)
    var rows = answers.flatMap { Self.rows($0, style) }.shuffled(using: &numbers)
    if let again = rows.randomElement(using: &numbers) { rows.append(again) }
    let quotes = Bool.random(using: &numbers)
    let text = ([names] + rows).map { row in
      (row + ["Tŷ – £1"]).map { quotes ? "\"\($0)\"" : $0 }.joined(separator: separator) + lineEnd
    }.joined()
    return Drawn(answers: answers, bytes: encoded(text, Int.random(in: 0..<5, using: &numbers)))
  }

  private static let names = [
    "case_reference", "complaint", "finding", "behaviour_from", "behaviour_to", "complaint_from",
    "complaint_to", "refused",
  ]

  private static func answers(_ numbers: inout Seeded) -> [CaseAnswer] {
    let count = Int.random(in: 1...Asked.cases.count, using: &numbers)
    return Asked.cases.prefix(count).map { asked in
      if Int.random(in: 0..<4, using: &numbers) == 0,
        let ground = AnswerRefusal.allCases.randomElement(using: &numbers)
      {
        return CaseAnswer(reference: asked.reference, content: .refused(ground))
      }
      let findings = asked.isTheirs.enumerated().map { index, isTheirs -> AnswerFinding in
        let word = AnswerFinding.Word.allCases.randomElement(using: &numbers) ?? .confirmed
        guard isTheirs, word != .noRecord, Bool.random(using: &numbers) else {
          return AnswerFinding(complaint: index, word: word, behaviour: nil, reported: nil)
        }
        let from = CalendarDate(daysSince1970: Int.random(in: 20_000...20_500, using: &numbers))
        let to = from.adding(days: Int.random(in: 0...9, using: &numbers))
        return AnswerFinding(
          complaint: index, word: word, behaviour: from...to, reported: to...to.adding(days: 3))
      }
      return CaseAnswer(reference: asked.reference, content: .found(findings))
    }
  }

  private static func rows(_ answer: CaseAnswer, _ style: Int) -> [[String]] {
    let reference = answer.reference.description
    switch answer.content {
    case .refused(let ground): return [[reference, "", "", "", "", "", "", ground.rawValue]]
    case .found(let findings):
      return findings.map { finding in
        [reference, String(finding.complaint + 1), finding.word.rawValue]
          + [finding.behaviour, finding.reported].flatMap { range in
            [day(range?.lowerBound, style), day(range?.upperBound, style)]
          } + [""]
      }
    }
  }

  private static func day(_ day: CalendarDate?, _ style: Int) -> String {
    guard let day else { return "" }
    let (year, month, date) = day.parts
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    return switch style {
    case 0: day.description
    case 1: "\(date)/\(month)/\(year)"
    default: "\(date)-\(months[month - 1])-\(year % 100 < 10 ? "0" : "")\(year % 100)"
    }
  }

  private static func encoded(_ text: String, _ encoding: Int) -> [UInt8] {
    switch encoding {
    case 0: Array(text.utf8)
    case 1: [0xEF, 0xBB, 0xBF] + text.utf8
    case 2: [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    case 3: [0xFE, 0xFF] + text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    // Windows-1252 has no ŷ: what stands in its place is of no account.
    default: text.unicodeScalars.map { $0.value < 0x100 ? UInt8($0.value) : 0x96 }
    }
  }

  @Test(arguments: 0..<60)
  func `what was written in any dialect, encoding and order is read back`(seed: Int) {
    let drawn = Self.draw(UInt64(seed))
    let outcome = Asked.read(drawn.bytes)
    #expect(outcome.faults.map(\.code) == [])
    #expect(
      outcome.answers?.sorted { $0.reference < $1.reference }
        == drawn.answers.sorted { $0.reference < $1.reference })
    #expect(Asked.read(drawn.bytes, inPieces: 1 + seed) == outcome)
  }

  @Test(arguments: 0..<60)
  func `a file of which one byte is lost or changed is refused, or says what can be read in it`(
    seed: Int
  ) {
    var numbers = Seeded(UInt64(seed) &+ 1_000)
    let drawn = Self.draw(UInt64(seed))
    for _ in 0..<40 {
      var bytes = drawn.bytes
      let place = Int.random(in: 0..<bytes.count, using: &numbers)
      if Bool.random(using: &numbers) {
        bytes.remove(at: place)
      } else {
        bytes[place] = UInt8.random(in: 0...255, using: &numbers)
      }
      let outcome = Asked.read(bytes)
      // In whatever pieces it comes, and never half.
      #expect(Asked.read(bytes, inPieces: 7) == outcome)
      guard let answers = outcome.answers else {
        #expect(!outcome.faults.isEmpty)
        continue
      }
      // A digit may have become another one, and a line that says what another says may be gone: what is taken is still
      // about cases and complaints that were asked, each once.
      let references = answers.map(\.reference)
      #expect(Set(references).count == references.count)
      for answer in answers {
        guard case .found(let findings) = answer.content else { continue }
        #expect(Set(findings.map(\.complaint)).count == findings.count)
        #expect(findings.allSatisfy { (0..<4).contains($0.complaint) })
      }
    }
  }
}
