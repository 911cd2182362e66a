import Foundation
import Glibc
import LogLines
import Logging
import Portal
import Supervisor
import WorkerKit

/// A whole system for one demonstration or trial: `recourse up` as a process of its own.
///
/// Whatever ends this process, `up` sees the end of its input and stops everything.
struct DemoStage: Sendable {
  /// The system's directory.
  let directory: DataDirectory

  /// Between two looks at something that is about to come.
  static let lookInterval: Duration = .milliseconds(20)
  /// How long it may be looked for.
  static let lookLimit: Duration = .seconds(15)

  /// Sets the stage in a temporary directory, with a clock that stands still, runs the body, and clears
  /// everything away, whatever happens in it.
  /// - Parameters:
  ///   - clock: where the clock of all processes stands, in RFC 3339.
  ///   - prepare: what is done to the directory before anything runs.
  static func with<Result: Sendable>(
    clock: String, prepare: (DataDirectory) async throws -> Void,
    _ body: (DemoStage) async throws -> Result
  ) async throws -> Result {
    let folder = try temporaryFolder(for: "demo")
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let directory = DataDirectory("\(folder)/data")
    try await prepare(directory)
    return try await running(
      in: directory, logFile: "\(folder)/up.log", clock: clock, body)
  }

  /// Starts the system, runs the body, and stops the system, whatever happens in it.
  /// - Parameters:
  ///   - logFile: what `up` has to say.
  ///   - clock: where the clock of all processes stands, in RFC 3339; nil is the machine's.
  static func running<Result: Sendable>(
    in directory: DataDirectory, logFile: String, clock: String? = nil,
    _ body: (DemoStage) async throws -> Result
  ) async throws -> Result {
    let stage = DemoStage(directory: directory)
    let supervisor = try Supervisor(
      children: [try stage.up(clock: clock, logFile: logFile)],
      policy: RestartPolicy(failuresLimit: 1), grace: StopGrace(drain: .seconds(60)),
      logger: Logger(label: "demo") { _ in SwiftLogNoOpLogHandler() })
    let (events, continuation) = AsyncStream<SupervisorEvent>.makeStream()
    let running = Task {
      defer { continuation.finish() }
      try await supervisor.run { continuation.yield($0) }
    }
    do {
      try await waitUntilReady(events, logFile: logFile)
      let result = try await body(stage)
      await supervisor.stop()
      try await running.value
      return result
    } catch {
      await supervisor.stop()
      _ = await running.result
      throw error
    }
  }

  /// Looks again and again until there is something to see.
  /// - Parameter what: what is wrong where it does not come, in a sentence.
  /// - Throws: ``Failure`` `not-shown`.
  static func look<Found>(
    _ what: String, within limit: Duration = lookLimit, for body: () async throws -> Found?
  ) async throws -> Found {
    let clock = ContinuousClock()
    let end = clock.now + limit
    while clock.now < end {
      if let found = try await body() { return found }
      try await clock.sleep(for: lookInterval)
    }
    throw Failure.notShown(what)
  }

  /// A new folder among the machine's temporary ones; whoever made it removes it.
  static func temporaryFolder(for purpose: String) throws -> String {
    let parent = FileManager.default.temporaryDirectory.path
    guard let template = strdup("\(parent)/recourse-\(purpose)-XXXXXX") else {
      throw noFolder(parent)
    }
    defer { free(template) }
    guard mkdtemp(template) != nil else { throw noFolder(parent) }
    return String(cString: template)
  }

  private static func noFolder(_ parent: String) -> Failure {
    Failure(
      exit: .unavailable, code: "data-directory",
      message: "No temporary directory can be made in \(parent).",
      wayOut: "Set TMPDIR to a directory that you may write to.")
  }

  private func up(clock: String?, logFile: String) throws -> ChildSpecification {
    ChildSpecification(
      name: "up", executable: try Installation.program(),
      arguments: ["up", "--data", directory.path, "--until-end-of-input"],
      // Nobody is to wait for a port that somebody else has.
      environment: [ProcessClock.variable: clock ?? "", PortalOptions.variable: "127.0.0.1:0"],
      logFile: logFile)
  }

  /// Returns when broker and workers are ready.
  private static func waitUntilReady(
    _ events: AsyncStream<SupervisorEvent>, logFile: String
  ) async throws {
    for await event in events {
      switch event {
      case .allReady: return
      case .gaveUp, .stopped:
        let said = LogLine.messages(
          in: (try? String(contentsOfFile: logFile, encoding: .utf8)) ?? "")
        throw Failure(
          exit: .unavailable, code: "never-ready", message: "The system did not start.",
          wayOut: said.trimmingCharacters(in: .whitespacesAndNewlines))
      default: continue
      }
    }
    try Task.checkCancellation()
  }
}
