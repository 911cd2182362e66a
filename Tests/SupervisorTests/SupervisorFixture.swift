import Foundation
import Logging
import Testing

@testable import Supervisor

/// A folder for one test's logs and pipes, removed afterwards.
func withFolder<Result>(_ body: (URL) async throws -> Result) async throws -> Result {
  let folder = FileManager.default.temporaryDirectory.appending(
    path: "supervisor-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try await body(folder)
}

/// Real children under a supervisor, and what it tells about them.
struct Trial {
  struct EventsEnded: Error {}

  let supervisor: Supervisor
  let run: Task<Void, any Error>
  private var events: AsyncStream<SupervisorEvent>.Iterator

  /// Runs the children for as long as the body takes, and stops them whatever happens in it.
  static func with(
    _ children: [ChildSpecification],
    policy: RestartPolicy = RestartPolicy(firstPause: .milliseconds(1)),
    grace: StopGrace = StopGrace(),
    mayStart: @escaping @Sendable (ChildSpecification) -> String? = { _ in nil },
    body: (inout Trial) async throws -> Void
  ) async throws {
    let logger = Logger(label: "supervisor") { _ in SwiftLogNoOpLogHandler() }
    let supervisor = try Supervisor(
      children: children, policy: policy, grace: grace, mayStart: mayStart, logger: logger)
    let (stream, continuation) = AsyncStream<SupervisorEvent>.makeStream()
    let run = Task {
      defer { continuation.finish() }
      try await supervisor.run { continuation.yield($0) }
    }
    var trial = Trial(supervisor: supervisor, run: run, events: stream.makeAsyncIterator())
    do { try await body(&trial) } catch {
      run.cancel()
      _ = await run.result
      throw error
    }
    run.cancel()
    try await run.value
  }

  /// Reads events up to and including the first that fits.
  @discardableResult
  mutating func heard(
    _ fits: (SupervisorEvent) -> Bool
  ) async throws -> [SupervisorEvent] {
    var heard: [SupervisorEvent] = []
    while let event = await events.next() {
      heard.append(event)
      if fits(event) { return heard }
    }
    Issue.record("events ended after \(heard)")
    throw EventsEnded()
  }

  /// The process identifier with which the child becomes ready next.
  mutating func readyPid(of child: String) async throws -> Int32 {
    for event in try await heard({ if case .ready(child, _) = $0 { true } else { false } }) {
      if case .ready(child, let pid) = event { return pid }
    }
    throw EventsEnded()
  }
}

extension ChildSpecification {
  /// A child that is a shell script.
  static func shell(
    _ name: String, _ script: String, in folder: URL, startAfter: [String] = [],
    environment: [String: String] = [:]
  ) -> ChildSpecification {
    ChildSpecification(
      name: name, executable: "/bin/sh", arguments: ["-c", script], environment: environment,
      logFile: folder.appending(path: "\(name).log").path, startAfter: startAfter)
  }

  /// Ready at once, gone when its input ends.
  static let obedient = "echo ready; cat >/dev/null"
}

/// A named pipe that tells when every process that wrote to it is gone.
struct Witness {
  let path: String

  init(in folder: URL) throws {
    path = folder.appending(path: "witness").path
    guard mkfifo(path, 0o600) == 0 else { throw CocoaError(.fileWriteUnknown) }
  }

  /// Opens the pipe, which lets its writers go on, and reads to its end on a thread of its own.
  /// What was written is the answer; nil if the pipe cannot be read.
  func testimony() -> Task<String?, Never> {
    Task {
      await withCheckedContinuation { continuation in
        Thread.detachNewThread { [path] in
          let bytes = try? FileHandle(forReadingAtPath: path)?.readToEnd() ?? Data()
          continuation.resume(returning: bytes.map { String(decoding: $0, as: UTF8.self) })
        }
      }
    }
  }
}
