import Foundation
import Testing

/// Broker and workers, a container each, and one for the operator; each has its own key.
struct Deployment: Sendable {
  let network: ContainerNetwork
  let containers: [Container]
  /// Where all volumes are.
  let folder: String

  static let workers = [
    "threshold", "intake", "panel", "support", "correspondence", "reporting", "portal",
  ]
  static let port = 7070

  private var broker: Container { containers[0] }
  private var client: Container { containers[1] }
  private var address: String { "tcp://\(broker.address):\(Self.port)" }

  func container(_ name: String) throws -> Container {
    try #require(containers.first { $0.name == name })
  }

  /// Makes everything that is there before the first start, runs the body, and takes it all away, whatever happens.
  static func with<Result: Sendable>(
    _ body: (Deployment) async throws -> Result
  ) async throws -> Result {
    try await withFolder { folder in
      try await ContainerNetwork.with(log: "\(folder).log") { network in
        defer { try? FileManager.default.removeItem(atPath: "\(folder).log") }
        let names = ["broker", "operator"] + workers
        let deployment = Deployment(
          network: network,
          containers: try await network.attach(names, volumesIn: folder), folder: folder)
        try await deployment.enrol()
        return try await body(deployment)
      }
    }
  }

  /// Gives everyone a key, as an operator does.
  private func enrol() async throws {
    let everyone = containers.map { "\($0.name):\($0.user)" }.joined(separator: " ")
    try await alone("\(Engine.script("enrol")) \(everyone)")
  }

  /// Runs a shell command that must succeed, as root and without a network, in the folder of all volumes.
  func alone(_ script: String) async throws {
    let outcome = try await tryAlone(script)
    try #require(outcome.status == 0, "\(script): \(outcome.errors)")
  }

  /// The same for one that may fail.
  func tryAlone(_ script: String) async throws -> Tool.Outcome {
    let programs = URL(filePath: Engine.program).deletingLastPathComponent().path
    return try await network.alone(
      [
        "/usr/bin/env", "--chdir=\(Container.data)", "PATH=\(programs):/usr/bin:/bin",
        "RECOURSE_VOLUMES=\(Container.data)", "RECOURSE_ADDRESS=\(address)", "/usr/bin/bash", "-c",
        script,
      ], in: folder)
  }

  /// Starts everything, runs the body for the operator, and stops everything in order.
  func whileRunning<Result: Sendable>(
    _ body: (RunningSystem) async throws -> Result
  ) async throws -> Result {
    let system = RunningSystem(
      data: Container.data, pid: 0, clock: RunningSystem.clock, launcher: client.launcher)
    return try await broker.whileRunning(
      ["broker", "--data", Container.data, "--address", address]
    ) {
      try await start(containers.dropFirst(2)) { try await body(system) }
    }
  }

  /// Starts each when the one before serves.
  private func start<Result: Sendable>(
    _ workers: ArraySlice<Container>, _ body: () async throws -> Result
  ) async throws -> Result {
    guard let worker = workers.first else { return try await body() }
    return try await worker.whileRunning(
      ["worker", worker.name, "--data", Container.data, "--address", address]
    ) {
      try await start(workers.dropFirst(), body)
    }
  }
}
