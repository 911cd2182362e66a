import CaseModel
import PolicyLibrary
import WorkerKit

/// Puts on record what an agency said of a referral. Where it will not help, self-referral is offered, so that nobody is
/// left with nothing.
struct RecordAnswer {
  let reference: CaseReference
  let agency: String
  let consentID: String
  let answer: ReferralAnswer
  let reason: DeclineReason?
  let answeredOn: CalendarDate
  /// Who tells it.
  let actor: String

  /// - Throws: the refusals `unknown-case`, `unknown-referral`, `referral-not-sent`, `day-in-future` and
  ///   `answer-does-not-follow`.
  func apply(_ library: PolicyLibrary, in tx: SliceTransaction) throws {
    let (supported, referral) = try tx.sentReferral(reference, agency, consentID)
    let day = try tx.past(answeredOn, path: "answeredOn")
    guard answer.mayFollow(referral.answer?.answer) else {
      throw Refusal(
        .state, code: "answer-does-not-follow", path: "answer",
        message: "\(agency) said before that it \(referral.answer?.answer.inWords ?? "").")
    }
    let kept = KeptAnswer(answer: answer, reason: reason, answeredOn: day)
    try tx.keep(kept, of: referral.key(reference))
    try tx.audit(
      actor: actor, action: "support.record-answer", subject: referral.key(reference).description,
      reason: answer.rawValue + (reason.map { " \($0.rawValue)" } ?? ""))
    try tx.announceAnswered(kept, referral, supported)
    guard answer == .declined else { return }
    try OfferSupport(agencies: try library.agencies(for: supported, in: tx))
      .apply(supported, in: tx)
  }
}

/// Puts on record that an agency knows that a consent was taken back.
struct RecordAcknowledgement {
  let reference: CaseReference
  let agency: String
  let consentID: String
  /// Nil for today.
  let acknowledgedOn: CalendarDate?
  /// Who tells it.
  let actor: String

  /// - Returns: false if it was on record before.
  /// - Throws: the refusals `unknown-case`, `unknown-referral`, `referral-not-sent`, `day-in-future` and
  ///   `consent-not-withdrawn`.
  func apply(in tx: SliceTransaction) throws -> Bool {
    let (supported, referral) = try tx.sentReferral(reference, agency, consentID)
    let day = try tx.past(acknowledgedOn, path: "acknowledgedOn")
    guard referral.isConsentWithdrawn else {
      throw Refusal(
        .state, code: "consent-not-withdrawn", path: "consentId",
        message: "The consent \(consentID) stands, as far as is known here.")
    }
    guard referral.acknowledgedOn == nil else { return false }
    try tx.keepAcknowledged(on: day, of: referral.key(reference))
    try tx.audit(
      actor: actor, action: "support.record-acknowledgement",
      subject: referral.key(reference).description, reason: day.description)
    try tx.announceAcknowledged(on: day, referral, supported)
    return true
  }
}

extension SliceTransaction {
  fileprivate func sentReferral(
    _ reference: CaseReference, _ agency: String, _ consentID: String
  ) throws -> (SupportedCase, KeptReferral) {
    guard let supported = try supportedCase(reference) else {
      throw Refusal(
        .notFound, code: "unknown-case", path: "caseReference",
        message: "There is no case \(reference).")
    }
    let referral = try referrals(of: reference).first {
      $0.agency == agency && $0.consentID == consentID
    }
    guard let referral else {
      throw Refusal(
        .notFound, code: "unknown-referral", path: "agency",
        message: "\(reference) has no referral to this agency by this consent.")
    }
    guard referral.state == .sent else {
      throw Refusal(
        .state, code: "referral-not-sent", path: "agency",
        message: "The referral has not been made, so that nobody can answer it.")
    }
    return (supported, referral)
  }

  /// The day that is said, or today.
  fileprivate func past(_ day: CalendarDate?, path: String) throws -> CalendarDate {
    guard let day else { return today }
    guard day <= today else {
      throw Refusal(
        .input, code: "day-in-future", path: path, message: "\(day) is still to come.")
    }
    return day
  }
}
