import ArgumentParser
import CaseModel
import WorkerKit

/// `recourse audit`: what each worker's slice has on record of who did what, and why.
struct AuditCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Look into who did what and why, and whether that record is whole.",
    discussion: """
      Every slice keeps a record of each command, each reading of what is personal and each step of an operator. Its \
      rows are chained by their hashes, and the newest hash is kept in the log with each append. Both are read as \
      files, so that the system may run or not.
      """,
    subcommands: [AuditVerifyCommand.self, AuditListCommand.self])
}

/// Where the slices are.
struct AuditPlace: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "The data directory, else RECOURSE_DATA, else \(ServerOptions.directoryByDefault).",
      valueName: "dir"))
  var data: String?

  /// - Throws: ``Failure`` `data-directory`.
  var directory: DataDirectory { get throws { try ServerOptions.directory(data) } }
}

/// `recourse audit list`: what is on record.
struct AuditListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Show what a worker has on record, oldest first.",
    discussion: """
      WHY is what the program says: codes, numbers, days, and of a reading its purpose and the fields that were told. \
      Reasons that people typed may name anybody: they are kept beside the record, are shown with --words alone, and \
      (typed) stands for them otherwise.

      Example: recourse audit list --worker threshold --case 4F7K-2M98 --data DIR
      """)

  @OptionGroup var about: WorkerOption

  @Option(
    name: .customLong("case"),
    help: ArgumentHelp("Only what is about this case.", valueName: "ref"))
  var reference: String?

  @Flag(name: .long, help: "Show the reasons that people typed too.")
  var words = false

  @OptionGroup var place: AuditPlace
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let path = try place.directory.slicePath(of: about.worker)
    let reference = try checkedReference()
    var entries: [JSON] = []
    var table = Table("ROW", "WHEN", "WHO", "DID", "ABOUT", "WHY")
    do {
      try SliceAudit.forEachEntry(path: path, about: reference) { entry in
        if output.json {
          entries.append(json(entry))
        } else {
          table.add(
            String(entry.sequence), Moment.text(entry.at), entry.actor.onOneLine, entry.action,
            entry.subject.onOneLine, why(entry))
        }
      }
    } catch let failure as StorageFailure {
      throw Failure(unreadable: failure, of: about.worker)
    }
    if output.json {
      Output.line(.object([("worker", .text(about.worker)), ("rows", .list(entries))]))
    } else {
      table.print()
    }
  }

  /// Nil if it is about all cases.
  private func checkedReference() throws -> String? {
    guard let reference else { return nil }
    do {
      return try CaseReference(parsing: reference).description
    } catch {
      throw Failure.input(error.code, path: "--case", "\(error).".capitalizedSentence)
    }
  }

  private func why(_ entry: SliceAudit.Entry) -> String {
    var parts = [entry.reason]
    if entry.hasWords {
      let words = entry.words ?? "(removed)"
      parts.append(self.words ? words : "(typed)")
    }
    return parts.filter { !$0.isEmpty }.joined(separator: " ").onOneLine
  }

  private func json(_ entry: SliceAudit.Entry) -> JSON {
    .object(
      [
        ("row", .number(Int(entry.sequence))), ("at", .text(Moment.text(entry.at))),
        ("actor", .text(entry.actor)), ("action", .text(entry.action)),
        ("subject", .text(entry.subject)), ("reason", .optional(entry.reason)),
        ("typed", .bool(entry.hasWords)),
      ] + (words ? [("words", .optional(entry.words ?? ""))] : []))
  }
}

extension Failure {
  /// What a slice that cannot be read means for a command that only reads it.
  init(unreadable failure: StorageFailure, of worker: String) {
    let isMissing = failure.kind == .missing
    self.init(
      exit: isMissing ? .unavailable : .input, code: isMissing ? "no-slice" : failure.code,
      path: failure.path,
      message: isMissing
        ? "There is no slice of \(worker) here." : "It cannot be read: \(failure).",
      wayOut: isMissing
        ? "Name the directory that the worker keeps it in: --data DIR."
        : failure.wayOut)
  }
}

extension String {
  /// What somebody typed, without what would move a terminal's cursor.
  var onOneLine: String {
    var line = ""
    for scalar in unicodeScalars {
      let isControl = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
      line.unicodeScalars.append(isControl ? " " : scalar)
    }
    return line
  }
}
