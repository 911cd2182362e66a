import ArgumentParser
import Foundation

/// `recourse doctor`: whether a deployment is as it should be.
struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Check a deployment, and explain what is wrong with it and the way out.",
    discussion: """
      It looks at the data directory (permissions, locks, keys, rights, a restore that was interrupted), \
      at the processes that run on it, at the machine (clock, disk, limits), and at what ages: the bank \
      holidays that are known, and procedures that end. It may run while the system runs, and before it \
      first does. It changes nothing. The exit status is 0 if there is no problem, and 69 otherwise.

      Example: recourse doctor --data /var/lib/recourse
      """)

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The data directory, else RECOURSE_DATA, else \(ServerOptions.directoryByDefault).",
      valueName: "dir"))
  var data: String?

  @OptionGroup var output: OutputOptions

  func run() async throws {
    let examination = await Examination.of(try ServerOptions.directory(data), now: Date())
    try Task.checkCancellation()
    if output.json { Output.line(examination.json) } else { examination.print() }
    if examination.findings.hasProblem { throw AlreadyTold(exit: .unavailable) }
  }
}
