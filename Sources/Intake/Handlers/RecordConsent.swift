import CaseModel
import Foundation
import IntakeRules
import PolicyLibrary
import WorkerKit

/// Puts on record what somebody answers about a consent after the application: that they give it, refuse it
/// or take it back. What was answered before stays on record, and the newest answer counts.
struct RecordConsent: Sendable {
  let answer: KeptConsent.Answer
  let form: LaterConsentForm
  /// Who answered for the person whose consent it is, or empty.
  let saidBy: String
  let officer: String
  /// Nil for now.
  let answeredOn: CalendarDate?
  let reason: String
  /// It is answered by the code of a letter, and by no person whom anybody saw.
  var isByCode = false

  struct Outcome: Sendable {
    let consent: KeptConsent
    /// What a review cannot be run without and is not there now.
    let awaited: [AwaitedConsents.Awaited]
  }

  /// - Throws: the refusals `unknown-case`, `date-in-future`, `reason-needed`, `date-before-the-last`,
  ///   `already-answered`, `nothing-to-withdraw`, `too-many-answers`; and what an application's consents
  ///   are refused for.
  func apply(
    _ reference: CaseReference, _ library: PolicyLibrary, in tx: SliceTransaction,
    using generator: inout some RandomNumberGenerator
  ) throws -> Outcome {
    let known = try tx.knownCase(reference)
    let victims = try tx.victims(of: reference)
    let pack = try library.pack(known.policyDigest, in: tx)
    let read = try form.read(under: pack, of: victims, now: tx.now)
    var ledger = try tx.consents(of: reference)
    guard ledger.laterCount < ConsentLedger.laterAnswersLimit else {
      throw Refusal(
        .state, code: "too-many-answers",
        message: "A case takes \(ConsentLedger.laterAnswersLimit) answers after its application. "
          + "What is on record stands.")
    }
    let moment = try moment(of: known, in: tx)
    let last = ledger.last(read.subject)
    let kept = KeptConsent(
      id: try taken(back: last, read, ledger)
        ?? CaseKeys.randomDigits(words: 1, using: &generator),
      subject: read.subject, answer: answer, wording: read.wording, at: moment,
      capacity: read.capacity, saidBy: saidBy, reason: reason, officer: officer)
    if let last, kept.day < last.day {
      throw Refusal(
        .state, code: "date-before-the-last", path: "answeredOn",
        message: "This was answered last on \(last.day); expected that day or a later one.")
    }
    ledger.add(kept)
    let awaited = ledger.awaited(victims)
    try tx.keep(kept, of: reference)
    // What they tell us themselves is not undone by whoever has a letter that was posted before.
    if !isByCode { try tx.endAnswerCodes(of: read.subject.person.path, reference) }
    try tx.audit(
      actor: officer, action: "intake.record-consent", subject: reference.description,
      reason: "\(answer.rawValue) \(read.subject.purpose) by \(read.subject.person.path)",
      words: reason)
    try tx.announce(kept, awaits: !awaited.isEmpty, of: known)
    return Outcome(consent: kept, awaited: awaited)
  }

  /// One of which only the day is known was at its beginning: nothing was relied on before.
  private func moment(of known: KnownCase, in tx: SliceTransaction) throws -> Date {
    guard let answeredOn else { return tx.now }
    guard answeredOn <= tx.today else {
      throw Refusal(
        .input, code: "date-in-future", path: "answeredOn",
        message: "\(answeredOn) is still to come; expected a day that has begun.")
    }
    guard answeredOn >= known.receivedOn || !reason.isEmpty else {
      throw Refusal(
        .input, code: "reason-needed", path: "reason",
        message: "The application was received on \(known.receivedOn), after this was answered; "
          + "expected why it comes now.")
    }
    guard answer == .given || answeredOn >= tx.today || !reason.isEmpty else {
      throw Refusal(
        .input, code: "reason-needed", path: "reason",
        message: "It was \(answer.rawValue) on \(answeredOn), before today; "
          + "expected why it comes now, or no day for today.")
    }
    return Date(timeIntervalSince1970: Double(LondonTime.startOfDay(answeredOn)))
  }

  /// The id of the consent that is taken back; nil for another answer, which has one of its own.
  private func taken(
    back last: KeptConsent?, _ read: ConsentAnswer, _ ledger: ConsentLedger
  ) throws -> String? {
    switch (answer, last?.answer) {
    case (.withdrawn, .given): return last?.id
    case (.withdrawn, _):
      let inForce = ledger.inForce(of: read.subject.person).map { consent in
        consent.subject.purpose
          + (consent.subject.recipient.isEmpty ? "" : " to \(consent.subject.recipient)")
      }
      throw Refusal(
        .state, code: "nothing-to-withdraw", path: "purpose",
        message: "\(read.subject.person.path) has not consented to this; "
          + (inForce.isEmpty
            ? "nothing is in force of theirs. "
            : "in force of theirs: \(inForce.joined(separator: ", ")). ")
          + "Who was asked and said no has REFUSED.")
    // Other words may be agreed to at any time.
    case (.given, .given) where last?.wording != read.wording: return nil
    case (.given, .given):
      throw answered(last, "in these words. What changes it is WITHDRAWN, or another wording.")
    case (.refused, .given): throw answered(last, "and is then WITHDRAWN, not refused.")
    case (.refused, .refused), (.refused, .withdrawn):
      throw answered(last, "and nothing is in force. What changes it is GIVEN.")
    case (.given, _), (.refused, nil): return nil
    }
  }

  private func answered(_ last: KeptConsent?, _ what: String) -> Refusal {
    let answer = last?.answer.rawValue ?? ""
    let day = last.map { " on \($0.day)" } ?? ""
    return Refusal(
      .state, code: "already-answered", path: "answer",
      message: "This was \(answer)\(day) already, \(what)")
  }
}
