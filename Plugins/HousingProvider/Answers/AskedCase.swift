import WorkerKit

/// A case in which a body was asked, as far as its answer is held against it.
struct AskedCase: Sendable, Hashable {
  let reference: CaseReference
  /// Complaints of the application, in its order: true where it was made to this body.
  let isTheirs: [Bool]
  /// Nothing that the body has on record is of a later day.
  let requestedOn: CalendarDate
  /// By when the body answers.
  let dueOn: CalendarDate
}

/// What a body says of one complaint.
struct AnswerFinding: Sendable, Hashable {
  /// Raw values are the words of this system.
  enum Word: String, Sendable, CaseIterable {
    case confirmed
    case disputed
    case noRecord = "no record"
  }

  /// Place in the application, from 0. (Files count from 1.)
  let complaint: Int
  let word: Word
  let behaviour: ClosedRange<CalendarDate>?
  let reported: ClosedRange<CalendarDate>?
}

/// Why a body gives nothing (Sch. 4 para 7). Raw values are the words of this system.
enum AnswerRefusal: String, Sendable, CaseIterable {
  case dataProtection = "data-protection"
  case investigatoryPowers = "investigatory-powers"
  case notHeld = "not-held"
  case notPublicFunction = "not-public-function"
}

/// What a file says of one case.
struct CaseAnswer: Sendable, Hashable {
  enum Content: Sendable, Hashable {
    /// In the application's order.
    case found([AnswerFinding])
    case refused(AnswerRefusal)
  }

  let reference: CaseReference
  let content: Content
}
