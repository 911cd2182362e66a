import CaseModel
import Policy
import PolicyLibrary
import ThresholdRules
import WorkerKit

/// Takes note of what was answered about a consent. When none is waited for any more, the clock that stood
/// still for it runs again; when one without which a review cannot be run is taken back, it stands still again,
/// if the policy lets it.
struct TakeInConsent {
  struct Answer: Sendable, Hashable {
    enum Kind: Sendable {
      case given
      case refused
      case withdrawn
    }

    let kind: Kind
    /// Name of `Consent.Purpose`.
    let purpose: String
    /// Whether one is waited for, with this answer; nil in events of before they said so.
    let awaits: Bool?
    /// The day in Europe/London; nil where it is not known.
    let on: CalendarDate?
  }

  /// Why a clock stands still by itself.
  static let awaited = "A consent without which a review cannot be run is not there yet"
  private static let came = "What was waited for has been answered"
  private static let refused = "A consent without which a review cannot be run was refused"
  private static let withdrawn = "A consent without which a review cannot be run was taken back"

  private static let sharing = "SHARE_WITH_RELEVANT_BODIES"
  private static let authority = "THIRD_PARTY_AUTHORITY"

  let library: PolicyLibrary

  func apply(_ answer: Answer, of reference: CaseReference, in tx: SliceTransaction) throws {
    guard let application = try tx.application(of: reference) else { return }
    let isNeeded = [Self.sharing, Self.authority].contains(answer.purpose)
    if answer.kind == .given, isNeeded {
      try tx.keepConsent(to: answer.purpose, of: reference)
    }
    let awaits = try answer.awaits ?? stillAwaits(application, in: tx)
    // What is given takes nothing away, nor does an answer about something else.
    guard awaits != application.awaitsConsent, !awaits || answer.kind != .given && isNeeded
    else { return }
    try tx.keepAwaitsConsent(awaits, reference)
    try tx.audit(
      actor: "threshold", action: awaits ? "threshold.awaits-consent" : "threshold.consented",
      subject: reference.description, reason: answer.purpose)
    if awaits {
      let reason = answer.kind == .withdrawn ? Self.withdrawn : Self.refused
      try pause(application, reason, in: tx)
    } else {
      try resume(application, on: min(answer.on ?? tx.today, tx.today), in: tx)
    }
  }

  /// As an event of before it was said has it. Consents that come with an application come before its first
  /// complaint; it waits in spite of them. One that comes later ends the waiting, as soon as there is one to
  /// share with the relevant bodies.
  private func stillAwaits(
    _ application: KeptApplication, in tx: SliceTransaction
  ) throws -> Bool {
    let hasCome =
      try tx.hasConsent(to: Self.sharing, of: application.reference)
      && !tx.facts(of: application).complaints.isEmpty
    return application.awaitsConsent && !hasCome
  }

  /// From the day on which it was given, which counts: the days since then were not waited for.
  private func resume(
    _ application: KeptApplication, on day: CalendarDate, in tx: SliceTransaction
  ) throws {
    guard let clock = try tx.openClock(.decide, of: application.reference),
      try tx.isPausedByItself(clock, of: application.reference),
      let last = clock.running.changes.last
    else { return }
    // Received after hours, it has not begun to count yet.
    try change(clock, .resumed(on: max(day, last.on)), Self.came, of: application, in: tx)
  }

  /// From today, however long ago it was taken back: a day that is written down later gives no time back. A
  /// deadline that has gone by stays: what is late then is late.
  private func pause(
    _ application: KeptApplication, _ reason: String, in tx: SliceTransaction
  ) throws {
    guard let clock = try tx.openClock(.decide, of: application.reference),
      clock.running.clock.isPausable, !clock.running.isPaused
    else { return }
    let earliest = clock.running.changes.last?.on ?? clock.running.anchor
    try change(clock, .paused(on: max(tx.today, earliest)), reason, of: application, in: tx)
  }

  private func change(
    _ clock: KeptClock, _ change: RunningClock.Change, _ reason: String,
    of application: KeptApplication, in tx: SliceTransaction
  ) throws {
    let reference = application.reference
    var clock = clock
    do throws(ClockRefusal) {
      try clock.running.apply(change)
    } catch {
      // The case goes on; that its clock was left as it is, is on record.
      return try tx.audit(
        actor: "threshold", action: "threshold.clock-left", subject: reference.description,
        reason: "\(clock.stage.rawValue): \(error.code)")
    }
    try tx.keep(change, of: clock, by: nil, reason: reason, reference)
    let pack = try library.pack(application.policyDigest, in: tx)
    let clocks = CaseClocks(library: library)
    try clocks.withinHorizon(.decide, reference, in: tx) {
      let due = try clock.running.due(in: pack.calendar)
      try tx.announceChanged(clock, change, due: due, of: application)
    }
    try clocks.schedule(clock, reference, under: pack, in: tx)
  }
}
