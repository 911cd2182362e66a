import Foundation
import Testing

/// This test binary once more, in a process of its own, where a part of a test can be stopped, killed
/// and measured. It runs one test, which asks the environment what to do.
///
/// It cannot outlive its tests: it ends with its input, and after ``secondsLimit`` whatever happens.
struct OtherProcess: Sendable {
  /// What a process is told by its environment.
  enum Setting: String {
    /// Name of the test that it is to run; without it that test is left out.
    case part = "RECOURSE_TEST_PART"
    /// Where the broker is.
    case address = "RECOURSE_TEST_ADDRESS"
    case folder = "RECOURSE_TEST_FOLDER"
    case brokerID = "RECOURSE_TEST_BROKER_ID"
    case serverID = "RECOURSE_TEST_SERVER_ID"

    /// What this process was told.
    var value: String? { ProcessInfo.processInfo.environment[rawValue] }

    func required() throws -> String { try #require(value, "\(rawValue) is not set") }
  }

  /// A process that is still there then is stuck, or its tests are.
  static let secondsLimit: UInt32 = 50

  private let process: Process
  private let outputFile: URL
  private let exit: AsyncStream<Int32>

  var id: pid_t { process.processIdentifier }

  /// What it has printed.
  var output: String { (try? String(contentsOf: outputFile, encoding: .utf8)) ?? "" }

  /// True if this process was started to run that test.
  static func plays(_ part: String) -> Bool { Setting.part.value == part }

  /// For the test that is run: sees to the end of its process.
  static func endWithTests() {
    alarm(secondsLimit)
    let watch = Thread {
      var byte: UInt8 = 0
      while read(STDIN_FILENO, &byte, 1) > 0 {}
      _exit(0)
    }
    watch.start()
  }

  /// Runs `body` while another process runs a test, and ends that process.
  static func with<T>(
    _ part: String, _ settings: [Setting: String], _ body: (OtherProcess) async throws -> T
  ) async throws -> T {
    let other = try OtherProcess(part, settings)
    defer { other.end() }
    return try await body(other)
  }

  private init(_ part: String, _ settings: [Setting: String]) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    process.arguments =
      Array(CommandLine.arguments.dropFirst().prefix { !$0.hasPrefix("--filter") })
      + ["--testing-library", "swift-testing", "--filter", "\(part)\\("]
    var told = Dictionary(uniqueKeysWithValues: settings.map { ($0.key.rawValue, $0.value) })
    told[Setting.part.rawValue] = part
    process.environment = ProcessInfo.processInfo.environment.merging(told) { $1 }
    outputFile = FileManager.default.temporaryDirectory
      .appendingPathComponent("part-\(UUID().uuidString.prefix(8)).log")
    try Data().write(to: outputFile)
    let output = try FileHandle(forWritingTo: outputFile)
    process.standardInput = Pipe()
    process.standardOutput = output
    process.standardError = output
    let (exit, exited) = AsyncStream<Int32>.makeStream()
    process.terminationHandler = { process in
      exited.yield(process.terminationStatus)
      exited.finish()
    }
    self.exit = exit
    self.process = process
    try process.run()
  }

  private func end() {
    kill()
    process.waitUntilExit()
    try? FileManager.default.removeItem(at: outputFile)
  }

  /// Waits until it has ended by itself. If that was not well, the test fails with what it printed.
  func expectSuccess() async {
    let status = await exit.first { _ in true }
    guard status != 0 else { return }
    let said = output.split(separator: "\n").filter { !$0.hasPrefix("◇") }
      .joined(separator: "\n")
    Issue.record("the other process ended with \(status ?? -1):\n\(said)")
  }

  // MARK: Signals

  func kill() { signal(SIGKILL) }

  /// Stops all of its threads; returns when they stand still.
  func stop() async {
    signal(SIGSTOP)
    while process.isRunning, !Task.isCancelled, Self.entry("State", of: id)?.first != "T" {
      await Task.yield()
    }
  }

  func goOn() { signal(SIGCONT) }

  private func signal(_ number: Int32) {
    if process.isRunning { Foundation.kill(id, number) }
  }

  // MARK: What the system knows

  /// The most memory that a process has ever had, in MiB.
  static func peakMemory(of id: pid_t) throws -> Double {
    let peak = try #require(entry("VmHWM", of: id), "process \(id) is gone")
    return try #require(peak.split(separator: " ").first.flatMap { Double($0) }) / 1024
  }

  /// An entry of `/proc/ID/status`.
  private static func entry(_ name: String, of id: pid_t) -> String? {
    guard let text = try? String(contentsOfFile: "/proc/\(id)/status", encoding: .utf8) else {
      return nil
    }
    return text.split(separator: "\n").first { $0.hasPrefix(name + ":") }
      .map { $0.dropFirst(name.count + 1).trimmingCharacters(in: .whitespaces) }
  }
}
