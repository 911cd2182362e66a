/// How long a plugin may take in a check, and how much it may use. Each is told in the report where it is reached.
public enum ConformanceBounds {
  /// From the start of the process to `ready`.
  public static let readyLimit: Duration = .seconds(10)
  /// To take a few events into account, with all that follows.
  public static let settleLimit: Duration = .seconds(10)
  /// To end by itself, when the broker does not want it.
  public static let leaveLimit: Duration = .seconds(5)
  /// To drain and leave, after the end of its input: what a supervisor gives it before it is told more firmly.
  public static let drainLimit: Duration = .seconds(10)
  /// To call others and to act, before something is done to it half way.
  public static let halfWayLimit: Duration = .seconds(4)
  /// To acknowledge that a consent is withdrawn.
  public static let acknowledgeLimit: Duration = .seconds(10)
  /// Others refuse it for so long, or until it is done with what it was told.
  public static let refusedFor: Duration = .seconds(4)
  /// Calls of one event that is refused each time, before it is set aside.
  public static let attemptsLimit = 20
  /// Events that are fed to see how its memory grows.
  public static let memoryEvents = 2_000
  /// To take these into account.
  public static let memoryTimeLimit: Duration = .seconds(20)
  /// Bytes of memory that it may have in use after them.
  public static let memoryLimit = 268_435_456
  /// Trials that run at a time.
  public static let together = 4
}
