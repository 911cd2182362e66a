import CaseModel
import Foundation
import WorkerKit

/// Gives an application its case reference, keeps it, and announces what may be known of it.
struct ReceiveApplication {
  let application: CheckedApplication
  let submittedBy: String

  /// References that are drawn before giving up. One in many millions is taken, so that a second
  /// draw is rare and this many mean that something else is wrong.
  static let drawsLimit = 8

  func apply(
    in tx: SliceTransaction, using generator: inout some RandomNumberGenerator
  ) throws -> CaseReference {
    let reference = try drawReference(in: tx, using: &generator)
    let keys = CaseKeys(using: &generator)
    try tx.keep(application, as: reference, keys: keys, submittedBy: submittedBy)
    let consents = application.consents.map { answer in
      KeptConsent(
        id: CaseKeys.randomDigits(words: 1, using: &generator), subject: answer.subject,
        answer: answer.given ? .given : .refused, wording: answer.wording,
        at: answer.at ?? application.receivedAt, capacity: answer.capacity)
    }
    for consent in consents { try tx.keep(consent, of: reference) }
    try tx.audit(
      actor: submittedBy, action: "intake.submit", subject: reference.description)

    try tx.announceReceived(application, reference)
    // Consents first: the threshold is assessed after the last complaint, and whoever acts on that has then
    // heard of every consent.
    let known = KnownCase(
      reference: reference, policyDigest: application.policyDigest,
      receivedOn: application.receivedOn, keys: keys)
    for consent in consents where consent.answer == .given {
      try tx.announce(consent, awaits: !application.awaited.isEmpty, of: known)
    }
    for facts in application.complaintFacts(keys: keys) {
      try tx.announceRecorded(facts, under: application.policyDigest, reference)
    }
    return reference
  }

  private func drawReference(
    in tx: SliceTransaction, using generator: inout some RandomNumberGenerator
  ) throws -> CaseReference {
    for _ in 0..<Self.drawsLimit {
      let reference = CaseReference(using: &generator)
      if try !tx.hasCase(reference) { return reference }
    }
    throw Refusal(
      .tryAgain, code: "no-free-reference",
      message: "No free case reference was found. Nothing was kept; try again.")
  }
}
