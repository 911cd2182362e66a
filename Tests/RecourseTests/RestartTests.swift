import Dispatch
import Foundation
import Glibc
import Supervisor
import Testing

@testable import recourse

/// How a restart that was asked for comes about.
@Suite(.timeLimit(.minutes(1))) struct RestartTests {
  static let before = SupervisorRecord.of([
    ProcessFindingsTests.started, ProcessFindingsTests.ready,
  ])
  static let left = [
    ProcessFindingsTests.started, ProcessFindingsTests.ready, .restartAsked(name: "panel"),
    ProcessFindingsTests.exited, .restarting(name: "panel", after: .zero),
  ]
  static let again = SupervisorEvent.started(name: "panel", pid: 4712, attempt: 2)

  @Test(
    arguments: [
      ([ProcessFindingsTests.started, ProcessFindingsTests.ready], "waiting"), (left, "waiting"),
      (left + [again], "waiting"), (left + [again, .ready(name: "panel", pid: 4712)], "ready"),
      (left + [again, .gaveUp(name: "panel", triesAgainAfter: .seconds(60))], "givenUp"),
    ])
  func `it is over when another process is ready, or is given up`(
    events: [SupervisorEvent], progress: String
  ) {
    let now = SupervisorRecord.of(events)
    let word =
      switch Restart.Progress(now, of: "panel", since: Self.before) {
      case .waiting: "waiting"
      case .ready(let entry): entry.pid == 4712 ? "ready" : "ready too early"
      case .givenUp: "givenUp"
      case .abandoned: "abandoned"
      }
    #expect(word == progress)
  }

  @Test func `it is given up when the supervisor is gone`() {
    #expect(Restart.Progress(nil, of: "panel", since: Self.before) == .abandoned)
  }

  @Test func `a request reaches who listens, once, and no other name does`() async throws {
    let path = FileManager.default.temporaryDirectory.appending(
      path: "rc-\(UUID().uuidString.prefix(8))"
    ).path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let directory = DataDirectory(path)
    try directory.create()
    let requests = RestartRequests(directory)
    let (heard, continuation) = AsyncStream<String>.makeStream()
    let names: @Sendable () -> [String] = { ["broker", "panel"] }
    let source = try requests.listening(for: names) { continuation.yield($0) }
    defer { source.cancel() }
    try directory.write("", "restarts/nobody")
    try requests.ask(for: "panel", Self.before)
    #expect(await heard.first { _ in true } == "panel")
    #expect(requests.take(["broker", "panel"]).isEmpty)
    let files = try FileManager.default.contentsOfDirectory(atPath: "\(path)/restarts")
    #expect(files == ["nobody"])
  }

  @Test func `a supervisor of an earlier version is not sent a signal that would end it`() throws {
    try withDirectory { directory in
      var earlier = Self.before
      earlier.takesRestarts = nil
      let failure = #expect(throws: Failure.self) {
        try RestartRequests(directory).ask(for: "panel", earlier)
      }
      #expect(failure?.code == "older-supervisor")
      #expect(!FileManager.default.fileExists(atPath: "\(directory.path)/restarts/panel"))
    }
  }
}
