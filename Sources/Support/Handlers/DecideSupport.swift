import CaseModel
import PolicyLibrary
import WorkerKit

/// Decides, once per case, whom to refer to or what to offer.
///
/// It does so when the threshold has been assessed. What the assessment says makes no difference:
/// support does not depend on the threshold. By then the consents of the application are in: Intake
/// announces an application with all that came with it in one transaction, and Threshold assesses it when
/// it has it. A consent that comes later all the same is not lost: ``TakeConsent`` acts on it.
struct DecideSupport {
  let reference: CaseReference
  let isReplay: Bool

  func apply(_ library: PolicyLibrary, in tx: SliceTransaction) throws {
    let supported = try tx.knownCase(reference)
    guard !supported.isDecided, !isReplay else { return }
    let decision = SupportDecision.make(
      consents: try tx.consents(of: reference),
      agencies: try library.agencies(for: supported, in: tx))
    try tx.markDecided(reference)
    switch decision {
    case .refer(let referrals): try tx.intend(referrals, of: reference)
    case .offer(let agencies): try OfferSupport(agencies: agencies).apply(supported, in: tx)
    }
  }
}

/// Offers the details by which people refer themselves, at most once per case.
struct OfferSupport {
  let agencies: [String]

  func apply(_ supported: SupportedCase, in tx: SliceTransaction) throws {
    guard !agencies.isEmpty, try tx.offer(to: supported.reference).isEmpty else { return }
    try tx.keepOffer(of: agencies, to: supported.reference)
    try tx.announceOffered(agencies, supported)
  }
}
