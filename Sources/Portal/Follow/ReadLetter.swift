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
    let (view, _) = try await visit.gather(packs).view(session)
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
    // A letter in English stays so on a Welsh page, and is marked as such for who listens.
    let paragraphs = text.replacing("\r\n", with: "\n").split(separator: "\n\n").map { part in
      let words = part.trimmingPrefix { $0 == "\n" }
      return Block.paragraph(language == "en" ? .english(String(words)) : Words(String(words)))
    }
    return Screen(
      say.name(letter.kind), [.p(say.sentence(letter))] + paragraphs,
      back: visit.link("/case/letters"))
  }
}
