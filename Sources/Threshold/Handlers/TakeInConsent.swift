import CaseModel
import Policy
import PolicyLibrary
import ThresholdRules
import WorkerKit

/// Takes note of a consent without which a review cannot be run. When the one that was waited for has
/// come, the clock that stood still for it runs again.
struct TakeInConsent {
  /// Why a clock stands still by itself.
  static let awaited = "A consent without which a review cannot be run is not there yet"
  private static let came = "The consent that was waited for is there"

  private static let sharing = "SHARE_WITH_RELEVANT_BODIES"
  private static let authority = "THIRD_PARTY_AUTHORITY"

  let library: PolicyLibrary

  /// Consents that come with an application come before its first complaint; it waits in spite of them. One
  /// that comes later ends the waiting, as soon as there is one to share with the relevant bodies.
  /// - Parameter purpose: name of `Consent.Purpose`.
  func apply(
    _ purpose: String, of reference: CaseReference, in tx: SliceTransaction
  ) throws {
    guard [Self.sharing, Self.authority].contains(purpose),
      let application = try tx.application(of: reference)
    else { return }
    try tx.keepConsent(to: purpose, of: reference)
    guard application.awaitsConsent, try tx.hasConsent(to: Self.sharing, of: reference),
      try !tx.facts(of: application).complaints.isEmpty
    else { return }
    try tx.keepConsented(reference)
    try tx.audit(
      actor: "threshold", action: "threshold.consented", subject: reference.description,
      reason: purpose)
    try resume(application, in: tx)
  }

  private func resume(_ application: KeptApplication, in tx: SliceTransaction) throws {
    let reference = application.reference
    guard var clock = try tx.openClock(.decide, of: reference),
      try tx.isPausedByItself(clock, of: reference), let last = clock.running.changes.last
    else { return }
    // Received after hours, it has not begun to count yet.
    let change = RunningClock.Change.resumed(on: max(tx.today, last.on))
    try clock.running.apply(change)
    try tx.keep(change, of: clock, by: nil, reason: Self.came, reference)
    let pack = try library.pack(application.policyDigest, in: tx)
    let clocks = CaseClocks(library: library)
    try clocks.withinHorizon(.decide, reference, in: tx) {
      let due = try clock.running.due(in: pack.calendar)
      try tx.announceChanged(clock, change, due: due, of: application)
    }
    try clocks.schedule(clock, reference, under: pack, in: tx)
  }
}
