import CHermetic
import Foundation
import Glibc
@_spi(ExperimentalCustomExecutors) import _Concurrency

/// `simulation --seeds 1-100 [--applications N] [--mutant NAME] [--verbose]`: runs seeds one after the other and
/// prints what each had and what broke. A batch that is large enough also fails if a kind of fault never happened.
@main
enum Main {
  static func main() {
    beHermetic()
    guard let options = Options(Array(CommandLine.arguments.dropFirst())) else {
      print(Options.usage)
      exit(64)
    }
    _createExecutors(factory: SimulatedExecutors.self)
    var summary = Summary()
    for seed in options.seeds {
      let report = perform(seed, options)
      summary.add(report)
      if options.isVerbose || !report.failures.isEmpty { print(report.line) }
      for failure in report.failures { print("  \(failure)") }
      if !report.failures.isEmpty {
        print("  again: \(options.command(seed))")
        if options.stopsAtFailure { break }
      }
    }
    print(summary.text)
    let missing = summary.runs < options.everyFaultFrom ? [] : summary.missing
    if !missing.isEmpty {
      print("never happened in \(summary.runs) seeds: \(missing.joined(separator: ", "))")
    }
    exit(summary.failed.isEmpty && missing.isEmpty ? 0 : 1)
  }

  private static func perform(_ seed: UInt64, _ options: Options) -> Report {
    let output = FileManager.default.temporaryDirectory.appending(path: "simulation-\(getpid())")
    defer { try? FileManager.default.removeItem(at: output) }
    let run = Run(
      seed: seed, applications: options.applications, mutant: options.mutant, output: output)
    let report = run.perform()
    Graveyard.graves.append(run)
    return report
  }

  /// Hash tables and addresses are the same in every run: the program starts itself anew, once, to have it so.
  private static func beHermetic() {
    let name = "SWIFT_DETERMINISTIC_HASHING"
    guard getenv(name) == nil else { return }
    setenv(name, "1", 1)
    hermetic_keep_addresses()
    var arguments: [UnsafeMutablePointer<CChar>?] = CommandLine.arguments.map { strdup($0) }
    arguments.append(nil)
    execv("/proc/self/exe", arguments)
  }
}

/// What is asked for.
struct Options {
  var seeds: ClosedRange<UInt64> = 1...1
  var applications = 20
  var mutant: Mutant?
  var isVerbose = false
  var stopsAtFailure = false
  /// So many seeds have every kind of fault, or something is wrong with the faults.
  var everyFaultFrom = 200

  static let usage =
    "usage: simulation [--seeds N | --seeds N-M] [--applications N] [--mutant NAME] [--verbose] "
    + "[--stop] [--every-fault-from N]\nmutants: "
    + Mutant.allCases.map(\.rawValue).joined(separator: ", ")

  /// Nil if something is not understood.
  init?(_ arguments: [String]) {
    var rest = arguments[...]
    while let name = rest.popFirst() {
      switch name {
      case "--verbose": isVerbose = true
      case "--stop": stopsAtFailure = true
      case "--seeds":
        let ends = (rest.popFirst() ?? "").split(separator: "-").compactMap { UInt64($0) }
        guard let first = ends.first, let last = ends.last, first <= last else { return nil }
        seeds = first...last
      case "--applications":
        guard let count = Int(rest.popFirst() ?? ""), count > 0 else { return nil }
        applications = count
      case "--every-fault-from":
        guard let count = Int(rest.popFirst() ?? ""), count > 0 else { return nil }
        everyFaultFrom = count
      case "--mutant":
        guard let mutant = Mutant(rawValue: rest.popFirst() ?? "") else { return nil }
        self.mutant = mutant
      default: return nil
      }
    }
  }

  /// Repeats one seed.
  func command(_ seed: UInt64) -> String {
    "\(CommandLine.arguments.first ?? "simulation") --seeds \(seed) --applications \(applications) --verbose"
      + (mutant.map { " --mutant \($0.rawValue)" } ?? "")
  }
}

/// What many runs had.
struct Summary {
  private(set) var failed: [UInt64] = []
  private(set) var runs = 0
  private var faults: [String: Int] = [:]
  private var (events, applications, attempts, frames, commits, steps) = (0, 0, 0, 0, 0, 0)

  mutating func add(_ report: Report) {
    runs += 1
    if !report.failures.isEmpty { failed.append(report.seed) }
    faults.merge(report.faults) { $0 + $1 }
    events += report.events
    applications += report.applications
    attempts += report.attempts
    frames += report.frames
    commits += report.commits
    steps += report.steps
  }

  /// Kinds of faults and what they lead to, of which there was none.
  var missing: [String] {
    (Faults.Kind.allCases.map(\.rawValue) + Report.consequences).filter {
      faults[$0, default: 0] == 0
    }
  }

  var text: String {
    let faults = faults.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
    return """
      \(runs) seeds, \(failed.count) failed; \(applications) applications, \(events) events, \(commits) \
      commits of the log, \(frames) frames, \(attempts) calls by people, \(steps) steps
      faults: \(faults.joined(separator: ", "))
      """ + (failed.isEmpty ? "" : "\nfailed: \(failed.map(String.init).joined(separator: ", "))")
  }
}

extension Report {
  var line: String {
    let faults = faults.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
    return
      "seed \(seed): \(failures.isEmpty ? "fine" : "FAILED"), \(events) events, \(frames) frames, "
      + "\(virtualMilliseconds) ms, \(steps) steps, trace \(String(trace, radix: 16)); "
      + "\(faults.joined(separator: ", "))"
      + (endings.isEmpty
        ? ""
        : "; ended: "
          + endings.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(
            separator: ", "))
  }
}
