import ArgumentParser
import Supervisor
import WorkerKit

/// `recourse up`: the whole system, as processes under one supervisor.
struct UpCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "up",
    abstract: "Run everything: supervisor, broker and workers, until Ctrl-C.",
    discussion: """
      Each is a process of its own; one that falls over is started again. All they keep is in one \
      data directory, with a storage file per worker. A table is printed when all are ready. Ctrl-C or \
      SIGTERM stops them in order: the workers first, then the broker. At the first start keys are made \
      and enrolled for all of them and for you, in DIR/keys; see `recourse keys --help`. Procedures that an area adopts are \
      files in DIR/packs; see `recourse policy --help`. With --http every process can be watched: the \
      supervisor at that port, the broker at the next, then the workers in the order of the table. The \
      public's pages are at http://127.0.0.1:8080, or where --listen says; see `recourse portal --help`. Letters name \
      that address while no proxy stands before it; where people reach it from outside is in RECOURSE_FOLLOW, such as \
      https://reviews.example.org, and letters name no page where it is not known.

      Example: recourse up --data /var/lib/recourse
      """)

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The data directory, else RECOURSE_DATA, else \(ServerOptions.directoryByDefault).",
      valueName: "dir"))
  var data: String?

  @Flag(
    name: .long,
    help: ArgumentHelp(
      "Also stop when standard input ends, and print \"ready\" after the table.",
      discussion: "For a program that starts the system: whatever ends it, nothing is left behind.")
  )
  var untilEndOfInput = false

  @OptionGroup var portal: PortalSettings
  @OptionGroup var monitoring: MonitoringOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    // Checked here, so that a wrong clock is told at the terminal and not in six log files.
    _ = try ProcessClock.current()
    try portal.checkAddress()
    _ = try ScannerSetting.current()
    let follow = try FollowSetting.address(portal: portal.options())
    try await Installation(
      directory: ServerOptions.directory(data), printsJSON: output.json,
      endsWithInput: untilEndOfInput, watchedAt: monitoring.address, portal: portal.arguments,
      follow: follow
    ).run()
  }
}
