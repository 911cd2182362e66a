import Foundation
import Subprocess
import SystemPackage
import Testing

/// `recourse up` in a folder of its own, with its clock at one moment.
struct RunningSystem: Sendable {
  /// The data directory.
  let data: String
  let pid: Int32
  /// Where its clock stands, and that of its clients.
  let clock: String
  /// What leads to the program for a client; see ``Container``.
  var launcher = [Tool.program]

  /// The system that the tests of a suite share; see ``SharedSystem``.
  @TaskLocal static var shared: RunningSystem?

  /// Where the clock stands unless a test says otherwise: after the examples were received.
  static let clock = "2026-06-30T09:00:00Z"

  struct NotReady: Error { let said: String }

  /// Starts everything, runs the body, and stops everything, whatever happens in it.
  /// - Parameters:
  ///   - data: the data directory; by default one that is removed afterwards.
  ///   - packs: texts of packs that are adopted, by the names of their files.
  ///   - follow: what letters say of where to follow a case.
  static func with<Result: Sendable>(
    clock: String = clock, data: String? = nil, packs: [String: String] = [:],
    follow: String? = nil,
    _ body: (RunningSystem) async throws -> Result
  ) async throws -> Result {
    guard let data else {
      return try await withFolder { folder in
        try await with(
          clock: clock, data: "\(folder)/data", packs: packs, follow: follow, body)
      }
    }
    if !packs.isEmpty {
      try FileManager.default.createDirectory(
        atPath: "\(data)/packs", withIntermediateDirectories: true)
    }
    for (name, text) in packs {
      try text.write(toFile: "\(data)/packs/\(name)", atomically: true, encoding: .utf8)
    }
    let result = try await Subprocess.run(
      .path(FilePath(Tool.program)), arguments: ["up", "--data", data, "--until-end-of-input"],
      environment: Tool.environment.updating([
        "RECOURSE_CLOCK": clock, "RECOURSE_FOLLOW": follow,
      ]),
      input: .inputWriter, output: .sequence, error: .discarded
    ) { execution in
      var lines = LineReader(execution.standardOutput.makeAsyncIterator())
      try await lines.skip(through: "ready")
      let system = RunningSystem(data: data, pid: execution.processIdentifier.value, clock: clock)
      let result: Swift.Result<Result, any Error>
      do { result = .success(try await body(system)) } catch { result = .failure(error) }
      try await execution.standardInputWriter.finish()
      while try await lines.next() != nil {}
      return result
    }
    #expect(result.terminationStatus == .exited(0), "`recourse up` did not stop in order")
    return try result.closureResult.get()
  }

  /// Runs a client command on this system.
  func run(_ arguments: [String], input: String = "") async throws -> Tool.Outcome {
    try await Tool.run(
      arguments + ["--data", data], input: input,
      environment: Tool.environment.updating(["RECOURSE_CLOCK": clock]), through: launcher)
  }

  /// Runs a client command that must succeed, and gives its JSON.
  @discardableResult
  func json(
    _ arguments: [String], input: String = "", sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> JSONValue {
    let outcome = try await run(arguments + ["--json"], input: input)
    try #require(
      outcome.status == 0, "\(arguments.joined(separator: " ")): \(outcome.errors)",
      sourceLocation: sourceLocation)
    return try outcome.json
  }

  /// Takes in one of the examples and gives its reference.
  func apply(_ example: String) async throws -> String {
    let form = try String(contentsOfFile: Examples.path(example), encoding: .utf8)
    return try #require(try await json(["apply", "-"], input: form)["reference"].text)
  }

  /// The process of a worker, or of the broker, once everything has settled.
  func settledPid(of name: String) async throws -> Int32 {
    let status = try await json(["status", "--wait"])
    if name == "broker" { return Int32(try #require(status["broker"]["pid"].number)) }
    let worker = status["workers"].list.first { $0["name"].text == name }
    return Int32(try #require(worker?["pid"].number))
  }

  /// Waits until another process than this one does the work of a worker, or of the broker.
  func waitUntilReplaced(_ pid: Int32, of name: String) async throws {
    // Each look waits by itself until the system has settled.
    for _ in 0..<20 where try await settledPid(of: name) == pid {}
    #expect(try await settledPid(of: name) != pid, "\(name) was not started again")
  }
}

/// Reads the lines of a running process.
struct LineReader {
  private var buffers: SubprocessOutputSequence.Iterator
  private var rest = ""
  private var hasEnded = false

  init(_ buffers: SubprocessOutputSequence.Iterator) { self.buffers = buffers }

  mutating func next() async throws -> String? {
    while true {
      if let end = rest.firstIndex(of: "\n") {
        let line = String(rest[..<end])
        rest = String(rest[rest.index(after: end)...])
        return line
      }
      guard !hasEnded, let buffer = try await buffers.next() else {
        hasEnded = true
        return nil
      }
      rest += buffer.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
    }
  }

  /// Reads up to and including the line.
  mutating func skip(through line: String) async throws {
    var said = ""
    while let next = try await next() {
      if next == line { return }
      said += next + "\n"
    }
    throw RunningSystem.NotReady(said: said)
  }
}

/// The suites that start whole systems: one after the other, for each has seven processes.
@Suite(.serialized) enum RunningSystems {}

/// Gives the tests of a suite one running system: ``RunningSystem/shared``.
struct SharedSystem: SuiteTrait, TestScoping {
  var packs: [String: String] = [:]

  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    try await RunningSystem.with(packs: packs) { system in
      try await RunningSystem.$shared.withValue(system) { try await function() }
    }
  }
}

extension Trait where Self == SharedSystem {
  static var sharedSystem: SharedSystem { SharedSystem() }
  static func sharedSystem(adopting packs: [String: String]) -> SharedSystem {
    SharedSystem(packs: packs)
  }
}
