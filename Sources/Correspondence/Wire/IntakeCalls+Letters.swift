import CaseModel
import CorrespondenceRules
import GRPCCore
import Messages
import SwiftProtobuf
import WorkerKit

/// What is asked about a text before it is kept, or leaves.
struct LetterQuestion: Sendable {
  /// Each with its name; the answer names them.
  let parts: [(name: String, text: String)]
  let to: Addressee
}

/// Somebody of a case.
struct PersonQuestion: Sendable, Hashable {
  /// By where the application names them.
  let path: String
  /// Opaque within the case; empty where the path is known alone.
  var key = ""
}

extension Addressee {
  /// Nil for a body.
  var person: PersonQuestion? {
    guard case .person(let path, let key) = self else { return nil }
    return PersonQuestion(path: path, key: key)
  }
}

/// What Intake said, in the order of the questions.
struct PreparedLetters: Sendable {
  /// Of each letter the names of the parts that name what is protected from its reader, each once.
  var hits: [[String]]
  /// Nil where the case has nobody there.
  var contacts: [Contact?]
}

extension IntakeCalls {
  /// Asks about letters and people of one case, all at once as far as the bounds of a question allow.
  func prepare(
    _ letters: [LetterQuestion] = [], people: [PersonQuestion] = [], of reference: CaseReference
  ) async throws -> PreparedLetters {
    // What cannot be looked at is not clear: too long a letter, or one of which nothing is said.
    var prepared = PreparedLetters(
      hits: letters.map { $0.parts.map(\.name) },
      contacts: Array(repeating: nil, count: people.count))
    var asked = Self.questions(letters.map(\.parts), peopleCount: people.count)
    // A letter of nothing names nobody.
    for index in letters.indices where letters[index].parts.isEmpty { prepared.hits[index] = [] }
    asked.removeAll { $0.letters.isEmpty && $0.people.isEmpty }
    for question in asked {
      let request = Recourse_Intake_V1_PrepareLettersRequest.with {
        $0.caseReference = reference.description
        $0.purpose = .correspondence
        $0.letters = question.letters.map { .init(letters[$0]) }
        $0.people = question.people.map { .init(people[$0]) }
      }
      guard let answer = try await answer(to: request) else { continue }
      for (index, checked) in zip(question.letters, answer.letters) {
        // Whoever says neither is not believed.
        prepared.hits[index] = checked.clear ? [] : checked.hits.isEmpty ? ["text"] : checked.hits
      }
      for (index, told) in zip(question.people, answer.people) where told.known {
        prepared.contacts[index] = Contact(told.contact, people[index])
      }
    }
    return prepared
  }

  /// Which letters and which people, by their places, each question has.
  static func questions(
    _ letters: [[(name: String, text: String)]], peopleCount: Int
  ) -> [(letters: [Int], people: Range<Int>)] {
    var questions: [(letters: [Int], people: Range<Int>)] = []
    var (parts, bytes) = (0, 0)
    for (index, letter) in letters.enumerated() where !letter.isEmpty {
      let size = letter.map(\.text.utf8.count).reduce(0, +)
      guard letter.count <= partsLimit, size <= textLimit else { continue }
      let fits = parts + letter.count <= partsLimit && bytes + size <= textLimit
      if questions.isEmpty || !fits {
        questions.append(([], 0..<0))
        (parts, bytes) = (0, 0)
      }
      questions[questions.count - 1].letters.append(index)
      parts += letter.count
      bytes += size
    }
    for (number, start) in stride(from: 0, to: peopleCount, by: peopleLimit).enumerated() {
      let people = start..<min(start + peopleLimit, peopleCount)
      if number < questions.count {
        questions[number].people = people
      } else {
        questions.append(([], people))
      }
    }
    return questions
  }

  /// Nil where Intake refuses it because of the case.
  private func answer(
    to request: Recourse_Intake_V1_PrepareLettersRequest
  ) async throws -> Recourse_Intake_V1_PrepareLettersResponse? {
    let service = Recourse_Intake_V1_Guard.Stub(wrapping: context.client)
    do {
      return try await service.prepareLetters(request, options: .within(Self.answerLimit))
    } catch let error as RPCError {
      guard let refusal = Refusal(error), refusal.isAboutTheCase else { throw error }
      return nil
    }
  }
}

extension Recourse_Intake_V1_LetterToCheck {
  fileprivate init(_ letter: LetterQuestion) {
    self.init()
    protected = letter.to.reader.protected.map { .init($0) }
    parts = letter.parts.map { part in
      .with {
        $0.name = part.name
        $0.text = part.text
      }
    }
    reader = letter.to.person?.path ?? ""
  }
}

extension Recourse_Intake_V1_PersonToWriteTo {
  fileprivate init(_ question: PersonQuestion) {
    self.init()
    person = question.path
    personKey = question.path.isEmpty ? question.key : ""
  }
}

extension Contact {
  fileprivate init(
    _ answer: Recourse_Intake_V1_GetContactResponse, _ asked: PersonQuestion
  ) {
    self.init(
      name: answer.name, language: Language(rawValue: answer.language) ?? .english,
      ways: answer.ways.compactMap { way in
        guard let channel = NoticeWay(rawValue: way.channel) else { return nil }
        // Hours that cannot be read are none that may be relied on: nobody rings then.
        let hours = ContactSpan(way.between)
        guard way.between.isEmpty || hours != nil else { return nil }
        return Way(
          safe: SafeWay(channel, hours: hours, voicemail: way.voicemail), address: way.address)
      },
      path: answer.person.isEmpty ? asked.path : answer.person,
      key: answer.personKey.isEmpty ? asked.key : answer.personKey,
      wantsLargePrint: answer.adjustments.contains { adjustment in
        let words = adjustment.lowercased()
        return words.contains("large") && words.contains("print")
          || words.contains("print bras")
      })
  }
}

extension Recourse_Intake_V1_ProtectedParty {
  fileprivate init(_ party: ProtectedParty) {
    switch party {
    case .allegedPerpetrator: self = .allegedPerpetrator
    case .applicantSide: self = .applicantSide
    case .otherVictims: self = .otherVictims
    }
  }
}
