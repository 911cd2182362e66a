import CaseModel
import Foundation
import PolicyLibrary
import WorkerKit

/// Hands one referral to the outside world: asks Intake for the least that is needed, writes it to the
/// outbox folder, and keeps nothing of it.
struct SendReferral {
  let effect: Effect
  let library: PolicyLibrary

  init(_ effect: Effect, _ library: PolicyLibrary) {
    self.effect = effect
    self.library = library
  }

  /// Returns when the referral is durable in the outbox.
  /// - Throws: `EffectRefused` with Intake's code if it never will be; else it may be tried again.
  func perform(_ context: WorkerContext) async throws {
    let outbox = try ReferralOutbox(of: context)
    guard try !outbox.hasTaken(effect.idempotencyKey) else { return }
    let key = try ReferralKey(parsing: effect.key)
    let (referral, referrer) = try await context.slice.read { [library] slice in
      let supported = try slice.knownCase(key.reference)
      return (try slice.knownReferral(key), try library.referrer(of: supported, in: slice))
    }
    guard !referral.isConsentWithdrawn else {
      throw EffectRefused(reason: WithdrawConsent.code)
    }
    let details = try await IntakeCall.referralDetails(key, consentID: referral.consentID, context)
    let letter = ReferralLetter(
      referral: effect.idempotencyKey, agency: key.agency, referrer: referrer, details)
    try outbox.put(letter.json(), as: effect.idempotencyKey)
  }

  /// True if an attempt that was cut off, or that a backup knows nothing of, had come to its end.
  func ask(_ context: WorkerContext) async throws -> Bool {
    try ReferralOutbox(of: context).hasTaken(effect.idempotencyKey)
  }
}
