import CaseModel
import Testing

@testable import Letters

/// Letters are for people of any age and schooling: short sentences.
@Suite struct ReadabilityTests {
  static let wordsLimit = 25
  static let meanLimit = 12.0

  /// What is read in one breath.
  static func sentences(_ paper: Paper) -> [String] {
    let texts = paper.blocks.flatMap { block -> [String] in
      switch block {
      case .heading(_, let text): [text]
      case .paragraph(let line): [line.text]
      case .list(let lines): lines.map(\.text)
      case .table: []
      }
    }
    return texts.flatMap { text in
      text.split { ".;:!?".contains($0) }.map(String.init).filter { $0.contains(where: \.isLetter) }
    }
  }

  /// What stands in brackets, such as a clause, is not read aloud with the rest.
  static func words(_ sentence: String) -> Int {
    sentence.replacing(/\([^)]*\)/, with: "").split(separator: " ").count
  }

  @Test(arguments: Sample.all, Language.allCases)
  func `sentences are short`(sample: Sample, language: Language) throws {
    let sentences = try Self.sentences(sample.notice().paper(in: language))
    #expect(sentences.count > 20)
    for sentence in sentences {
      #expect(Self.words(sentence) <= Self.wordsLimit, "\(sentence)")
    }
    let mean = Double(sentences.map(Self.words).reduce(0, +)) / Double(max(1, sentences.count))
    #expect(mean <= Self.meanLimit)
  }
}
