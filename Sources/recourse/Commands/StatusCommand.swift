import ArgumentParser
import Messages
import Supervisor

/// `recourse status`: what is wrong, and what to do about it.
struct StatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract:
      "Show every process, how far each has got, what is wrong, and the command that helps.",
    discussion: """
      LAG is how many events of the log a worker has yet to take into account. OUTBOX counts events \
      that it has announced and the log does not have yet; PARKED, events set aside because they could \
      not be handled; EFFECTS, what is to happen outside and how much of it is uncertain; TIMERS, clocks \
      that ran out and could not be handled; RESTARTS, those by `recourse up`. An instance that stands by \
      has a line of its own. Below the table stands what is wrong. The exit status is 0 only if nothing \
      is, and 69 otherwise.

      Example: recourse status --data DIR --wait
      """)

  @OptionGroup var client: ClientOptions
  @OptionGroup var output: OutputOptions

  @Flag(
    name: .long,
    help: """
      First wait, 20 seconds at most, until every worker serves and has taken everything into \
      account; exit status 75 if that does not come about.
      """)
  var wait = false

  func run() async throws {
    var picture: Picture
    do {
      picture = try await Connection.open(client) { connection in
        var picture =
          wait ? try await Picture.whenSettled(connection) : try await Picture.now(connection)
        picture.leaving = try await Leaving.letters(connection)
        return picture
      }
    } catch let failure as Failure {
      throw try explained(failure)
    }
    picture.pluginFindings = PluginRow.findings(in: picture.directory)
    picture.leaving += Leaving.referrals(in: picture.directory)
    if output.json { Output.line(picture.json) } else { picture.print() }
    if wait, !picture.isSettled {
      throw Failure(
        exit: .tryAgain, code: "not-settled",
        message: "Not all workers serve and have taken everything into account.",
        wayOut: picture.supervisor == nil
          ? "The log of each process says why."
          : "The files in \(picture.directory.path)/logs say why.")
    }
    if picture.findings.hasProblem { throw AlreadyTold(exit: .unavailable) }
  }

  /// Where the broker does not answer, the supervisor may know why; where it lets nobody in, rights may be lost.
  private func explained(_ failure: Failure) throws -> Failure {
    if failure.code == "not-approved", let lost = RightsKeeper(try client.directory).lost {
      return lost
    }
    guard failure.code == "unavailable" else { return failure }
    let directory = try client.directory
    guard let supervisor = directory.supervisor else { return failure }
    let log = directory.logFile(of: "broker")
    guard let finding = supervisor.entry("broker")?.finding(log: log) else { return failure }
    return Failure(
      exit: .unavailable, code: "broker-\(finding.code)", path: "broker", message: finding.message,
      wayOut: finding.wayOut)
  }
}

extension Picture {
  func print() {
    Output.line("Broker \(brokerPID) at \(address), log at \(head).")
    var table = Table(
      "WORKER", "PID", "HEALTH", "POSITION", "LAG", "OUTBOX", "PARKED", "EFFECTS", "TIMERS",
      "RESTARTS", "DETAIL")
    for worker in workers {
      let restarts = restarts(of: worker.name).map(String.init) ?? "-"
      guard let status = worker.status else {
        let pid = worker.standby?.processID ?? supervisor?.entry(worker.name)?.pid.map(UInt32.init)
        table.add(
          worker.name, pid.map { String($0) } ?? "-", worker.health, "-", "-", "-", "-", "-", "-",
          worker.standby == nil ? restarts : "-", "")
        continue
      }
      let effects =
        status.uncertainEffects == 0
        ? String(status.waitingEffects)
        : "\(status.waitingEffects), \(status.uncertainEffects) uncertain"
      table.add(
        worker.name, String(status.processID), worker.health, String(status.logPosition),
        String(lag(of: status)), String(status.outboxLength), String(status.parkedEvents), effects,
        String(status.failingTimers), restarts, status.detail)
    }
    table.print()
    let findings = findings
    if findings.isEmpty { Output.line("All is well.") }
    for finding in findings.byWeight { Output.line(finding.text) }
  }

  /// Starts of a worker beyond the first; nil if no supervisor looks after it.
  private func restarts(of worker: String) -> Int? {
    supervisor?.entry(worker).map { max($0.starts - 1, 0) }
  }

  var json: JSON {
    .object([
      (
        "broker",
        .object([
          ("pid", .number(Int(brokerPID))), ("address", .text(address)),
          ("logHead", .position(head)), ("version", .text(brokerVersion)),
        ])
      ),
      ("workers", .list(workers.map(json(of:)))),
      ("processes", .list(supervisor?.processes.entries.map(\.json) ?? [])),
      ("ok", .bool(!findings.hasProblem)),
      ("findings", .list(findings.byWeight.map(\.json))),
    ])
  }

  private func json(of worker: Worker) -> JSON {
    let status = worker.status
    return .object([
      ("name", .text(worker.name)),
      ("instance", (status?.instance ?? worker.standby?.instance).map { .text($0) } ?? .null),
      ("pid", (status?.processID ?? worker.standby?.processID).map { .number(Int($0)) } ?? .null),
      ("health", .text(worker.health)),
      ("detail", .text(status?.detail ?? "")),
      ("logPosition", status.map { .position($0.logPosition) } ?? .null),
      ("lag", status.map { .position(lag(of: $0)) } ?? .null),
      ("outbox", Self.json(status?.outboxLength)),
      ("parked", Self.json(status?.parkedEvents)),
      ("waitingEffects", Self.json(status?.waitingEffects)),
      ("failingEffects", Self.json(status?.failingEffects)),
      ("uncertainEffects", Self.json(status?.uncertainEffects)),
      ("failingTimers", Self.json(status?.failingTimers)),
      ("storageFailure", status.map { .optional($0.storageFailure) } ?? .null),
      ("diskFreeBytes", status.map { .position($0.diskFreeBytes) } ?? .null),
      ("version", status.map { .optional($0.version) } ?? .null),
      ("restarts", restarts(of: worker.name).map { .number($0) } ?? .null),
    ])
  }

  private static func json(_ number: UInt32?) -> JSON { number.map { .number(Int($0)) } ?? .null }
}
