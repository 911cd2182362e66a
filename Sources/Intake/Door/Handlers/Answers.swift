import CaseModel
import IntakeRules
import PolicyLibrary
import WorkerKit

/// A code for somebody who is asked for a consent and has not applied, so that they can answer without the one who did.
struct IssueAnswerCode: Sendable {
  /// Who is asked, by where the application names them.
  let person: String
  /// Name of a `Consent.Purpose`.
  let purpose: String
  /// Who writes to them.
  let caller: Caller

  struct Outcome: Sendable {
    let code: DoorCode
    let keptUntil: CalendarDate
  }

  /// - Throws: the refusals `unknown-case`, `not-awaited`, `shared-way` and `no-free-code`.
  func apply(
    _ reference: CaseReference, in tx: SliceTransaction,
    using generator: inout some RandomNumberGenerator
  ) throws -> Outcome {
    _ = try tx.knownCase(reference)
    let victims = try tx.victims(of: reference)
    let awaited = try tx.consents(of: reference).awaited(victims)
    guard person != ConsentingPerson.applicant.path,
      awaited.contains(where: { $0.person.path == person && $0.purpose == purpose })
    else {
      throw Refusal(
        .state, code: "not-awaited", path: "person",
        message: "Nobody else than the applicant is asked for this consent in the case.")
    }
    try checkWaysAreTheirOwn(reference, victims, in: tx)
    let code = try DoorCode.drawn(in: tx, using: &generator)
    let until = tx.today.adding(days: DoorBounds.answerDaysKept)
    try tx.keepAnswerCode(
      KeptAnswerCode(secret: code.secret.kept, person: person, purpose: purpose), of: reference,
      until: until)
    try tx.tidyLater()
    try tx.audit(
      actor: caller.principal, action: "intake.issue-answer-code", subject: reference.description,
      reason: "to \(person) for \(purpose)")
    return Outcome(code: code, keptUntil: until)
  }
}

extension Refusal {
  /// Whoever shows it was sent it once, and has not guessed.
  fileprivate static let endedCode = Refusal(
    .state, code: "ended-code", path: "code",
    message: "This code answers no more: its last day is over, another letter took its place, or "
      + "this was answered in another way. Tell the council in any way that suits you.")
}

extension IssueAnswerCode {
  /// Who has the letter has the code: it would be the applicant's word, or the alleged person's, and not theirs.
  private func checkWaysAreTheirOwn(
    _ reference: CaseReference, _ victims: [ConsentingPerson], in slice: SliceReader
  ) throws {
    let people = try slice.people(of: reference, victims: victims)
    let others = people.alleged + [people.parties[.applicant]].compactMap { $0 }
    let asked = try slice.person(named: person, field: "person", victims: victims)
    let ways = try slice.contact(of: asked, reference)?.ways ?? []
    guard !ways.contains(where: { SharedWay.isShared($0.address, with: others) }) else {
      throw Refusal(
        .state, code: "shared-way", path: "person",
        message: "A letter to them may come to somebody else first: they are reached as the "
          + "applicant is, or as somebody whom the complaints are about. Write to them without a "
          + "code, and ask them yourself.")
    }
  }
}

/// Who such a code is of, for whoever shows it.
struct FindAnswerCode: Sendable {
  /// Who is on record for what is answered by the code of a letter.
  static let recorder = "letter-code"

  let reference: CaseReference
  let code: DoorCode

  /// Every code of the case is compared, so that the time does not say which.
  func apply(in tx: SliceTransaction) throws -> Knock<KeptAnswerCode> {
    let kept = try tx.answerCodes(of: reference, on: tx.today)
    let secret = code.secret
    _ = secret.matches(.none)
    let matching = kept.filter { secret.matches($0.secret) }
    let found = matching.first
    if let refusal = try tx.refusal(
      of: [.aCase(reference), .everything], isRight: found != nil)
    {
      return .turnedAway(refusal)
    }
    guard let found else { return .turnedAway(.unknownCode) }
    guard !found.hasEnded else { return .turnedAway(.endedCode) }
    return .letIn(found)
  }
}
