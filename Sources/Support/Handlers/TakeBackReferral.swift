import CaseModel
import PolicyLibrary
import WorkerKit

/// Removes a referral that is a file still, whose consent was taken back: nobody has fetched it, so that its agency knows
/// of nobody. That is on record as a referral that was not delivered, of which there is nothing to confirm.
enum TakeBackReferral {
  /// The kind of its effects; their key is the referral's.
  static let effect = "take-back-referral"

  static func route(_ library: PolicyLibrary) -> EffectRoute {
    .inside(
      effect,
      gather: { effect, context -> Bool in
        let key = try ReferralKey(parsing: effect.key)
        guard let file = try await context.slice.read({ try $0.file(of: key) }) else {
          return false
        }
        return try ReferralOutbox(of: context).takeBack(file)
      },
      apply: { effect, isBack, tx in
        guard isBack else { return }
        let key = try ReferralKey(parsing: effect.key)
        let referral = try tx.knownReferral(key)
        try tx.audit(
          actor: "support", action: "support.take-back-referral", subject: effect.key,
          reason: "consent \(referral.consentID) was withdrawn")
        // Where the agency has answered somebody had told it, whatever lay here.
        guard referral.answer == nil else { return }
        try RecordAnswer(
          reference: key.reference, agency: key.agency, consentID: referral.consentID,
          answer: .declined, reason: .notDelivered, answeredOn: tx.today, actor: "support"
        ).apply(library, in: tx)
      })
  }
}
