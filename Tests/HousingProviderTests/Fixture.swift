import WorkerKit

@testable import HousingProvider

/// A source of numbers that gives the same ones every time (SplitMix64).
struct Seeded: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// What a body was asked, in tests.
enum Asked {
  /// Three cases of four complaints, of which the first and the last two were made to the body.
  static let cases: [AskedCase] = {
    var generator = Seeded(7)
    return (0..<3).map { _ in
      AskedCase(
        reference: CaseReference(using: &generator), isTheirs: [true, false, true, true],
        requestedOn: day("2026-06-30"), dueOn: day("2026-07-14"))
    }
  }()

  static var first: String { cases[0].reference.description }

  static func day(_ text: String) -> CalendarDate {
    CalendarDate(text) ?? CalendarDate(daysSince1970: 0)
  }

  /// Reads a whole file at once, or in pieces of so many bytes.
  static func read(
    _ bytes: [UInt8], inPieces size: Int = .max, of asked: [AskedCase] = cases
  ) -> AnswerReader.Outcome {
    var reader = AnswerReader(asked: asked)
    var rest = bytes[...]
    while !rest.isEmpty {
      reader.read(Array(rest.prefix(size)))
      rest = rest.dropFirst(size)
    }
    return reader.end()
  }

  static func read(_ text: String) -> AnswerReader.Outcome { read(Array(text.utf8)) }
}

extension AnswerReader.Outcome {
  /// What it says of each case; nil if it was refused.
  var answers: [CaseAnswer]? {
    guard case .taken(_, _, let book) = self else { return nil }
    var answers: [CaseAnswer] = []
    book.visitCases { answers.append($0) }
    return answers
  }

  /// What is wrong with it; empty if it was taken.
  var faults: [CSVFault] {
    guard case .refused(let faults, _) = self else { return [] }
    return faults
  }
}
