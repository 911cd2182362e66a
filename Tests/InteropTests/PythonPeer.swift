import Bus
import BusTesting
import Foundation
import Subprocess
import SystemPackage
import Testing

/// The peer of `Tests/Interop`: written in Python from `proto/README.md`, it shares nothing with the
/// code under test.
enum PythonPeer {
  /// What a run printed, and how it ended.
  struct Outcome: Sendable {
    let status: TerminationStatus
    let output: String
    let errors: String

    var isSuccess: Bool { status == .exited(0) }
    var lines: [String] { output.split(separator: "\n").map(String.init) }
  }

  /// A server that runs.
  struct Server: Sendable {
    /// Of the broker that it is connected to.
    let address: String
    /// Its name as a worker.
    let worker: String
    fileprivate let errorFile: URL

    /// Runs what calls the server; a failure tells what the server complained of.
    func blamed<T>(for body: () async throws -> T) async throws -> T {
      do {
        return try await body()
      } catch {
        let errors = (try? String(contentsOf: errorFile, encoding: .utf8)) ?? ""
        Issue.record("the Python server said: \(errors.isEmpty ? "nothing" : errors)")
        throw error
      }
    }
  }

  /// There is no peer, or none that serves.
  struct Unusable: Error, CustomStringConvertible {
    let description: String
  }

  /// Debian's own, for which Debian has the modules.
  static let interpreter = "/usr/bin/python3"
  /// A server that is still there then is stuck, or its tests are.
  static let serverSeconds = 45
  /// The same of a client, which does a handful of calls.
  static let clientSeconds = 30

  private static let script = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Interop/peer.py").path
  private static let outputBytesLimit = 1024 * 1024

  /// Throws unless this machine can run the peer.
  private static let isUsable = Task {
    let packages = "apt-get install --yes python3 python3-zmq python3-protobuf"
    guard FileManager.default.isExecutableFile(atPath: interpreter) else {
      throw Unusable(description: "\(interpreter) is missing. Type: \(packages)")
    }
    let outcome = try await runInterpreter(["-c", "import zmq, google.protobuf"])
    guard outcome.isSuccess else {
      throw Unusable(
        description: "\(interpreter) lacks modules. Type: \(packages)\n\(outcome.errors)")
    }
  }

  /// Runs the peer to its end.
  static func run(_ arguments: String...) async throws -> Outcome {
    try await isUsable.value
    return try await runInterpreter([script] + arguments)
  }

  /// Runs the peer to its end, as one that talks to a test's broker as a client.
  static func run(at address: String, _ arguments: String...) async throws -> Outcome {
    try await isUsable.value
    return try await withKeys(of: PeerIdentity.clientName) { keys in
      try await runInterpreter([script] + arguments + ["--at", address] + keys)
    }
  }

  /// Runs `body` with the arguments that name a principal's key files, and removes the files.
  private static func withKeys<T>(
    of name: String, _ body: ([String]) async throws -> T
  ) async throws -> T {
    let folder = KeyFolder(
      FileManager.default.temporaryDirectory.appending(
        path: "interop-\(UUID().uuidString.prefix(8))"
      ).path)
    try folder.create()
    defer { try? FileManager.default.removeItem(atPath: folder.path) }
    try folder.keep(TestKeys.pair(of: name).secretKey, of: name)
    try folder.keepBroker(TestKeys.pair(of: KeyFolder.broker))
    return try await body([
      "--key", folder.secretPath(of: name), "--broker-key", folder.brokerPublicPath,
    ])
  }

  /// Runs `body` with a server that is connected to a broker and ready, and ends the server.
  static func serving<T: Sendable>(
    at address: String, as worker: String, _ body: (Server) async throws -> T
  ) async throws -> T {
    try await isUsable.value
    return try await withKeys(of: worker) { keys in
      try await serving(at: address, as: worker, keys, body)
    }
  }

  private static func serving<T: Sendable>(
    at address: String, as worker: String, _ keys: [String], _ body: (Server) async throws -> T
  ) async throws -> T {
    let errorFile = FileManager.default.temporaryDirectory
      .appending(path: "interop-\(UUID().uuidString.prefix(8)).log")
    defer { try? FileManager.default.removeItem(at: errorFile) }
    let errors = try FileDescriptor.open(
      FilePath(errorFile.path), .writeOnly, options: [.create, .truncate],
      permissions: .ownerReadWrite)
    let server = Server(address: address, worker: worker, errorFile: errorFile)
    // If the body throws, the process is torn down as its options say; else here, in the same way.
    // The server also ends with its input, and so with these tests.
    return try await Subprocess.run(
      .name("timeout"),
      arguments: bounded(
        serverSeconds, [script, "serve", "--at", address, "--worker", worker] + keys),
      environment: environment, platformOptions: options, input: .inputWriter, output: .sequence,
      error: .fileDescriptor(errors, closeAfterSpawningProcess: true)
    ) { execution in
      try await server.blamed {
        for try await line in execution.standardOutput.strings() where line == "ready" { return }
        throw Unusable(description: "the Python server ended before it was ready")
      }
      let result = try await body(server)
      await execution.teardown(using: teardown)
      return result
    }
    .closureResult
  }

  // MARK: Processes

  /// Ends by a signal that can be heard, and soon by one that cannot be refused.
  private static let teardown: [TeardownStep] = [
    .gracefulShutDown(allowedDurationToNextStep: .seconds(5))
  ]

  private static var options: PlatformOptions {
    var options = PlatformOptions()
    options.teardownSequence = teardown
    return options
  }

  /// Nothing is written beside the sources, and every line is printed at once.
  private static let environment = Environment.inherit.updating([
    "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUNBUFFERED": "1",
  ])

  private static func runInterpreter(_ arguments: [String]) async throws -> Outcome {
    let result = try await Subprocess.run(
      .name("timeout"), arguments: bounded(clientSeconds, arguments), environment: environment,
      platformOptions: options, output: .string(limit: outputBytesLimit),
      error: .string(limit: outputBytesLimit))
    return Outcome(
      status: result.terminationStatus, output: result.standardOutput,
      errors: result.standardError)
  }

  /// `timeout` passes a signal on, insists on it after two seconds, and ends what outlives its time,
  /// also if these tests have been killed.
  private static func bounded(_ seconds: Int, _ arguments: [String]) -> Arguments {
    Arguments(["--kill-after=2", "\(seconds)", interpreter] + arguments)
  }
}
