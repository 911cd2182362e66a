import ArgumentParser
import Monitoring
import WorkerKit

/// `recourse worker NAME`: exactly one worker.
struct WorkerCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "worker",
    abstract: "Run one worker as this process.",
    discussion: """
      For operators who run the processes apart; `recourse up` starts all of them. The workers are \
      \(WorkerCatalogue.names.joined(separator: ", ")); and the plugins that ship, or were added without a program \
      of their own: `recourse plugin list`.

      \(WorkerProcess.discussion)

      \(ScannerSetting.discussion)

      \(FollowSetting.discussion)

      Example: recourse worker threshold --data /var/lib/recourse --address tcp://127.0.0.1:7070
      """)

  @Argument(help: "Which worker.")
  var name: String

  @OptionGroup var process: WorkerProcess

  @OptionGroup var monitoring: MonitoringOptions

  @Flag(
    name: .long,
    help: "Say in one line of JSON what it asks for, without running it.")
  var describe = false

  func run() async throws {
    if describe { return Output.line(try WorkerCatalogue.description(of: name)) }
    let address = monitoring.address
    try await process.run(
      name,
      watched: { [name] window, logger, body in
        try await MonitoringOptions.serving(.worker(name, window), at: address, logger, body)
      },
      make: { place in
        let directory = DataDirectory(place.path)
        let worker = try WorkerCatalogue.worker(name, in: directory)
        try directory.refuseHalfRestored()
        return worker
      })
  }
}
