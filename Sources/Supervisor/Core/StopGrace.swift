/// How long a child may take to leave before it is told more firmly.
///
/// First its standard input ends, which means "drain and leave"; then it is sent SIGTERM; then
/// its whole process group is sent SIGKILL, which no process can refuse.
public struct StopGrace: Sendable, Hashable {
  /// 10 s to drain, 5 s more after SIGTERM.
  public static let `default` = StopGrace()

  /// From the end of input to SIGTERM.
  public var drain: Duration
  /// From SIGTERM to SIGKILL.
  public var terminate: Duration

  /// Makes a grace; what is not named has the value of ``default``.
  public init(drain: Duration = .seconds(10), terminate: Duration = .seconds(5)) {
    self.drain = drain
    self.terminate = terminate
  }
}
