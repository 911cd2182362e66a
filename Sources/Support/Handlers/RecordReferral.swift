import CaseModel
import PolicyLibrary
import WorkerKit

/// Keeps what came of a referral, and announces it. Where it will never be sent, self-referral is offered, so
/// that nobody is left with nothing.
struct RecordReferral {
  let effect: Effect

  init(_ effect: Effect) { self.effect = effect }

  func apply(in tx: SliceTransaction) throws {
    let key = try ReferralKey(parsing: effect.key)
    let supported = try tx.knownCase(key.reference)
    let referral = try tx.knownReferral(key)
    // Whose consent was taken back while it was on its way has been sent all the same.
    guard referral.state != .sent else { return }
    try tx.markSent(key, file: referral.servedBy == nil ? effect.idempotencyKey : "")
    if referral.isConsentWithdrawn, referral.servedBy == nil {
      try tx.intend(TakeBackReferral.effect, key: effect.key)
    }
    try tx.audit(
      actor: "support", action: "support.refer", subject: effect.key,
      reason: "consent \(referral.consentID)")
    try tx.announceMade(referral, supported)
  }

  /// - Parameter refused: what Intake said; nil if a person gave the referral up.
  func abandon(
    _ refused: EffectRefused?, _ library: PolicyLibrary, in tx: SliceTransaction
  ) throws {
    let key = try ReferralKey(parsing: effect.key)
    let supported = try tx.knownCase(key.reference)
    try tx.failReferral(key, code: refused?.reason ?? "given-up")
    try OfferSupport(agencies: try library.agencies(for: supported, in: tx))
      .apply(supported, in: tx)
  }
}
