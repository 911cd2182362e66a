import ArgumentParser
import Supervisor

/// `recourse restart`: ends processes of `recourse up` in order and waits until they are ready again.
struct RestartCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restart",
    abstract: "End a process of `recourse up` in order, and wait until it is ready again.",
    discussion: """
      So a new program, an approval or a procedure is taken into use. Without a name all processes are restarted, one \
      after another, the broker first; calls meanwhile wait or are told to try again, and no event is lost. A process \
      that failed too often is tried at once. It does not count as a failure. A process has \(Restart.waitLimit.components.seconds) \
      seconds to be ready; if one is not, the others are left as they are and the exit status is 75.

      Example: recourse restart panel --data DIR
      """)

  @Argument(help: ArgumentHelp("The broker or a worker, else all.", valueName: "name"))
  var name: String?

  @OptionGroup var client: ClientOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let directory = try client.directory
    guard let supervisor = directory.supervisor else { throw RestartRequests.nobody }
    let names = supervisor.processes.entries.map(\.name)
    if let name, !names.contains(name) {
      throw Failure.input("unknown-process", path: "NAME", "There is no process \(name).")
        .with(wayOut: "There are: \(names.joined(separator: ", ")).")
    }
    var restarted: [JSON] = []
    for name in name.map({ [$0] }) ?? names {
      let entry = try await Restart(directory: directory, name: name).carryOut()
      restarted.append(entry.json)
      if !output.json {
        Output.line("\(name) is ready as \(entry.pid ?? 0), start \(entry.starts).")
      }
    }
    if output.json { Output.line(.object([("processes", .list(restarted))])) }
  }
}

/// One process that is ended and started again.
struct Restart: Sendable {
  let directory: DataDirectory
  let name: String

  /// The longest that it may take: until it has left, and until its successor is ready.
  static let waitLimit =
    StopGrace.default.drain + StopGrace.default.terminate + RestartPolicy.default.readyLimit
  /// Between two looks at what the supervisor writes down.
  static let lookInterval: Duration = .milliseconds(50)

  /// What a look at the supervisor's record says of the restart.
  enum Progress: Sendable, Hashable {
    case waiting
    case ready(ProcessBoard.Entry)
    case givenUp(ProcessBoard.Entry)
    /// The supervisor has ended, or is another one.
    case abandoned

    init(_ now: SupervisorRecord?, of name: String, since before: SupervisorRecord) {
      guard let now, now.processID == before.processID, now.startTicks == before.startTicks,
        let entry = now.entry(name), let old = before.entry(name)
      else {
        self = .abandoned
        return
      }
      switch entry.state {
      case .ready where entry.starts > old.starts: self = .ready(entry)
      case .givenUp where entry.starts > old.starts: self = .givenUp(entry)
      default: self = .waiting
      }
    }
  }

  /// Asks the supervisor, and waits until the process is ready as another one.
  /// - Throws: ``Failure`` `no-supervisor`, `older-supervisor`, `given-up` or `not-ready`.
  func carryOut() async throws -> ProcessBoard.Entry {
    guard let before = directory.supervisor else { throw RestartRequests.nobody }
    try RestartRequests(directory).ask(for: name, before)
    let clock = ContinuousClock()
    let end = clock.now + Self.waitLimit
    while clock.now < end {
      try await clock.sleep(for: Self.lookInterval)
      switch Progress(directory.supervisor, of: name, since: before) {
      case .waiting: continue
      case .ready(let entry): return entry
      case .givenUp(let entry): throw failure(entry)
      case .abandoned: throw RestartRequests.nobody
      }
    }
    throw Failure(
      exit: .tryAgain, code: "not-ready", path: name,
      message: "\(name) was asked to leave and is not ready again.",
      wayOut: "\(directory.logFile(of: name)) says why. `recourse status` says when it is.")
  }

  private func failure(_ entry: ProcessBoard.Entry) -> Failure {
    let finding = entry.finding(log: directory.logFile(of: name))
    return Failure(
      exit: .unavailable, code: finding?.code ?? "given-up", path: name,
      message: finding?.message ?? "It failed too often.", wayOut: finding?.wayOut ?? "")
  }
}
