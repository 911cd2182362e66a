import ArgumentParser
import Bus
import WorkerKit

/// `recourse backup NAME`: log and slices, while everything goes on.
struct BackupCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Copy the log and every worker's slice, fitting one another, while the system runs.",
    discussion: """
      The copies are in DIR/backups/NAME, with a manifest that is written last. Events wait for the moments in \
      which the log and all slices are opened; copying keeps nobody waiting. The copies hold personal data.

      Where processes have data directories of their own (--apart), each puts its copy into its own, under \
      backups/NAME, and the manifest alone is here; together they are the backup. A plugin that keeps its data \
      elsewhere and is away is not in it: what is printed says who is.

      Example: recourse backup 2026-06-30 --data DIR
      """)

  @Argument(help: "What the backup is called: 1 to 64 of a-z, 0-9 and -.")
  var name: String

  @Flag(
    help: "The processes keep their data apart: write the manifest, and leave the copies there.")
  var apart = false

  @OptionGroup var client: ClientOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    guard BackupFile.isName(name) else {
      throw Failure.usage(
        "backup-name", path: "NAME", "A backup's name is 1 to 64 of a-z, 0-9 and -.")
    }
    let manifest = try await Connection.open(client) { connection in
      try await BackupRun(connection: connection, name: name, isApart: apart)
        .make(now: SystemClock().now)
    }
    let folder = try client.directory.backup(name)
    if output.json { return Output.line(json(manifest, folder)) }
    Output.line("Backup \(name) at log position \(manifest.logHead): \(folder)")
    if apart {
      Output.line(
        "In it are the log and \(manifest.slices.joined(separator: ", ")). Who keeps data elsewhere and was away is "
          + "not, and nobody here knows of it: compare this with who has a folder, before you rely on it."
      )
    }
    var table = Table("FILE", "BYTES", "POSITION", "SHA-256")
    for file in manifest.files {
      table.add(
        file.path, String(file.bytes), String(file.logPosition), String(file.sha256.prefix(16)))
    }
    table.print()
  }

  private func json(_ manifest: BackupManifest, _ folder: String) -> JSON {
    .object([
      ("name", .text(manifest.name)), ("folder", .text(folder)),
      ("madeAt", .text(manifest.madeAt)), ("logHead", .position(manifest.logHead)),
      ("slices", .list(manifest.slices.map { .text($0) })),
      ("mayLackWorkersAway", .bool(apart)),
      (
        "files",
        .list(
          manifest.files.map { file in
            .object([
              ("path", .text(file.path)), ("bytes", .position(file.bytes)),
              ("logPosition", .position(file.logPosition)), ("sha256", .text(file.sha256)),
            ])
          })
      ),
    ])
  }
}
