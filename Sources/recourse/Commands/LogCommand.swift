import ArgumentParser
import Broker

/// `recourse log`: the log of facts, as files.
struct LogCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "log", abstract: "Look after the log of facts.",
    subcommands: [LogVerifyCommand.self])
}

/// `recourse log verify`: reads everything and says what is wrong.
struct LogVerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Read the whole log and its archive, and say whether all is there and unchanged.",
    discussion: """
      Every file's digest, every event's checksum, positions without a gap, and each worker's mark \
      against its newest event. It writes nothing, and the system may run meanwhile. What is wrong is \
      printed with the way to put it right; the exit status is then 65.

      Example: recourse log verify --data /var/lib/recourse
      """)

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The data directory, else RECOURSE_DATA, else \(ServerOptions.directoryByDefault).",
      valueName: "dir"))
  var data: String?

  @OptionGroup var output: OutputOptions

  func run() async throws {
    let directory = try ServerOptions.directory(data)
    let found: LogVerification
    do {
      found = try LogVerification(logPath: directory.logPath)
    } catch let error as LogError {
      throw Failure(error)
    }
    if output.json { Output.line(found.json) } else { found.print() }
    if !found.faults.isEmpty { throw AlreadyTold(exit: .input) }
  }
}

extension LogVerification {
  fileprivate var json: JSON {
    .object([
      ("head", .position(head)), ("soundEvents", .position(soundEvents)),
      ("archiveFiles", .number(segments)),
      (
        "faults",
        .list(
          faults.map { fault in
            .object([
              ("code", .text(fault.code)), ("path", .text(fault.place)),
              ("message", .text(fault.what + " " + fault.wayOut)),
            ])
          })
      ),
      ("hasMoreFaults", .bool(hasMore)),
    ])
  }

  fileprivate func print() {
    for fault in faults {
      Output.line("\(fault.code) at \(fault.place)\n  \(fault.what)\n  \(fault.wayOut)")
    }
    if hasMore { Output.line("There is more that is wrong.") }
    let files = segments == 1 ? "1 file" : "\(segments) files"
    Output.line(
      "\(faults.isEmpty ? "The log is sound" : "The log is damaged"): \(soundEvents) events of \(head) "
        + "match their checksums, \(files) in the archive.")
  }
}
