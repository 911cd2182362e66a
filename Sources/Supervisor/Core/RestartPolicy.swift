/// When a child that left without being asked is started again, and when it is given up for a while.
///
/// A child is always restarted, whatever its exit status, after a pause that doubles from
/// ``firstPause`` to ``pauseLimit``. One that fails again and again is left alone for ``breakerPause`` and then
/// tried once; if that fails too, for twice as long, up to ``breakerPauseLimit``. A stable run forgives every
/// earlier failure.
public struct RestartPolicy: Sendable, Hashable {
  /// 100 ms doubling to 5 s; at the tenth failure within a minute given up for a minute, doubling to 15 minutes.
  public static let `default` = RestartPolicy()

  /// The pause after the first failure.
  public var firstPause: Duration
  /// The longest pause.
  public var pauseLimit: Duration
  /// A child that was ready for this long has forgotten its earlier failures.
  public var stableRun: Duration
  /// So many failures within ``failuresWindow``, the last included, and the child is given up for a while.
  public var failuresLimit: Int
  /// How far back failures are counted.
  public var failuresWindow: Duration
  /// How long a child that was given up is left alone before it is tried again.
  public var breakerPause: Duration
  /// The longest time that it is left alone.
  public var breakerPauseLimit: Duration
  /// A child that is not ready this long after its start is killed, which counts as a failure.
  public var readyLimit: Duration

  /// Makes a policy; what is not named has the value of ``default``.
  public init(
    firstPause: Duration = .milliseconds(100),
    pauseLimit: Duration = .seconds(5),
    stableRun: Duration = .seconds(30),
    failuresLimit: Int = 10,
    failuresWindow: Duration = .seconds(60),
    breakerPause: Duration = .seconds(60),
    breakerPauseLimit: Duration = .seconds(900),
    readyLimit: Duration = .seconds(120)
  ) {
    self.firstPause = firstPause
    self.pauseLimit = pauseLimit
    self.stableRun = stableRun
    self.failuresLimit = failuresLimit
    self.failuresWindow = failuresWindow
    self.breakerPause = breakerPause
    self.breakerPauseLimit = breakerPauseLimit
    self.readyLimit = readyLimit
  }

  /// The pause after so many failures without a stable run between them; 1 is the first.
  public func pause(afterFailures failures: Int) -> Duration {
    Self.doubled(firstPause, failures, upTo: pauseLimit)
  }

  /// How long the child is left alone when it is given up for the so-manieth time without a stable run between; 1 is
  /// the first.
  public func breakerPause(afterTrips trips: Int) -> Duration {
    Self.doubled(breakerPause, trips, upTo: breakerPauseLimit)
  }

  private static func doubled(_ first: Duration, _ times: Int, upTo limit: Duration) -> Duration {
    var pause = first
    for _ in 1..<max(times, 1) {
      guard pause < limit else { break }
      pause *= 2
    }
    return min(pause, limit)
  }
}

/// One child's failures since its last stable run, and the decision that follows from them.
struct FailureHistory: Sendable, Hashable {
  /// What to do about a child that failed.
  enum Verdict: Sendable, Hashable {
    case restart(after: Duration)
    /// It is left alone for so long, and then tried again.
    case giveUp(for: Duration)
  }

  /// Failures since the last stable run.
  private var failures = 0
  /// When the latest of them happened; never more than the policy's limit.
  private var recent: [Duration] = []
  /// How often it was given up since the last stable run. From the first on, every failure is one too many.
  private var trips = 0

  /// Takes a failure into account.
  ///
  /// - Parameters:
  ///   - now: When it happened.
  ///   - ready: How long the child had been ready, or nil if it never was in this run.
  mutating func failed(
    at now: Duration, readyFor ready: Duration?, policy: RestartPolicy
  ) -> Verdict {
    if let ready, ready >= policy.stableRun { self = FailureHistory() }
    failures += 1
    recent.removeAll { now - $0 >= policy.failuresWindow }
    recent.append(now)
    guard trips == 0, recent.count < policy.failuresLimit else {
      trips += 1
      recent = []
      return .giveUp(for: policy.breakerPause(afterTrips: trips))
    }
    return .restart(after: policy.pause(afterFailures: failures))
  }
}
