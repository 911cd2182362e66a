import ArgumentParser
import Bus
import Foundation
import Logging
import Monitoring
import Supervisor
import WorkerKit

/// `recourse worker NAME`: exactly one worker.
struct WorkerCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "worker",
    abstract: "Run one worker as this process.",
    discussion: """
      For operators who run the processes apart; `recourse up` starts all of them. The workers are \
      \(WorkerCatalogue.names.joined(separator: ", ")). It prints the line "ready" when it serves, and \
      leaves in order on SIGTERM or Ctrl-C or, where its standard input is a pipe, when that ends.

      With --standby it waits beside an instance that runs on the same host, prints the line \
      "standby", and takes over when that one has ended. One that hangs or is paused (the broker has \
      not heard it for two heartbeats) is killed first.

      It shows the broker who it is by keys/NAME.secret of its data directory, and knows the broker by \
      keys/broker.public.

      Example: recourse worker threshold --data /var/lib/recourse --address tcp://127.0.0.1:7070
      """)

  @Argument(help: "Which worker.")
  var name: String

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The data directory, else RECOURSE_DATA, else ./recourse-data.", valueName: "dir"))
  var data: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Where the broker listens; else what the data directory's broker.address says.",
      valueName: "address"))
  var address: String?

  @OptionGroup var monitoring: MonitoringOptions

  @Flag(name: .long, help: "Wait beside the active instance, and take over from it.")
  var standby = false

  @OptionGroup var key: KeyInputOptions

  func run() async throws {
    let directory = try ServerOptions.directory(data)
    let worker = try WorkerCatalogue.worker(name, in: directory)
    let clock = try ProcessClock.current()
    try directory.create()
    try directory.refuseHalfRestored()
    let output = directory.outputDirectory(of: name)
    try FileManager.default.createDirectory(
      at: output, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    let address = try self.address ?? directory.address()
    let keys = try key.failing {
      try directory.keys.keys(for: key.pair(of: name, in: directory.keys))
    }
    let options = WorkerOptions(
      address: address, dataDirectory: directory.url, outputDirectory: output, keys: keys,
      clock: clock, standsBy: standby,
      logger: ServerOptions.logger(name))
    let window = WorkerWindow()
    try await watched(worker.name, window, options.logger) {
      do {
        try await WorkerMain.run(
          worker, options, window: window, onStandby: { Output.line("standby") },
          onReady: { Output.line(ChildSpecification.readyLine) })
      } catch let error as FileLockError {
        throw Failure(error)
      } catch let refusal as BrokerRefusal {
        throw Failure(refusal)
      } catch let failure as StorageFailure {
        throw Failure(failure)
      } catch SliceError.takenOver {
        throw Failure(
          exit: .unavailable, code: "taken-over",
          message: "Another process has taken over what this worker keeps; this one ends.")
      }
    }
  }

  /// Runs the body until it is to end, and shows the worker meanwhile where that is asked.
  private func watched(
    _ name: String, _ window: WorkerWindow, _ logger: Logger,
    _ body: @escaping @Sendable () async throws -> Void
  ) async throws {
    let address = monitoring.address
    try await Interruption.running(untilEndOfInput: StandardInput.isPipe) {
      try await MonitoringOptions.serving(.worker(name, window), at: address, logger, body)
    }
  }
}
