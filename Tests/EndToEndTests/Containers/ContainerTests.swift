import Foundation
import Subprocess
import Testing

extension RunningSystems {
  /// Every process in a container of its own, over tcp: its own network, user, read-only root and volume.
  @Suite(.serialized, .timeLimit(.minutes(5)), .enabled(Engine.needs, Engine.isUsable))
  struct ContainerTests {
    /// All that the examples are about.
    private static let period = "2025-04-01/2026-12-31"

    @Test func `a worker that is cut off from the network catches up`() async throws {
      try await Deployment.with { deployment in
        try await deployment.whileRunning { system in
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
          let figures = try await Journey.figures(for: Self.period, on: system)
          #expect(figures["applications"].number == 3)
        }
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

    @Test(.enabled(if: !Budget.isSample, "where time is short, no backup is restored"))
    func `a backup is brought together from all volumes, and puts all of them back`() async throws {
      try await Deployment.with { deployment in
        try await deployment.alone(#"test "$(stat --format=%a operator/broker.address)" = 600"#)
        let kept = try await deployment.whileRunning { system in
          let kept = try await system.apply("three-complaints.json")
          try await system.json(["status", "--wait"])
          try await system.json(["backup", "nightly", "--apart"])
          try await deployment.alone("\(Engine.script("volumes")) save nightly > nightly.tar")
          _ = try await system.apply("two-with-hate.json")
          let running = try await deployment.tryAlone(
            "\(Engine.script("volumes")) restore operator tried < nightly.tar")
          #expect(running.status == 65, "\(running.errors)")
          return kept
        }
        try await deployment.alone(
          "\(Engine.script("volumes")) restore operator 'a disk failed' < nightly.tar")
        try await deployment.whileRunning { system in
          try await system.json(["status", "--wait"])
          let figures = try await Journey.figures(for: Self.period, on: system)
          #expect(figures["cases"]["applications"].list == [.text(kept)])
          try await Journey.expectEachFactOnce(of: kept, on: system)
          try await system.json(Journey.decide(kept))
        }
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
