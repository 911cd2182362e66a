import Foundation
import Subprocess
import SystemPackage
import Testing

/// Runs the simulation's program: a process of its own, since it makes the time and the chance of its process.
@Suite("Simulation")
struct SimulationTests {
  private static let program = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    .deletingLastPathComponent().appending(path: "simulation").path
  private static let outputBytesLimit = 4 * 1024 * 1024
  private static let runsAll = ProcessInfo.processInfo.environment["RECOURSE_TEST_BUDGET"] == "all"

  private static func run(_ arguments: String...) async throws -> (status: Int, output: String) {
    try await run(arguments)
  }

  private static func run(_ arguments: [String]) async throws -> (status: Int, output: String) {
    let result = try await Subprocess.run(
      .path(FilePath(program)), arguments: Arguments(arguments),
      output: .string(limit: outputBytesLimit), error: .string(limit: outputBytesLimit))
    guard case .exited(let code) = result.terminationStatus else {
      return (-1, result.standardOutput + result.standardError)
    }
    return (Int(code), result.standardOutput)
  }

  @Test func `seeds that were always tried break nothing`() async throws {
    let outcome = try await Self.run("--seeds", Self.runsAll ? "1-500" : "1-15")
    #expect(outcome.status == 0, "\(outcome.output)")
    #expect(outcome.output.contains("0 failed"))
  }

  @Test func `seeds that nobody has tried break nothing`() async throws {
    let first = UInt64.random(in: 1_000_000...1_000_000_000)
    let outcome = try await Self.run("--seeds", "\(first)-\(first + (Self.runsAll ? 99 : 4))")
    #expect(outcome.status == 0, "\(outcome.output)")
  }

  @Test func `a seed is a run`() async throws {
    let first = try await Self.run("--seeds", "3", "--verbose")
    #expect(first.output.contains("trace"))
    #expect(first == (try await Self.run("--seeds", "3", "--verbose")))
    #expect(first.output != (try await Self.run("--seeds", "4", "--verbose")).output)
  }

  @Test func `a batch in which a kind of fault never happened fails, and says which`() async throws
  {
    let arguments = ["--seeds", "1", "--applications", "1", "--every-fault-from"]
    let outcome = try await Self.run(arguments + ["1"])
    #expect(outcome.status == 1, "\(outcome.output)")
    #expect(outcome.output.contains("0 failed"))
    #expect(outcome.output.contains("never happened in 1 seeds: "))
    #expect(try await Self.run(arguments + ["2"]).status == 0)
  }

  /// Each with as many seeds as it takes, and some more.
  private static let mutants = [
    "acknowledges-before-the-disk", "log-is-not-synced", "slice-is-not-synced",
    "marks-before-the-effects", "forgets-what-was-sent", "drops-timers-at-restart",
    "dedupes-by-time", "skips-the-fence", "forgets-commands", "delivers-pages-out-of-order",
    "confirms-before-it-acts", "counts-with-gaps",
  ]

  @Test(arguments: mutants)
  func `a classic mistake is noticed`(_ mutant: String) async throws {
    let outcome = try await Self.run("--seeds", "1-40", "--stop", "--mutant", mutant)
    #expect(outcome.status == 1, "\(outcome.output)")
    #expect(outcome.output.contains("again: "))
  }
}
