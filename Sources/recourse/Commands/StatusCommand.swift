import ArgumentParser
import Messages

/// `recourse status`: who is there and how far each has got.
struct StatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Show every worker: process, health, position in the log and how far it is behind.",
    discussion: """
      LAG is how many events of the log a worker has yet to take into account. OUTBOX counts events \
      that it has announced and the log does not have yet; PARKED, events set aside because they could \
      not be handled. An instance that stands by has a line of its own.

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
    let picture = try await Connection.open(client) { connection in
      wait ? try await Picture.whenSettled(connection) : try await Picture.now(connection)
    }
    if output.json { Output.line(picture.json) } else { picture.print() }
    if wait, !picture.isSettled {
      throw Failure(
        exit: .tryAgain, code: "not-settled",
        message: "Not all workers serve and have taken everything into account.",
        wayOut: "The files in \(try client.directory.path)/logs say why.")
    }
  }
}

extension Picture {
  func print() {
    Output.line("Broker \(brokerPID) at \(address), log at \(head).")
    var table = Table(
      "WORKER", "INSTANCE", "PID", "HEALTH", "POSITION", "LAG", "OUTBOX", "PARKED", "DETAIL")
    for worker in workers {
      guard let status = worker.status else {
        let standby = worker.standby
        table.add(
          worker.name, standby.map { String($0.instance.prefix(8)) } ?? "-",
          standby.map { String($0.processID) } ?? "-", worker.health, "-", "-", "-", "-", "")
        continue
      }
      table.add(
        worker.name, String(status.instance.prefix(8)), String(status.processID), worker.health,
        String(status.logPosition), String(lag(of: status)), String(status.outboxLength),
        String(status.parkedEvents), status.detail)
    }
    table.print()
  }

  var json: JSON {
    .object([
      (
        "broker",
        .object([
          ("pid", .number(Int(brokerPID))), ("address", .text(address)),
          ("logHead", .position(head)),
        ])
      ),
      ("workers", .list(workers.map(json(of:)))),
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
      ("outbox", status.map { .number(Int($0.outboxLength)) } ?? .null),
      ("parked", status.map { .number(Int($0.parkedEvents)) } ?? .null),
      ("uncertainEffects", status.map { .number(Int($0.uncertainEffects)) } ?? .null),
    ])
  }
}
