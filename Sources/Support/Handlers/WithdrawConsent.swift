import CaseModel
import PolicyLibrary
import WorkerKit

/// Takes note that a consent to be referred was taken back: nobody is referred by it any more. A referral that
/// has not been sent is abandoned, and self-referral offered. One that is a file nobody has fetched is removed; one that
/// has left cannot be called back from here, and is shown as one whose consent is gone, so that somebody tells the agency, until it has confirmed that it knows.
struct WithdrawConsent {
  /// Why a referral failed: stable code, kept with it.
  static let code = "consent-withdrawn"

  let reference: CaseReference
  let consent: KeptConsent
  /// When it was taken back.
  let day: CalendarDate
  /// Where it stands in the log: consents that come later are not meant.
  let position: UInt64
  let isReplay: Bool

  func apply(_ library: PolicyLibrary, in tx: SliceTransaction) throws {
    let supported = try tx.knownCase(reference)
    try tx.withdraw(consent, on: day, before: position, of: reference)
    guard !isReplay else { return }
    for referral in try tx.referrals(of: reference) where referral.isConsentWithdrawn {
      switch referral.state {
      case .intended:
        try tx.failReferral(referral.key(reference), code: Self.code)
        try tx.audit(
          actor: "support", action: "support.abandon-referral",
          subject: referral.key(reference).description,
          reason: "consent \(referral.consentID) was withdrawn")
        try OfferSupport(agencies: try library.agencies(for: supported, in: tx))
          .apply(supported, in: tx)
      case .sent:
        try tx.audit(
          actor: "support", action: "support.withdrawn-after-referral",
          subject: referral.key(reference).description,
          reason: "consent \(referral.consentID) was withdrawn")
        if referral.servedBy == nil {
          try tx.intend(TakeBackReferral.effect, key: referral.key(reference).description)
        }
      case .failed: continue
      }
    }
  }
}
