/// Classic mistakes that a run can have on purpose: a simulation that does not notice one of them is worth
/// nothing. Each acts from outside (on the disk, on the files while their process is down, on what the log's
/// storage says), so that no program carries it.
enum Mutant: String, CaseIterable {
  /// The log says that a batch is durable before it is.
  case acknowledgesBeforeTheDisk = "acknowledges-before-the-disk"
  /// The log's commits are not forced to the medium.
  case logIsNotSynced = "log-is-not-synced"
  /// A slice's commits are not forced to the medium.
  case sliceIsNotSynced = "slice-is-not-synced"
  /// The inbox's mark is written in a transaction of its own, before the effects.
  case marksBeforeTheEffects = "marks-before-the-effects"
  /// The outbox forgets an event when it is sent, not when it is durable.
  case forgetsWhatWasSent = "forgets-what-was-sent"
  /// Timers are gone after a restart.
  case dropsTimersAtRestart = "drops-timers-at-restart"
  /// The log tells repetitions by their age: after a restart it knows none.
  case dedupesByTime = "dedupes-by-time"
  /// A process does not raise the epoch when it takes a slice over, so that the old one is not fenced.
  case skipsTheFence = "skips-the-fence"
  /// The result of a command is not kept with its key.
  case forgetsCommands = "forgets-commands"
  /// Pages of the log are delivered in the wrong order.
  case deliversPagesOutOfOrder = "delivers-pages-out-of-order"
  /// An effect counts as confirmed when it is begun.
  case confirmsBeforeItActs = "confirms-before-it-acts"
  /// The numbers of events come from the storage's own counting, which leaves gaps.
  case countsWithGaps = "counts-with-gaps"
}
