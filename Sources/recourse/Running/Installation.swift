import Broker
import Bus
import Foundation
import Glibc
import LogLines
import Logging
import Monitoring
import PluginPackages
import Portal
import Supervisor
import Synchronization
import WorkerKit

/// A data directory and the processes that work on it, under a supervisor.
///
/// The supervisor's process never touches ZeroMQ: forking with a live context aborts.
struct Installation: Sendable {
  let directory: DataDirectory
  var printsJSON = false
  var endsWithInput = false
  /// Where the supervisor is watched; its processes are at the ports after it.
  var watchedAt: MonitoringAddress?
  /// How the portal is set up, as arguments of its process.
  var portal: [String] = []
  /// What letters say of where to follow a case; nil: nothing.
  var follow: String?

  /// Runs until the task is cancelled or, where that is asked, standard input ends.
  /// - Throws: ``Failure`` if another process has the directory, or a process never gets ready.
  func run() async throws {
    try directory.create()
    let lock = try InstallationLock(directory)
    defer { lock.release() }
    try directory.refuseHalfRestored()
    directory.forgetAddress()
    defer { directory.forgetAddress() }
    try checkLog()
    try KeyKeeper(directory.keys).prepare(
      WorkerCatalogue.names + [KeyFolder.operatorName], starting: WorkerCatalogue.names)
    let rights = RightsKeeper(directory)
    try rights.prepare()
    // They would wait, and say so to their log files alone.
    for name in try rights.waiting() {
      Output.complaint(
        "\(name) asks for more than is approved, and waits: `recourse rights diff \(name)` shows it, "
          + "and how it is let in.")
    }
    // Threshold would say so too, but to its log file.
    _ = try AdoptedPacks.documents(in: directory)
    let program = try Self.program()
    let children = children(program)
    let board = Board(names: children.map(\.name))
    let logger = logger()
    let plugins = directory.plugins
    let supervisor = try Supervisor(
      children: children, mayStart: { plugins.objection(to: $0.name) }, logger: logger)
    defer { directory.forgetSupervisor() }
    let requests = RestartRequests(directory)
    let names: @Sendable () -> [String] = { board.record.processes.entries.map(\.name) }
    let listening = try requests.listening(for: names) { name in
      Task { await supervisor.restart(name) }
    }
    defer { listening.cancel() }
    let watch = PluginWatch(directory: directory, logger: logger) { child(of: $0, program) }
    let watching = Task { await watch.run(supervisor) { board.isRunning } }
    defer { watching.cancel() }
    directory.publish(board.record)
    try await Interruption.running(untilEndOfInput: endsWithInput) {
      try await MonitoringOptions.serving(
        .supervisor { board.record.processes }, at: watchedAt, logger,
        onServing: { board.note(watched: Self.own, at: $0.description) }
      ) {
        try await supervisor.run { event in
          if hear(event, board) { Task { await supervisor.stop() } }
        }
      }
    }
    if let name = board.lostCause { throw neverReady(name) }
  }

  /// The broker would say so too, but to its log file, and again at each start.
  private func checkLog() throws {
    do {
      try BrokerProcess.checkLog(at: directory.logPath)
    } catch let error as LogError {
      throw Failure(error)
    }
  }

  private func children(_ program: String) -> [ChildSpecification] {
    let broker = ChildSpecification(
      name: "broker", executable: program, arguments: arguments(of: "broker") + watched(1),
      logFile: directory.logFile(of: "broker"),
      inputFile: directory.keys.secretPath(of: KeyFolder.broker))
    let workers = WorkerCatalogue.names.enumerated().map { place, name in
      ChildSpecification(
        name: name, executable: program, arguments: arguments(of: name) + watched(2 + place),
        environment: variables(of: name), logFile: directory.logFile(of: name),
        startAfter: ["broker"], inputFile: directory.keys.secretPath(of: name))
    }
    return [broker] + workers
  }

  /// How a plugin is started: a program of its own, or this one.
  private func child(of plugin: RegisteredPlugin, _ program: String) -> ChildSpecification {
    let name = plugin.name.text
    let place = WorkerCatalogue.names.count + 2 + plugin.record.place
    let own = ["run", "--data", directory.path, "--\(KeyInputOptions.flag)"]
    return ChildSpecification(
      name: name, executable: plugin.package.program ?? program,
      arguments: plugin.package.program == nil ? arguments(of: name) + watched(place) : own,
      inherited: plugin.package.program == nil ? nil : PluginWord.variables,
      logFile: directory.logFile(of: name), startAfter: ["broker"],
      inputFile: directory.keys.secretPath(of: name))
  }

  /// How the broker, or a worker, is started. Its key it gets on its standard input.
  func arguments(of name: String) -> [String] {
    let common = ["--data", directory.path, "--\(KeyInputOptions.flag)"]
    return switch name {
    case "broker": ["broker"] + common
    case PortalOptions.name: ["portal"] + common + portal
    default: ["worker", name] + common
    }
  }

  /// What is set for a worker besides what the supervisor has itself.
  func variables(of name: String) -> [String: String] {
    guard name == "correspondence", let follow else { return [:] }
    return [FollowSetting.variable: follow]
  }

  /// Each process is watched one port further on than the one before it; the first is the supervisor's.
  private func watched(_ place: Int) -> [String] {
    watchedAt.map { ["--http", $0.advanced(by: place).description] } ?? []
  }

  /// What the supervisor itself logs, beside what its processes do.
  private func logger() -> Logger {
    guard let file = try? RotatingFile(path: directory.logFile(of: Self.own)) else {
      return Logger(label: Self.own) { _ in SwiftLogNoOpLogHandler() }
    }
    return LineLogHandler.logger(Self.own) { file.append($0) }
  }

  /// The supervisor's own name among its processes.
  private static let own = "supervisor"

  /// The file of this very program.
  static func program() throws -> String {
    guard let path = realpath("/proc/self/exe", nil) else {
      throw Failure(
        exit: .unavailable, code: "no-program", message: "/proc/self/exe cannot be read.",
        wayOut: "Mount /proc.")
    }
    defer { free(path) }
    return String(cString: path)
  }

  private func neverReady(_ name: String) -> Failure {
    Failure(
      exit: .unavailable, code: "never-ready", path: name,
      message: "\(name) failed too often to start, so everything was stopped.",
      wayOut: "\(directory.logFile(of: name)) says why.")
  }
}

// MARK: - What is told

extension Installation {
  /// Where each process stands, as far as the supervisor told.
  final class Board: Sendable {
    enum Phase { case starting, running, stopping }

    struct State {
      var record: SupervisorRecord
      var phase = Phase.starting
      var lostCause: String?
    }

    let state: Mutex<State>

    init(names: [String]) {
      state = Mutex(State(record: SupervisorRecord(ProcessBoard(names: names, at: Date()))))
    }

    var record: SupervisorRecord { state.withLock { $0.record } }

    /// Takes an event in. True if somebody who looks at the record should see it.
    func note(_ event: SupervisorEvent) -> Bool {
      state.withLock { state in
        guard case .output(let name, let line) = event else {
          return state.record.processes.note(event, at: Date())
        }
        let words = line.split(separator: " ")
        if words.count == 2, words[0] == PortalOptions.word, name == PortalOptions.name {
          state.record.portal = String(words[1])
          return true
        }
        guard words.count == 2, words[0] == MonitoringOptions.word else { return false }
        state.record.watchedAt[name] = String(words[1])
        return true
      }
    }

    func note(watched name: String, at address: String) {
      state.withLock { $0.record.watchedAt[name] = address }
    }

    /// Everything that is built in has been ready, and nothing stops yet.
    var isRunning: Bool { state.withLock { $0.phase == .running } }

    /// A process that was given up before all were ready.
    var lostCause: String? { state.withLock { $0.lostCause } }
  }

  /// Takes an event in and tells what a person wants to know. True if it is no use to go on.
  private func hear(_ event: SupervisorEvent, _ board: Board) -> Bool {
    if board.note(event) { directory.publish(board.record) }
    let phase = board.state.withLock { state in
      let phase = state.phase
      switch event {
      case .allReady: state.phase = .running
      case .gaveUp(let name, _) where phase == .starting: state.lostCause = state.lostCause ?? name
      case .stopping: state.phase = .stopping
      default: break
      }
      return phase
    }
    switch (phase, event) {
    case (.starting, .allReady): announce(board.record)
    case (_, .logLost), (.starting, .exited), (.starting, .startFailed), (.starting, .gaveUp),
      (.running, .exited), (.running, .startFailed), (.running, .gaveUp), (.running, .ready),
      (.running, .restartAsked), (.running, .added), (.running, .removed):
      Output.complaint("\(event)")
    case (.running, .stopping) where !printsJSON: Output.line("Stopping in order.")
    default: break
    }
    if case (.starting, .gaveUp) = (phase, event) { return true }
    return false
  }

  private func announce(_ record: SupervisorRecord) {
    let rows = record.processes.entries.map { entry in
      let name = entry.name
      let place = name == "broker" ? directory.logPath : directory.slicePath(of: name)
      return (
        name: name, pid: Int(entry.pid ?? 0), place: place, watchedAt: record.watchedAt[name]
      )
    }
    if printsJSON {
      let processes = rows.map { row in
        JSON.object([
          ("name", .text(row.name)), ("pid", .number(row.pid)), ("state", .text("READY")),
          ("where", .text(row.place)), ("http", row.watchedAt.map { .text($0) } ?? .null),
        ])
      }
      Output.line(
        .object([
          ("data", .text(directory.path)),
          ("http", record.watchedAt[Self.own].map { .text($0) } ?? .null),
          ("portal", record.portal.map { .text($0) } ?? .null),
          ("processes", .list(processes)),
        ]))
    } else {
      var table = Table("NAME", "PID", "STATE", "WHERE")
      for row in rows { table.add(row.name, String(row.pid), "ready", row.place) }
      table.print()
      if let own = record.watchedAt[Self.own] {
        let watched = rows.compactMap { row in row.watchedAt.map { "\(row.name) \($0)" } }
        Output.line("Watched at: " + (["\(Self.own) \(own)"] + watched).joined(separator: ", "))
      }
      if let portal = record.portal { Output.line("The public's pages: \(portal)") }
      if !endsWithInput {
        Output.line("All are ready. Ctrl-C stops everything in order. In another terminal:")
        Output.line("  recourse status --data \(directory.path)")
      }
    }
    if endsWithInput { Output.line(ChildSpecification.readyLine) }
  }
}
