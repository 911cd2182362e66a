import Foundation
import Subprocess
import SystemPackage
import Testing

/// The program under test, as a person runs it.
enum Tool {
  /// What a run printed, and how it ended.
  struct Outcome: Sendable {
    /// The exit status; a signal that ended it as its negative number.
    let status: Int
    let output: String
    let errors: String

    /// What it printed, as JSON.
    var json: JSONValue {
      get throws { try JSONValue(parsing: output) }
    }
    /// What it complained of, as JSON.
    var error: JSONValue {
      get throws { try JSONValue(parsing: errors)["error"] }
    }
    /// The lines it printed, as JSON each.
    var lines: [JSONValue] {
      get throws { try output.split(separator: "\n").map { try JSONValue(parsing: String($0)) } }
    }
  }

  static let outputBytesLimit = 4 * 1024 * 1024

  /// The program of the build that these tests belong to.
  static let program = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    .deletingLastPathComponent().appending(path: "recourse").path

  /// The variables that a test's surroundings must not set for the program.
  static let environment = Environment.inherit.updating([
    "RECOURSE_DATA": nil, "RECOURSE_CLOCK": nil, "RECOURSE_FOLLOW": nil,
    // Systems of several tests run at once: each portal has a port of its own.
    "RECOURSE_PORTAL": "127.0.0.1:0",
  ])

  /// Runs the program, or what leads to it, to its end.
  static func run(
    _ arguments: [String], input: String = "", environment: Environment = environment,
    through launcher: [String] = [program]
  ) async throws -> Outcome {
    let result = try await Subprocess.run(
      .path(FilePath(launcher[0])), arguments: Arguments(launcher.dropFirst() + arguments),
      environment: environment,
      input: .string(input), output: .string(limit: outputBytesLimit),
      error: .string(limit: outputBytesLimit))
    let status =
      switch result.terminationStatus {
      case .exited(let code): Int(code)
      case .signaled(let signal): -Int(signal)
      }
    return Outcome(
      status: status, output: result.standardOutput, errors: result.standardError)
  }
}

/// Files that come with the tests.
enum Examples {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Examples")

  static func path(_ name: String) -> String { folder.appending(path: name).path }

  static func text(_ name: String) throws -> String {
    try String(contentsOf: folder.appending(path: name), encoding: .utf8)
  }
}

/// A folder for one test, removed afterwards.
func withFolder<Result>(_ body: (String) async throws -> Result) async throws -> Result {
  let folder = FileManager.default.temporaryDirectory.appending(
    path: "rc-\(UUID().uuidString.prefix(8))")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try await body(folder.path)
}

/// How much there is to try: everything, or a sample where time is short.
enum Budget {
  static let isSample = ProcessInfo.processInfo.environment["RECOURSE_TEST_BUDGET"] == "ci"
}
