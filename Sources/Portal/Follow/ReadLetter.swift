import Messages
import SwiftProtobuf

/// Reads one letter to the person of the session: only one that is in their own list, and as text.
struct ReadLetter {
  let visit: Visit
  let packs: PackShelf

  init(_ visit: Visit, _ packs: PackShelf) {
    self.visit = visit
    self.packs = packs
  }

  /// - Parameter id: of the letter; opaque.
  /// - Throws: ``Problem/notFound`` for one that is not theirs.
  func callAsFunction(_ id: String) async throws -> ReadableLetter {
    let session = try visit.needingSession()
    let (view, _) = try await visit.gather(packs, words: .none).view(session)
    return try await Self.read(id, of: view, visit.workers)
  }

  static func read(_ id: String, of view: CaseView, _ workers: Workers) async throws
    -> ReadableLetter
  {
    guard let letter = view.letters.first(where: { $0.id == id }) else { throw Problem.notFound }
    let answer = try await workers.correspondence.readNotice(
      .with {
        $0.noticeID = id
        $0.purpose = .ownLetter
        $0.person = CaseFacts.applicant
        $0.caseReference = view.reference
      }, options: Workers.limit)
    return ReadableLetter(
      letter: letter, subject: answer.subject, text: answer.text, language: answer.notice.language)
  }
}

/// A letter as it was written.
struct ReadableLetter: Sendable, Hashable {
  let letter: LetterFact
  let subject: String
  let text: String
  /// BCP 47.
  let language: String

  func screen(_ visit: Visit) -> Screen {
    let say = visit.say
    return Screen(
      say.name(letter.kind), [.p(say.sentence(letter))] + blocks, back: visit.link("/case/letters"))
  }

  /// The text in the parts that it is written in: what is underlined is a heading, and lines that begin with a hyphen are
  /// a list.
  var blocks: [Block] {
    let lines = text.replacing("\r\n", with: "\n").split(
      separator: "\n", omittingEmptySubsequences: false)
    return lines.split(whereSeparator: { $0.allSatisfy(\.isWhitespace) }).flatMap { part in
      blocks(of: part.map(String.init))
    }
  }

  private func blocks(of lines: [String]) -> [Block] {
    if lines.count > 1, Self.isRule(lines[1]) {
      let rest = Array(lines.dropFirst(2))
      return [.h2(lines[0])] + (rest.isEmpty ? [] : blocks(of: rest))
    }
    if lines.allSatisfy({ $0.hasPrefix("- ") }) {
      return [.list(lines.map { words(String($0.dropFirst(2))) })]
    }
    return [.paragraph(words(lines.joined(separator: "\n")))]
  }

  private static func isRule(_ line: String) -> Bool {
    line.count >= 3 && (line.allSatisfy { $0 == "-" } || line.allSatisfy { $0 == "=" })
  }

  /// A letter in English stays so on a Welsh page, and is marked as such for who listens.
  private func words(_ text: String) -> Words {
    language == "en" ? .english(text) : Words(text)
  }
}
