/// A fact about the system under supervision, told in the order in which it became so.
///
/// `pid` is the process identifier that the operating system gave. Its `description` is one
/// sentence for a log or a terminal.
public enum SupervisorEvent: Sendable, Hashable {
  /// The child's process exists. `attempt` counts its starts from 1, failed ones included.
  case started(name: String, pid: Int32, attempt: Int)
  /// The child could not be started at all; it counts as a failure.
  case startFailed(name: String, description: String)
  /// The child said that it is ready.
  case ready(name: String, pid: Int32)
  /// A line, without its end, that the child wrote to standard output.
  case output(name: String, line: String)
  /// A line of the child's log could not be written, such as on a full disk; told once in a run.
  case logLost(name: String)
  /// The child has gone and left no process behind in its group.
  case exited(name: String, pid: Int32, description: String)
  /// Somebody has asked for the child's restart: it leaves in order, if it runs, and is started again.
  case restartAsked(name: String)
  /// There is another child from now on.
  case added(name: String)
  /// The child has left for good, and is none of this supervisor's any more.
  case removed(name: String)
  /// The child will be started again after the pause.
  case restarting(name: String, after: Duration)
  /// The child failed too often and is left alone for that time, then tried again; the others run on, and those
  /// that wait for it go on waiting.
  case gaveUp(name: String, triesAgainAfter: Duration)
  /// Every child is ready; said once each time that this becomes true, so again after a restart.
  case allReady
  /// The children are being stopped, last started first.
  case stopping
  /// No child is left. Nothing follows.
  case stopped
}

extension SupervisorEvent: CustomStringConvertible {
  /// One sentence, in English, without a full stop.
  public var description: String {
    switch self {
    case .started(let name, let pid, let attempt): "\(name) started as \(pid), start \(attempt)"
    case .startFailed(let name, let description): "\(name) could not be started: \(description)"
    case .ready(let name, let pid): "\(name) is ready as \(pid)"
    case .output(let name, let line): "\(name) says: \(line)"
    case .logLost(let name): "what \(name) logs cannot be written to its file"
    case .exited(let name, let pid, let description): "\(name) (\(pid)) \(description)"
    case .restartAsked(let name): "\(name) is to be started anew, as somebody has asked"
    case .added(let name): "\(name) is one of the processes now"
    case .removed(let name): "\(name) is none of the processes any more"
    case .restarting(let name, let pause): "\(name) will be started again in \(pause)"
    case .gaveUp(let name, let pause):
      "\(name) failed too often and is given up; it is tried again in \(pause)"
    case .allReady: "all are ready"
    case .stopping: "stopping"
    case .stopped: "all have stopped"
    }
  }
}
