/// Everything in the kit that waits, retries or grows is bounded by one of these.
public enum Bounds {
  /// How long a query waits for events that its caller has seen.
  public static let readWaitLimit: Duration = .seconds(5)
  /// How long a command waits for the log before it answers without a position.
  public static let announceWaitLimit: Duration = .seconds(5)
  /// Attempts at an event before it is set aside with its key.
  public static let attemptsLimit = 5
  /// Attempts at an event at which another worker was away, before it is set aside with its key all the same: it
  /// may be the event that fells the other worker. With the longest wait between them this is about half an hour.
  public static let awayAttemptsLimit = 200
  /// Wait before the second attempt at an event or an effect; doubles each time.
  public static let retryDelay: Duration = .milliseconds(100)
  /// Longest wait between two attempts.
  public static let retryDelayLimit: Duration = .seconds(10)
  /// Writes of different callers that share a transaction; others have the next.
  static let writesInGroup = 64
  /// Events taken in one transaction.
  public static let inboxBatchLimit = 64
  /// Bytes of one event; the log takes no larger ones.
  public static let eventBytesLimit = 256 * 1024
  /// Bytes of events sent to the log in one batch, unless a single one is larger.
  public static let outboxBatchBytesLimit = 512 * 1024
  /// Longest wait before a timer that could not be handled is tried again.
  public static let timerRetryLimit: Duration = .seconds(3600)
  /// Longest sleep of the timers: then they look at the clock again.
  public static let timerSleepLimit: Duration = .seconds(60)
  /// The machine's clock was set if it moved by more than this against one that nobody sets.
  public static let clockJumpLimit: Duration = .seconds(60)
  /// How long a worker's status shows that the clock was set.
  public static let clockJumpShownFor: Duration = .seconds(3600)
  /// What is written to see whether storage that failed works again.
  public static let trialBytes = 64 * 1024
  /// Events sent to the log in one batch.
  public static let outboxBatchLimit = 256
  /// How long what the audit has beyond the newest event may wait to be anchored in the log.
  public static let auditAnchorDelay: Duration = .seconds(10)
  /// How long the log may take for that.
  public static let auditAnchorLimit: Duration = .seconds(5)
  /// The same when the worker leaves.
  public static let auditAnchorLeaveLimit: Duration = .seconds(1)
  /// Lines of an account of who has looked into a case.
  public static let caseReadsLimit = 200
  /// Rows of an audit that are gathered into such an account at most, the newest; what is older is said to be there.
  public static let caseReadsRowsLimit = 20_000
  /// Looking at the same again for so long is one visit, where a reading is recorded by visits.
  public static let visitLimit: Duration = .seconds(600)
  /// Recorded readings of a case among which the same is looked for, the newest.
  static let visitRowsLimit = 20
  /// Faults of an audit that are told at most.
  public static let auditFaultsLimit = 100
  /// So many effects of a kind find another worker away, one after the other, until all of the kind rest: from then on
  /// one is tried for all, at growing intervals up to ``retryDelayLimit``, until somebody answers.
  public static let awayStreakLimit = 3
  /// Effects looked at in one round.
  public static let effectBatchLimit = 64
  /// Rows that an operator is shown at once.
  public static let operatorPageLimit = 500
  /// Characters of who does something and why.
  public static let groundsTextLimit = 1000
  /// From the end of one of a worker's rounds to the beginning of the next, at least.
  public static let roundInterval: Duration = .milliseconds(20)
  /// Timers looked at in one round.
  public static let timerBatchLimit = 64
  /// Results of commands kept for repetition, per slice.
  public static let commandsKeptLimit = 100_000
  /// How long the broker may take to say who is there.
  static let whoIsThereLimit: Duration = .seconds(10)
  /// Between two looks of a standby at the lock and at the broker's list.
  public static let standbyInterval: Duration = .milliseconds(200)
  /// How long the broker may take to say who is there; then a standby knows nothing.
  public static let standbyAnswerLimit: Duration = .seconds(1)
  /// Looks of a standby that lie further apart say nothing of the time between.
  public static let standbyGapLimit: Duration = .seconds(3)
  /// An active instance whose session is away for longer is killed by its standby: two heartbeats.
  public static let absenceLimit: Duration = .seconds(4)
  /// The same for one that has not been seen with a session yet, from the last beat by which it showed that it opens
  /// its slice.
  public static let firstSessionLimit: Duration = .seconds(60)
  /// From one such beat to the next.
  public static let openingBeatSeconds = 1
  /// How long the opening of a slice, with its migrations, may take while a standby waits.
  public static let openingLimit: Duration = .seconds(6 * 3600)
  /// How long a process that was killed may take to end.
  public static let killWaitLimit: Duration = .seconds(5)
  /// Between two looks whether it has ended.
  public static let killWaitInterval: Duration = .milliseconds(10)
  /// How long the broker may take to say where the log stands, when somebody asks how a worker is.
  static let headAnswerLimit: Duration = .seconds(1)
  /// Pages of a slice that a backup copies between two questions whether to go on.
  static let backupPagesPerStep: CInt = 256
  /// How long calls may go on after the worker was told to leave.
  public static let drainLimit: Duration = .seconds(5)
}
