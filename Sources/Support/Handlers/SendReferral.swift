import CaseModel
import Foundation
import PolicyLibrary
import WorkerKit

/// Hands one referral to the outside world: asks Intake for the least that is needed, writes it to the
/// outbox folder, and keeps nothing of it. A referral to an agency that another worker serves is that worker's to take
/// there: it is only announced. It waits for a worker that is away, and becomes a file if that stays away.
struct SendReferral {
  let effect: Effect
  let library: PolicyLibrary

  init(_ effect: Effect, _ library: PolicyLibrary) {
    self.effect = effect
    self.library = library
  }

  /// Returns when the referral is durable in the outbox, or is another worker's.
  /// - Throws: `EffectRefused` with Intake's code if it never will be; else it may be tried again.
  func perform(_ context: WorkerContext) async throws {
    let key = try ReferralKey(parsing: effect.key)
    // What is a file stays one, whoever serves the agency by now.
    guard try !isTaken(context) else { return }
    switch try await way(of: key, context) {
    case .handed: return
    case .awaited: throw EffectPostponed(for: ServedAgency.lookInterval)
    case .file: break
    }
    let outbox = try ReferralOutbox(of: context)
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

  /// A worker that has no place for files has written none.
  private func isTaken(_ context: WorkerContext) throws -> Bool {
    guard context.outputDirectory != nil else { return false }
    return try ReferralOutbox(of: context).hasTaken(effect.idempotencyKey)
  }

  /// How a referral gets to its agency.
  private enum Way {
    case file
    /// It is another worker's now.
    case handed
    /// The worker that serves the agency is away.
    case awaited
  }

  private func way(of key: ReferralKey, _ context: WorkerContext) async throws -> Way {
    let served = try await context.slice.read { try $0.server(of: key.agency) }
    guard let worker = served?.worker else { return .file }
    let isThere = try await context.isConnected(worker)
    return try await context.slice.write { tx in
      guard try !tx.knownReferral(key).isConsentWithdrawn else {
        throw EffectRefused(reason: WithdrawConsent.code)
      }
      // It may have said something else meanwhile.
      guard let served = try tx.server(of: key.agency), served.worker == worker else {
        return .awaited
      }
      if isThere {
        try tx.noteAway(since: nil, worker)
        try tx.hand(key, to: worker)
        return .handed
      }
      guard let since = served.awaySince else {
        try tx.noteAway(since: tx.now, worker)
        return .awaited
      }
      return tx.now.timeIntervalSince(since) < ServedAgency.absenceLimit ? .awaited : .file
    }
  }
}
