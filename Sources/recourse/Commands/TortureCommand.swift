import ArgumentParser
import Foundation
import Torture

/// `recourse torture`: does everything that was acknowledged come about once, whatever is killed when?
struct TortureCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "torture",
    abstract:
      "Kill and stop processes at random while applications arrive, and check what came of them.",
    discussion: """
      Starts a whole system in a directory of its own; submits applications, signs decisions and holds \
      panels, each again until it is answered; kills broker and workers (SIGKILL) or stops them for a \
      while (SIGSTOP, SIGCONT), as the seed says. Then reads the whole log and checks that everything \
      that was acknowledged is there once and in order, that every consequence came about once, that every \
      notice that is owed was written once and none has left twice, and that the four figures are true. \
      When all has stopped it verifies every worker's audit, as `recourse audit verify` \
      does. A run in which nothing was acknowledged, or in which faults missed, proves \
      nothing. Exit status 70 if anything is not as it must be; the directory is kept then. Every fault is \
      in its logs/torture.log.

      Example: recourse torture --minutes 10
      """)

  @Option(name: .long, help: ArgumentHelp("How long faults go on.", valueName: "n"))
  var minutes: Double

  @Option(
    name: .long,
    help: ArgumentHelp("Faults and applications are those of this number.", valueName: "number"))
  var seed: UInt64 = .random(in: 0...UInt64(UInt32.max))

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The system's directory, which has to be new, and stays; else a temporary one.",
      valueName: "dir"))
  var data: String?

  @OptionGroup var output: OutputOptions

  /// Minutes at most.
  static let minutesLimit = 7.0 * 24 * 60

  func validate() throws {
    guard minutes > 0, minutes <= Self.minutesLimit else {
      throw ValidationError("--minutes is more than 0 and at most \(Int(Self.minutesLimit)).")
    }
  }

  func run() async throws {
    let folder = try data == nil ? DemoStage.temporaryFolder(for: "torture") : nil
    let directory = try folder.map { DataDirectory("\($0)/data") } ?? newDirectory()
    let report: TortureReport
    do {
      report = try await reached(in: directory)
    } catch {
      if let folder, Task.isCancelled {
        try? FileManager.default.removeItem(atPath: folder)
      } else {
        Output.complaint("What there is of it is kept in \(directory.path).")
      }
      throw error
    }
    guard report.isAsExpected else {
      throw Failure(
        exit: .fault, code: "not-as-expected",
        message: "\(report.findings.count) things are not as they must be after seed \(seed).",
        wayOut: "Everything is kept in \(directory.path).")
    }
    if let folder { try? FileManager.default.removeItem(atPath: folder) }
  }

  /// Runs everything and tells what came of it.
  private func reached(in directory: DataDirectory) async throws -> TortureReport {
    try directory.create()
    let run = try TortureRun(
      directory: directory, seed: seed, milliseconds: Int((minutes * 60_000).rounded(.up)))
    Output.complaint("torture: seed \(seed), in \(directory.path)")
    var outcome = try await DemoStage.running(
      in: directory, logFile: directory.logFile(of: "up")
    ) { _ in try await run.run() }
    try outcome.verifyAudits(in: directory)
    if output.json { Output.line(outcome.json(seed: seed)) } else { outcome.print(seed: seed) }
    return outcome.report
  }

  /// Where there is a log, cases are in it that nobody here applied for.
  private func newDirectory() throws -> DataDirectory {
    let directory = try ServerOptions.directory(data)
    guard !FileManager.default.fileExists(atPath: directory.logPath) else {
      throw Failure.usage(
        "data-directory", path: "--data",
        "\(directory.path) has been used; name one that is new or empty.")
    }
    return directory
  }
}
