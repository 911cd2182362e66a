/// Which process is killed or stopped when: a function of the seed.
public struct FaultPlan: Sendable, Hashable {
  /// What is sent to a process.
  public enum Signal: String, Sendable, CaseIterable {
    /// SIGKILL.
    case kill
    /// SIGSTOP.
    case stop
    /// SIGCONT.
    case resume = "continue"
  }

  /// One signal to one process.
  public struct Step: Sendable, Hashable {
    /// Since the beginning of the run.
    public let at: Duration
    public let process: String
    public let signal: Signal
  }

  /// By time. Every stop has its end in the plan, so that nothing is left stopped.
  public let steps: [Step]

  /// Milliseconds from one fault to the next.
  static let gap = 500...4000
  /// Milliseconds for which a process is stopped.
  static let pause = 100...8000
  /// Kills of one process within ``window``: a supervisor gives up one that fails more often than this.
  static let killsLimit = 6
  /// Milliseconds.
  static let window = 60_000

  /// How often each signal is in it.
  public var counts: [Signal: Int] { steps.reduce(into: [:]) { $0[$1.signal, default: 0] += 1 } }

  /// - Parameters:
  ///   - processes: names of those that may be hit.
  ///   - milliseconds: how long the run is; nothing is stopped beyond its end.
  public init(seed: UInt64, processes: [String], milliseconds: Int) {
    var draft = Draft(numbers: SeededNumbers(seed: seed, part: -1), end: milliseconds)
    if !processes.isEmpty {
      var now = draft.numbers.next(in: Self.gap)
      while now < milliseconds {
        draft.addFault(at: now, processes)
        now += draft.numbers.next(in: Self.gap)
      }
    }
    // Those of the same moment stay in the order in which they were drawn.
    steps = draft.steps.enumerated()
      .sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element)
  }
}

extension FaultPlan {
  /// A plan that is being drawn.
  private struct Draft {
    var numbers: SeededNumbers
    let end: Int
    var steps: [Step] = []
    var kills: [String: [Int]] = [:]
    var stoppedUntil: [String: Int] = [:]

    /// Of twenty faults, ten kill one process, three kill two at once, and seven stop one.
    mutating func addFault(at now: Int, _ processes: [String]) {
      let kind = numbers.next(below: 20)
      let victim = processes[numbers.next(below: processes.count)]
      guard kind < 13, kill(victim, at: now) else { return stop(victim, at: now) }
      guard kind >= 10 else { return }
      let others = processes.filter { $0 != victim }
      guard !others.isEmpty else { return }
      _ = kill(others[numbers.next(below: others.count)], at: now)
    }

    /// False if it was killed too often of late.
    private mutating func kill(_ process: String, at now: Int) -> Bool {
      let recent = kills[process, default: []].filter { now - $0 < FaultPlan.window }
      guard recent.count < FaultPlan.killsLimit else { return false }
      kills[process] = recent + [now]
      add(.kill, process, at: now)
      return true
    }

    private mutating func stop(_ process: String, at now: Int) {
      let until = min(now + numbers.next(in: FaultPlan.pause), end)
      guard now >= stoppedUntil[process, default: 0], until > now else { return }
      stoppedUntil[process] = until
      add(.stop, process, at: now)
      add(.resume, process, at: until)
    }

    private mutating func add(_ signal: Signal, _ process: String, at now: Int) {
      steps.append(Step(at: .milliseconds(now), process: process, signal: signal))
    }
  }
}
