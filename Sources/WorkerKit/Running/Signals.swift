/// Who is to be told when the slice has changed.
struct Signals: Sendable {
  let outbox = Signal()
  let timers = Signal()
  let effects = Signal()
  let audit = Signal()
  let readiness = Signal()
  /// Raised when this process can no longer use the slice.
  let lost = Signal()
  /// Raised when the broker does not want this process.
  let refused = Signal()

  func tell(_ change: SliceChange, _ progress: Progress) {
    progress.update { $0.changes += 1 }
    if change.hasEmitted { outbox.raise() }
    if change.hasScheduled { timers.raise() }
    if change.hasIntended { effects.raise() }
    if change.hasAudited { audit.raise() }
    readiness.raise()
  }
}
