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
      \(WorkerCatalogue.names.joined(separator: ", ")).

      \(WorkerProcess.discussion)

      Example: recourse worker threshold --data /var/lib/recourse --address tcp://127.0.0.1:7070
      """)

  @Argument(help: "Which worker.")
  var name: String

  @OptionGroup var process: WorkerProcess

  @OptionGroup var monitoring: MonitoringOptions

  func run() async throws {
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
