import ArgumentParser
import Foundation
import Monitoring

/// `recourse doctor`: whether a deployment is as it should be.
struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Check a deployment, and explain what is wrong with it and the way out.",
    discussion: """
      It looks at the data directory (permissions, locks, keys, rights, plugins, a restore that was interrupted), \
      at the processes that run on it or, while none does, at whether they could listen where they are to, at the \
      portal's ports, at letters and referrals that do not leave by themselves, at the scanner of files, which it asks, at the machine (clock, disk, limits), and at what ages: the bank holidays that are known, and procedures that end. It \
      may run while the system runs, and before it first does. It changes nothing. The exit status is 0 if there is no problem, and 69 otherwise.

      Example: recourse doctor --data /var/lib/recourse
      """)

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The data directory, else RECOURSE_DATA, else \(ServerOptions.directoryByDefault).",
      valueName: "dir"))
  var data: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Where a broker apart is to listen, as `recourse broker` takes it.", valueName: "address"))
  var address: String?

  @Option(
    name: .customLong("http"),
    help: ArgumentHelp(
      "Where the pages are to be served, as `recourse up` or, with --address, `recourse broker` takes it.",
      valueName: "host:port"),
    transform: MonitoringOptions.address)
  var pages: MonitoringAddress?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Where the public's pages are to be served, as `recourse up` takes it.",
      valueName: "host:port"),
    transform: MonitoringOptions.address)
  var listen: MonitoringAddress?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Where officers are to key in, as `recourse up` takes it.", valueName: "host:port"),
    transform: MonitoringOptions.address)
  var officerAddress: MonitoringAddress?

  @OptionGroup var output: OutputOptions

  func run() async throws {
    let examination = await Examination.of(
      try ServerOptions.directory(data), now: Date(), address: address, pages: pages,
      portal: .init(listen: listen, officers: officerAddress))
    try Task.checkCancellation()
    if output.json { Output.line(examination.json) } else { examination.print() }
    if examination.findings.hasProblem { throw AlreadyTold(exit: .unavailable) }
  }
}
