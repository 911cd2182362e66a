/// One child as the core sees it: where it stands, and what it has been through.
struct SupervisedChild: Sendable {
  /// Where a child stands. `README.md` has the table of what moves it on.
  enum State: Sendable, Hashable {
    /// Not started, because one that it starts after is not ready, or nothing has begun.
    case waiting
    /// Launched; killed if it has not said that it is ready by then.
    case starting(readyBy: Duration)
    case ready(since: Duration)
    /// Failed, and launched again then.
    case resting(until: Duration)
    /// Its input has ended; SIGTERM is sent then.
    case leaving(until: Duration)
    /// SIGTERM was sent; SIGKILL is sent then.
    case terminating(until: Duration)
    /// SIGKILL was sent; only its exit is awaited.
    case killed
    /// Gone for good, because the system stops.
    case stopped
    /// Failed too often, and left alone until then; after that it is launched again.
    case givenUp(until: Duration)
  }

  let name: String
  /// Where in the list the children stand that must be ready first.
  var predecessors: [Int]
  var state: State = .waiting
  /// The process of the current run, once it is known.
  var pid: Int32?
  /// How often it has been launched.
  var attempts = 0
  var failures = FailureHistory()
  /// An operator has asked for its restart, so that its end is no failure.
  var isAskedToLeave = false
  /// It is to leave for good.
  var isDismissed = false

  /// When the clock alone moves this child on, or nil.
  var deadline: Duration? {
    switch state {
    case .starting(let deadline), .resting(let deadline), .leaving(let deadline),
      .terminating(let deadline), .givenUp(let deadline):
      deadline
    case .waiting, .ready, .killed, .stopped: nil
    }
  }

  /// Whether a process of this child exists or is being made.
  var isAlive: Bool {
    switch state {
    case .starting, .ready, .leaving, .terminating, .killed: true
    case .waiting, .resting, .stopped, .givenUp: false
    }
  }

  var isReady: Bool { if case .ready = state { true } else { false } }
}
