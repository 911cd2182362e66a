import CaseModel
import PolicyLibrary
import WorkerKit

/// Keeps what came of a referral, and announces it. Where Intake would not pass anything on, self-referral
/// is offered, so that nobody is left with nothing.
struct RecordReferral {
  let effect: Effect

  init(_ effect: Effect) { self.effect = effect }

  func apply(_ library: PolicyLibrary, in tx: SliceTransaction) throws {
    let key = try ReferralKey(parsing: effect.key)
    let supported = try tx.knownCase(key.reference)
    let referral = try tx.knownReferral(key)
    switch referral.state {
    case .sent: return
    case .failed:
      try OfferSupport(agencies: try library.agencies(for: supported, in: tx))
        .apply(supported, in: tx)
    case .intended:
      try tx.markSent(key)
      try tx.audit(
        actor: "support", action: "support.refer", subject: effect.key,
        reason: "consent \(referral.consentID)")
      try tx.announceMade(referral, supported)
    }
  }
}
