import Foundation
import Subprocess
import Testing

extension RunningSystems {
  /// Every process in a container of its own, over tcp: its own network, user, read-only root and volume.
  @Suite(.serialized, .timeLimit(.minutes(5)), .enabled(Engine.needs, Engine.isUsable))
  struct ContainerTests {
    @Test func `a worker that is cut off from the network catches up`() async throws {
      try await Deployment.with { deployment in
        let system = deployment.system
        let before = try await system.apply("three-complaints.json")
        try await system.json(["status", "--wait"])

        let threshold = try deployment.container("threshold")
        let during = try await deployment.network.withoutCable(to: threshold) {
          let first = try await system.apply("two-with-hate.json")
          try await Self.expectAbsence(of: "threshold", on: system)
          let refused = try await system.run(Journey.decide(before))
          #expect(refused.status == 75, "\(refused.errors)")
          return [first, try await system.apply("three-neighbours.json")]
        }

        try await system.json(["status", "--wait"])
        for reference in [before] + during {
          try await Journey.expectEachFactOnce(of: reference, on: system)
        }
        try await system.json(Journey.decide(before))
        let figures = try await Journey.figures(for: "2025-04-01/2026-12-31", on: system)
        #expect(figures["applications"].number == 3)
      }
    }

    /// Until the broker has missed two heartbeats; where everything is tried, for a minute.
    private static func expectAbsence(of worker: String, on system: RunningSystem) async throws {
      let service = "recourse.\(worker).v1.\(worker.capitalized)"
      for _ in 0..<100 where try await system.run(["services", service]).status == 0 {}
      let gone = try await system.run(["services", service, "--json"])
      #expect(try gone.error["code"].text == "unknown-service")
      if Budget.isSample { return }
      // Each waits for 20 seconds.
      for _ in 0..<3 {
        let unsettled = try await system.run(["status", "--wait", "--json"])
        #expect(try unsettled.error["code"].text == "not-settled")
      }
    }

    @Test func `a container has its own volume, and reaches the broker alone`() async throws {
      try await withFolder { folder in
        try await ContainerNetwork.with(log: "\(folder)/network.log") { network in
          let names = ["broker", "intake", "panel"]
          let containers = try await network.attach(names, volumesIn: folder)
          let (broker, intake, panel) = (containers[0], containers[1], containers[2])
          try "secret".write(toFile: "\(panel.volume)/key", atomically: true, encoding: .utf8)

          let own = try await Self.shell(
            "id -u; touch \(Container.data)/own && echo own", in: intake)
          #expect(own.output == "\(intake.user)\nown\n", "\(own.errors)")
          let left = FileManager.default.fileExists(atPath: "\(intake.volume)/own")
          #expect(left, "what it keeps outlives it")
          for place in ["/", "/usr", "/var/lib", "/etc"] {
            let outcome = try await Self.shell("touch \(place)/foreign", in: intake)
            #expect(outcome.status != 0, "\(place) can be written")
          }
          let other = try await Self.shell("ls \(folder) \(panel.volume)", in: intake)
          #expect(other.status != 0, "\(other.output)")
          let privileges = try await Self.shell("grep CapBnd /proc/self/status", in: intake)
          #expect(privileges.output.hasSuffix("0000000000000000\n"))

          // A port at which nobody listens is refused at once by whoever can be reached.
          let allowed = try await Self.shell(": </dev/tcp/\(broker.address)/9", in: intake)
          #expect(allowed.errors.contains("Connection refused"), "\(allowed.errors)")
          let neighbour = try await Self.shell(
            "timeout 1 bash -c ': </dev/tcp/\(panel.address)/9'", in: intake)
          #expect(neighbour.status == 124, "\(neighbour.errors)")
          let world = try await Self.shell(": </dev/tcp/192.0.2.1/9", in: intake)
          #expect(world.errors.contains("Network is unreachable"), "\(world.errors)")
        }
      }
    }

    private static func shell(_ script: String, in container: Container) async throws
      -> Tool.Outcome
    {
      try await Tool.run(["-c", script], through: container.command("/usr/bin/bash"))
    }
  }
}

// MARK: - A deployment

/// Broker and workers, a container each, and one for the operator.
private struct Deployment: Sendable {
  let network: ContainerNetwork
  let containers: [Container]
  /// As the operator sees it.
  let system: RunningSystem

  static let workers = ["threshold", "intake", "panel", "support", "reporting"]
  static let port = 7070

  func container(_ name: String) throws -> Container {
    try #require(containers.first { $0.name == name })
  }

  /// Starts everything, runs the body, and stops everything, whatever happens in it.
  static func with<Result: Sendable>(
    _ body: (Deployment) async throws -> Result
  ) async throws -> Result {
    try await withFolder { folder in
      try await ContainerNetwork.with(log: "\(folder)/network.log") { network in
        let names = ["broker", "operator"] + workers
        let containers = try await network.attach(names, volumesIn: folder)
        let (broker, client) = (containers[0], containers[1])
        let address = "tcp://\(broker.address):\(port)"
        try await enrol(containers, at: address, in: folder, on: network)
        let deployment = Deployment(
          network: network, containers: containers,
          system: RunningSystem(
            data: Container.data, pid: 0, clock: RunningSystem.clock, launcher: client.launcher))
        return try await broker.whileRunning(
          ["broker", "--data", Container.data, "--address", address]
        ) {
          try await start(containers.dropFirst(2), address) { try await body(deployment) }
        }
      }
    }
  }

  /// Gives everyone a key, as an operator does before the first start.
  private static func enrol(
    _ containers: [Container], at address: String, in folder: String, on network: ContainerNetwork
  ) async throws {
    let programs = URL(filePath: Engine.program).deletingLastPathComponent().path
    let outcome = try await network.alone(
      [
        "/usr/bin/env", "PATH=\(programs):/usr/bin:/bin", "RECOURSE_VOLUMES=\(Container.data)",
        "RECOURSE_ADDRESS=\(address)", Engine.enrol,
      ] + containers.map { "\($0.name):\($0.user)" }, in: folder)
    try #require(outcome.status == 0, "\(outcome.errors)")
  }

  /// Starts each when the one before serves.
  private static func start<Result: Sendable>(
    _ workers: ArraySlice<Container>, _ address: String, _ body: () async throws -> Result
  ) async throws -> Result {
    guard let worker = workers.first else { return try await body() }
    return try await worker.whileRunning(
      ["worker", worker.name, "--data", Container.data, "--address", address]
    ) {
      try await start(workers.dropFirst(), address, body)
    }
  }
}
