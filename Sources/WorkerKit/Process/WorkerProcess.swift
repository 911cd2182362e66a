package import ArgumentParser
import Bus
import Foundation
package import Logging

/// The process of one worker, from its options to its end: what `recourse worker NAME` and a plugin's `run` share.
package struct WorkerProcess: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "The data directory, else RECOURSE_DATA, else \(WorkerPlace.pathByDefault).",
      valueName: "dir"))
  package var data: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Where the broker listens; else what the data directory's broker.address says.",
      valueName: "address"))
  package var address: String?

  @Flag(name: .long, help: "Wait beside the active instance, and take over from it.")
  package var standby = false

  @OptionGroup package var key: KeyInputOptions

  package init() {}

  /// Runs the body, and shows the worker meanwhile.
  package typealias Watch =
    @Sendable (WorkerWindow, Logger, @escaping @Sendable () async throws -> Void) async throws ->
    Void

  /// How a process tells on standard output that it serves.
  package static let readyLine = "ready"
  /// How a process tells on standard output that it waits beside an active instance.
  package static let standbyLine = "standby"

  /// What a worker's command says of itself, for help.
  package static let discussion = """
    It prints the line "ready" when it serves, and leaves in order on SIGTERM or Ctrl-C or, where its standard \
    input is a pipe, when that ends.

    With --standby it waits beside an instance that runs on the same host, prints the line "standby", and takes \
    over when that one has ended. One that hangs or is paused (the broker has not heard it for two heartbeats) is \
    killed first.

    It shows the broker who it is by keys/NAME.secret of its data directory, and knows the broker by \
    keys/broker.public.
    """

  /// Runs a worker until the task is cancelled or standard input, where it is a pipe, ends; then it has left in order.
  /// - Parameters:
  ///   - watched: runs what it is given, and shows the worker meanwhile to who watches it.
  ///   - make: makes the worker, from what the directory holds; of this name.
  /// - Throws: ``ProcessFailure``, or a fault that nobody expected.
  package func run(
    _ name: String, watched: @escaping Watch = { _, _, body in try await body() },
    make: (WorkerPlace) throws -> Worker
  ) async throws {
    do {
      let place = try WorkerPlace(named: data)
      let clock = try ProcessClock.current()
      let worker = try make(place)
      try place.create(for: name)
      let options = WorkerOptions(
        address: try address ?? place.address(), dataDirectory: place.url,
        outputDirectory: place.outputDirectory(of: name),
        keys: try place.keys.keys(for: key.pair(of: name, in: place.keys)),
        clock: clock, standsBy: standby, logger: ProcessLog.logger(name))
      try await run(worker, options, watched)
    } catch {
      throw ProcessFailure(ending: error) ?? error
    }
  }

  private func run(
    _ worker: Worker, _ options: WorkerOptions, _ watched: @escaping Watch
  ) async throws {
    let window = WorkerWindow()
    try await Interruption.running(untilEndOfInput: StandardInput.isPipe) {
      try await watched(window, options.logger) {
        try await WorkerMain.run(
          worker, options, window: window,
          onStandby: { StandardStream.line(Self.standbyLine) },
          onReady: { StandardStream.line(Self.readyLine) })
      }
    }
  }
}
