import ArgumentParser
import WorkerKit

/// `recourse restore NAME`: back to a backup, while nothing runs.
struct RestoreCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: "Put the log and all slices back to a backup. The system must not be running.",
    discussion: """
      What is there now is not removed: it is moved to DIR/replaced-TIME. Numbers go on from the backup's, and a \
      reader of the log that had got further is told so. What was still to reach the outside world when the backup \
      was made may have happened since: a channel is asked, and where that cannot be done a person decides. A \
      worker that has a slice now and none in the backup begins with an empty one. If it is interrupted, give the \
      same command again.

      Example: recourse restore 2026-06-30 --data DIR --by 'A. Operator' --reason 'disk failed'
      """)

  @Argument(help: "The backup's name in DIR/backups, or the path of its folder, with a /.")
  var backup: String

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The data directory, else RECOURSE_DATA, else \(ServerOptions.directoryByDefault).",
      valueName: "dir"))
  var data: String?

  @Option(
    name: .long, help: ArgumentHelp("Who restores; kept in every slice's audit.", valueName: "who"))
  var by: String

  @Option(name: .long, help: ArgumentHelp("Why; kept in every slice's audit.", valueName: "why"))
  var reason: String

  @OptionGroup var output: OutputOptions

  func run() async throws {
    for (name, text) in [("--by", by), ("--reason", reason)] where text.isEmpty {
      throw Failure.usage(
        "empty", path: name, "It is kept in every slice's audit, so it must say something.")
    }
    let directory = try ServerOptions.directory(data)
    let folder = backup.contains("/") ? DataDirectory(backup).path : directory.backup(backup)
    let outcome = try Restore(directory: directory, backup: folder, actor: by, reason: reason)
      .run(now: SystemClock().now)
    if output.json {
      return Output.line(
        .object([
          ("backup", .text(folder)), ("logHead", .position(outcome.logHead)),
          ("replaced", .optional(outcome.replaced)),
          ("begunAnew", .list(outcome.begunAnew.map { .text($0) })),
          ("missingPlugins", .texts(outcome.missingPlugins.map(\.name))),
        ]))
    }
    Output.line("Restored to log position \(outcome.logHead), from \(folder).")
    if !outcome.replaced.isEmpty { Output.line("What was there before is in \(outcome.replaced).") }
    for worker in outcome.begunAnew {
      Output.line("The backup has no slice of \(worker), which begins with an empty one.")
    }
    for plugin in outcome.missingPlugins {
      Output.line(
        "The plugin \(plugin.name) \(plugin.version) was there, and is not added here: recourse plugin add."
      )
    }
    Output.line("Start it again: recourse up --data \(directory.path)")
  }
}
