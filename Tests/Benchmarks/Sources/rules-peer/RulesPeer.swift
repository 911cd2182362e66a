import ArgumentParser
import CaseModel
import Foundation
import Policy
import PolicyDocuments
import ThresholdRules

/// The rules alone, without a system around them.
@main
struct RulesPeer: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules-peer", subcommands: [MeasureCommand.self, DecisionsCommand.self])

  /// Those that come with Recourse and decide applications.
  static func packs() throws -> [PolicyPack] {
    try BuiltInPolicyDocuments.all.map { try PolicyDocument.parse($0) }.filter { $0.area != nil }
  }
}

/// Assessments, one after the other.
struct MeasureCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "measure")

  enum Load: String, ExpressibleByArgument {
    /// Four complaints, under Plymouth's pack.
    case four
    /// The applications in a folder, under Plymouth's pack.
    case examples
    /// Two to eight complaints, with what bodies say of them, under all packs in turn.
    case varied
  }

  @Option(help: "four, examples or varied")
  var load: Load
  @Option(help: "A folder with applications, as JSON.")
  var examples = "."
  @Option(help: "Seconds that count.")
  var seconds = 3.0
  @Option(help: "Seconds before.")
  var warmup = 1.0
  @Option(help: "Instead of a time: how often each application is assessed.")
  var passes: Int?

  /// Different applications; they do not fit into a core's own memory.
  private static let drawnCount = 4_096
  private static let seed: UInt64 = 104

  private struct Report: Encodable {
    var calls: Int
    var seconds: Double
    var totalCalls: Int
    var applications: Int
    /// Of what all assessments say: the same in two versions if they say the same.
    var digest: String
    var errors = 0
  }

  func run() throws {
    let inputs = try inputs()
    var digest: UInt64 = 0
    for input in inputs {
      digest = (digest &* 31) &+ UInt64(bitPattern: LinesDigest.of(input.assessed))
    }
    let clock = ContinuousClock()
    var (calls, total, routes) = (0, 0, 0)
    func pass() {
      for input in inputs { routes &+= input.assessed.routes.count }
      total += inputs.count
    }
    var took = Duration.zero
    if let passes {
      for _ in 0..<passes { pass() }
      calls = total
    } else {
      let ready = clock.now.advanced(by: .seconds(warmup))
      while clock.now < ready { pass() }
      let (before, start) = (total, clock.now)
      while start.duration(to: clock.now) < .seconds(seconds) { pass() }
      took = start.duration(to: clock.now)
      calls = total - before
    }
    // Used, so that no pass can be left out.
    guard routes > 0 else { throw ValidationError("nothing was assessed") }
    let report = Report(
      calls: calls, seconds: took / .seconds(1), totalCalls: total, applications: inputs.count,
      digest: String(digest, radix: 16))
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    FileHandle.standardOutput.write(try encoder.encode(report) + Data("\n".utf8))
  }

  private func inputs() throws -> [RulesInput] {
    let packs = try RulesPeer.packs()
    guard let plymouth = packs.first(where: { $0.area == "plymouth" }) else {
      throw ValidationError("there is no pack for Plymouth")
    }
    var drawn = DrawnInputs(seed: Self.seed)
    switch load {
    case .four: return (0..<Self.drawnCount).map { _ in drawn.four(under: plymouth) }
    case .examples: return try ExampleInputs.read(folder: examples, under: plymouth)
    case .varied:
      return (0..<Self.drawnCount).map { drawn.varied(under: packs[$0 % packs.count]) }
    }
  }
}
