import CaseModel
import Foundation
import IntakeRules

/// An answer about a consent as it is kept, with the application or later. None is ever changed: the newest
/// about a subject counts.
struct KeptConsent: Sendable, Hashable {
  /// Raw values are stored, and are the names of `RecordConsentRequest.Answer`.
  enum Answer: String, Sendable {
    case given = "GIVEN"
    case refused = "REFUSED"
    case withdrawn = "WITHDRAWN"
  }

  /// Opaque; the same in the event that announces it. What takes a consent back has that consent's.
  let id: String
  let subject: ConsentSubject
  let answer: Answer
  /// Version of the words that were agreed to, or empty.
  let wording: String
  let at: Date
  /// Name of `Capacity`, or empty if they answered for themselves.
  let capacity: String
  /// Who answered for them, or empty.
  var saidBy = ""
  var reason = ""
  /// Who recorded it, or empty if it came with the application.
  var officer = ""

  /// The day in Europe/London.
  var day: CalendarDate {
    CalendarDate(ofUnixSeconds: Int64(at.timeIntervalSince1970.rounded(.down)))
  }

  var word: AwaitedConsents.Word { answer == .given ? .yes : .no }
}

/// Every answer about the consents of a case, in the order in which they came.
struct ConsentLedger: Sendable {
  /// Answers that a case may have after its application.
  static let laterAnswersLimit = 200

  private(set) var answers: [KeptConsent]

  init(_ answers: [KeptConsent]) { self.answers = answers }

  /// Later answers, those that came by a call.
  var laterCount: Int { answers.count { !$0.officer.isEmpty } }

  mutating func add(_ answer: KeptConsent) { answers.append(answer) }

  /// What was said last about a subject; nil if nobody was asked.
  func last(_ subject: ConsentSubject) -> KeptConsent? {
    answers.last { $0.subject == subject }
  }

  /// The consent of this id, if nobody has taken back what it is about since.
  func inForce(_ id: String) -> KeptConsent? {
    guard let place = answers.firstIndex(where: { $0.id == id && $0.answer == .given })
    else { return nil }
    let consent = answers[place]
    // Who consents anew after that does so under another id.
    let isTakenBack = answers[place...].contains {
      $0.subject == consent.subject && $0.answer != .given
    }
    return isTakenBack ? nil : consent
  }

  /// What a person has consented to, newest answers alone.
  func inForce(of person: ConsentingPerson) -> [KeptConsent] {
    answers.indices.filter { index in
      let answer = answers[index]
      return answer.subject.person == person && answer.answer == .given
        && answers.lastIndex { $0.subject == answer.subject } == index
    }.map { answers[$0] }
  }

  /// True if this victim lets the applicant apply for them.
  func hasAuthority(of person: ConsentingPerson) -> Bool {
    inForce(of: person).contains { $0.subject.purpose == ConsentSubject.thirdPartyAuthority }
  }

  /// What a review cannot be run without and is not there.
  func awaited(_ victims: [ConsentingPerson]) -> [AwaitedConsents.Awaited] {
    let words = Dictionary(answers.map { ($0.subject, $0.word) }) { _, later in later }
    return AwaitedConsents.find(words, victims)
  }
}
