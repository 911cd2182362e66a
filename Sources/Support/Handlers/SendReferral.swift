import CaseModel
import Foundation
import PolicyLibrary
import WorkerKit

/// Hands one referral to the outside world: asks Intake for the least that is needed, writes it to the
/// outbox folder, and keeps nothing of it. A referral to an agency that another worker serves is that worker's to take
/// there: it is only announced.
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
    let key = try ReferralKey(parsing: effect.key)
    if try await hand(key, context) { return }
    let outbox = try ReferralOutbox(of: context)
    guard try !outbox.hasTaken(effect.idempotencyKey) else { return }
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
    let key = try ReferralKey(parsing: effect.key)
    let referral = try await context.slice.read { try $0.knownReferral(key) }
    if referral.servedBy != nil { return true }
    return try ReferralOutbox(of: context).hasTaken(effect.idempotencyKey)
  }

  /// False if no worker serves the agency.
  private func hand(_ key: ReferralKey, _ context: WorkerContext) async throws -> Bool {
    try await context.slice.write { tx in
      guard let worker = try tx.server(of: key.agency) else { return false }
      guard try !tx.knownReferral(key).isConsentWithdrawn else {
        throw EffectRefused(reason: WithdrawConsent.code)
      }
      try tx.hand(key, to: worker)
      return true
    }
  }
}
