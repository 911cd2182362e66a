/// When a child that left without being asked is started again, and when it is given up.
///
/// A child is always restarted, whatever its exit status, after a pause that doubles from
/// ``firstPause`` to ``pauseLimit``. A stable run forgives every earlier failure.
public struct RestartPolicy: Sendable, Hashable {
  /// 100 ms doubling to 5 s; given up at the tenth failure within a minute.
  public static let `default` = RestartPolicy()

  /// The pause after the first failure.
  public var firstPause: Duration
  /// The longest pause.
  public var pauseLimit: Duration
  /// A child that was ready for this long has forgotten its earlier failures.
  public var stableRun: Duration
  /// So many failures within ``failuresWindow``, the last included, and the child is given up.
  public var failuresLimit: Int
  /// How far back failures are counted.
  public var failuresWindow: Duration
  /// A child that is not ready this long after its start is killed, which counts as a failure.
  public var readyLimit: Duration

  /// Makes a policy; what is not named has the value of ``default``.
  public init(
    firstPause: Duration = .milliseconds(100),
    pauseLimit: Duration = .seconds(5),
    stableRun: Duration = .seconds(30),
    failuresLimit: Int = 10,
    failuresWindow: Duration = .seconds(60),
    readyLimit: Duration = .seconds(120)
  ) {
    self.firstPause = firstPause
    self.pauseLimit = pauseLimit
    self.stableRun = stableRun
    self.failuresLimit = failuresLimit
    self.failuresWindow = failuresWindow
    self.readyLimit = readyLimit
  }

  /// The pause after so many failures without a stable run between them; 1 is the first.
  public func pause(afterFailures failures: Int) -> Duration {
    var pause = firstPause
    for _ in 1..<max(failures, 1) {
      guard pause < pauseLimit else { break }
      pause *= 2
    }
    return min(pause, pauseLimit)
  }
}

/// One child's failures since its last stable run, and the decision that follows from them.
struct FailureHistory: Sendable, Hashable {
  /// What to do about a child that failed.
  enum Verdict: Sendable, Hashable {
    case restart(after: Duration)
    case giveUp
  }

  /// Failures since the last stable run.
  private var failures = 0
  /// When the latest of them happened; never more than the policy's limit.
  private var recent: [Duration] = []

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
    guard recent.count < policy.failuresLimit else { return .giveUp }
    return .restart(after: policy.pause(afterFailures: failures))
  }
}
