import CaseModel
import PolicyLibrary
import WorkerKit

/// Keeps a consent to be referred. Before the assessment it waits for its fellows; later it can lead to
/// a referral at once.
struct TakeConsent {
  let reference: CaseReference
  let consent: KeptConsent
  /// Where it stands in the log: the order of consents.
  let position: UInt64
  let isReplay: Bool

  func apply(_ library: PolicyLibrary, in tx: SliceTransaction) throws {
    let supported = try tx.knownCase(reference)
    try tx.keep(consent, at: position, of: reference)
    guard supported.isDecided, !isReplay else { return }
    // One that is under way by the same person's consent is enough; one that failed is not under way.
    let taken = Set(
      try tx.referrals(of: reference)
        .filter {
          $0.state != .failed && !$0.isConsentWithdrawn && $0.personKey == consent.personKey
        }.map(\.agency))
    let agencies = try library.agencies(for: supported, in: tx).filter { !taken.contains($0) }
    let decision = SupportDecision.make(consents: [consent], agencies: agencies)
    guard case .refer(let referrals) = decision else { return }
    try tx.intend(referrals, of: reference)
  }
}
