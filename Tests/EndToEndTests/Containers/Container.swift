import Foundation
import Subprocess
import SystemPackage
import Testing

/// What one process of a deployment has to itself: a network, a user, a root that is read-only, a volume.
///
/// Made by the program `engine` beside this file, which says how.
struct Container: Sendable {
  /// Keeps the switch that this is attached to.
  let network: ContainerNetwork
  let name: String
  /// Its own, as a number: nobody else's files are open to it.
  let user: String
  let address: String
  /// Where its volume is outside of it.
  let volume: String

  /// Where its volume is inside of it.
  static let data = "/var/lib/recourse"

  /// What runs the program in here, to be followed by the program's arguments.
  var launcher: [String] { command(Engine.program) }

  /// What runs any command in here.
  func command(_ command: String...) -> [String] {
    [Engine.path, "run", String(network.pid), name, user, volume, Engine.root] + command
  }
}

// MARK: - The engine

/// The program that makes containers of namespaces.
enum Engine {
  static let path = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "engine").path

  /// The folder of an image's files, where the tests are to run in one.
  static let image = ProcessInfo.processInfo.environment["RECOURSE_IMAGE"]

  /// What a skipped test says.
  static let needs: Comment =
    "containers need root, namespaces and iproute2 here; Tests/EndToEndTests/Containers/engine check"

  /// True if containers can be made here; else says what is missing.
  static func isUsable() async throws -> Bool {
    let outcome = try await run("check")
    if outcome.status != 0 { print("No containers: \(outcome.output)\(outcome.errors)") }
    return outcome.status == 0
  }

  /// The program under test, and what operators have beside it: an image's where one is named, else this build's and
  /// this checkout's.
  static let program = image == nil ? Tool.program : "/usr/bin/recourse"
  static func script(_ name: String) -> String {
    image == nil ? "\(scripts)/\(name)" : "/usr/lib/recourse/\(name)"
  }

  /// What containers have for a root: the image's files, or this system's with these programs and Swift's libraries.
  static let root =
    image ?? (["host", scripts] + ([program] + runtimeLibrary).map(folder)).joined(separator: ":")

  private static let scripts = URL(filePath: path).appending(path: "../../../../docker")
    .standardized.path

  static func run(_ arguments: String...) async throws -> Tool.Outcome {
    try await Tool.run(arguments, through: [path])
  }

  /// The library of Swift that this very process runs with, if it is one of its own.
  private static let runtimeLibrary: [String] = {
    // Read to its end: the system says of it that it is empty.
    let bytes = try? FileHandle(forReadingAtPath: "/proc/self/maps")?.readToEnd()
    let maps = String(decoding: bytes ?? Data(), as: UTF8.self)
    let line = maps.split(separator: "\n").first { $0.hasSuffix("/libswiftCore.so") }
    guard let line, let start = line.firstIndex(of: "/") else { return [] }
    return [String(line[start...])].filter { !$0.hasPrefix("/usr/") }
  }()

  private static func folder(of path: String) -> String {
    URL(filePath: path).deletingLastPathComponent().path
  }
}

// MARK: - Running

extension Container {
  /// Runs the program in here until the body has ended, and then ends its input, upon which it leaves in order.
  func whileRunning<Result: Sendable>(
    _ arguments: [String], _ body: () async throws -> Result
  ) async throws -> Result {
    try await Engine.whileRunning(launcher + arguments, log: "\(volume).log") { _ in
      try await body()
    }
  }
}

extension Engine {
  /// Runs a command that prints the line "ready" and ends with its input.
  static func whileRunning<Result: Sendable>(
    _ command: [String], log: String, _ body: (_ pid: Int32) async throws -> Result
  ) async throws -> Result {
    let errors = try FileDescriptor.open(
      FilePath(log), .writeOnly, options: [.create, .append], permissions: .ownerReadWrite)
    let result = try await Subprocess.run(
      .path(FilePath(command[0])), arguments: Arguments(Array(command.dropFirst())),
      environment: Tool.environment.updating(["RECOURSE_CLOCK": RunningSystem.clock]),
      input: .inputWriter, output: .sequence,
      error: .fileDescriptor(errors, closeAfterSpawningProcess: true)
    ) { execution in
      var lines = LineReader(execution.standardOutput.makeAsyncIterator())
      let result: Swift.Result<Result, any Error>
      do {
        try await lines.skip(through: "ready")
        result = .success(try await body(execution.processIdentifier.value))
      } catch {
        result = .failure(error)
      }
      try await execution.standardInputWriter.finish()
      while try await lines.next() != nil {}
      return result
    }
    let said = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
    #expect(result.terminationStatus == .exited(0), "\(command.joined(separator: " ")): \(said)")
    return try result.closureResult.get()
  }
}
