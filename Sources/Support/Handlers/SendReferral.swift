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

  /// Returns when the referral is durable in the outbox, or will never be and that is kept.
  /// - Throws: if it did not happen and may be tried again.
  func perform(_ context: WorkerContext) async throws {
    let outbox = try ReferralOutbox(of: context)
    guard !outbox.holds(effect.idempotencyKey) else { return }
    let key = try ReferralKey(parsing: effect.key)
    let (referral, referrer) = try await context.slice.read { [library] slice in
      let supported = try slice.knownCase(key.reference)
      return (try slice.knownReferral(key), try library.referrer(of: supported, in: slice))
    }
    switch try await IntakeCall.referralDetails(key, consentID: referral.consentID, context) {
    case .details(let details):
      let letter = ReferralLetter(
        referral: effect.idempotencyKey, agency: key.agency, referrer: referrer, details)
      try outbox.put(letter.json(), as: effect.idempotencyKey)
    case .refused(let code):
      try await context.slice.write { try $0.failReferral(key, code: code) }
    }
  }

  /// True if an attempt that was cut off had come to its end.
  func ask(_ context: WorkerContext) async throws -> Bool {
    if try ReferralOutbox(of: context).holds(effect.idempotencyKey) { return true }
    let key = try ReferralKey(parsing: effect.key)
    return try await context.slice.read { try $0.knownReferral(key).state == .failed }
  }
}
