import ArgumentParser
import Messages
import SwiftProtobuf

/// `recourse events`: events that a worker could not handle, and events that it is to see again.
struct EventsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "events",
    abstract: "Deal with events that were set aside, and hand events to a worker again.",
    discussion: """
      An event that a worker cannot handle is parked: set aside with its key, such as case/REF. Later \
      events of that key wait behind it, other cases go on. When the cause is gone, retry; where there is \
      no other way, skip the event. Both are kept in the worker's audit, with who and why.
      """,
    subcommands: [Parked.self, Retry.self, Skip.self, Replay.self])
}

extension EventsCommand {
  /// `recourse events parked`: what was set aside, and why.
  struct Parked: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "parked",
      abstract: "Show the events that were set aside, oldest first.",
      discussion: """
        ATTEMPTS is 0 for an event that only waits behind an earlier one of its key. ERROR is the kind of \
        error; VERSION, that of the worker which could not handle it.

        Example: recourse events parked --worker panel --data DIR
        """)

    @OptionGroup var about: AnyWorkerOption
    @OptionGroup var client: ClientOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let lists = try await Connection.open(client) { connection in
        var lists: [(worker: String, events: [Recourse_Worker_V1_ParkedEvent])] = []
        for worker in try await connection.workers(about.worker) {
          lists.append((worker, try await Self.all(of: worker, connection)))
        }
        return lists
      }
      if output.json {
        Output.line(
          .object([
            (
              "workers",
              .list(
                lists.map { list in
                  .object([
                    ("name", .text(list.worker)), ("parked", .list(list.events.map(\.json))),
                  ])
                })
            )
          ]))
      } else if lists.allSatisfy(\.events.isEmpty) {
        Output.line("No event is set aside.")
      } else {
        var table = Table(
          "WORKER", "POSITION", "KEY", "TYPE", "ATTEMPTS", "ERROR", "VERSION", "SINCE")
        for (worker, events) in lists {
          for event in events {
            table.add(
              worker, String(event.position), event.key, event.type, String(event.attempts),
              event.error, event.workerVersion, Moment.text(event.parkedAt))
          }
        }
        table.print()
      }
    }

    /// Page by page.
    private static func all(
      of worker: String, _ connection: Connection
    ) async throws -> [Recourse_Worker_V1_ParkedEvent] {
      var events: [Recourse_Worker_V1_ParkedEvent] = []
      while true {
        var request = Recourse_Worker_V1_ListParkedRequest()
        request.afterPosition = events.last?.position ?? 0
        let page = try await connection.worker.listParked(
          request, metadata: Connection.target(worker), options: Connection.limit())
        if page.events.isEmpty { return events }
        events += page.events
      }
    }
  }

  /// `recourse events retry`: the cause is gone.
  struct Retry: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "retry",
      abstract: "Handle the events of a key that were set aside, in order, until one fails again.",
      discussion: """
        Exit status 65 if one failed again.

        Example: recourse events retry --worker panel --key case/REF --by 'A. Operator' \
        --reason 'Version 1.2 can read it'
        """)

    @OptionGroup var about: WorkerOption

    @Option(name: .long, help: ArgumentHelp("The key, such as case/REF.", valueName: "key"))
    var key: String

    @OptionGroup var grounds: GroundsOptions
    @OptionGroup var client: ClientOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let response = try await Connection.open(client) { connection in
        try await connection.worker.retryParked(
          .with {
            $0.key = key
            $0.grounds = grounds.message
          }, metadata: connection.target(about),
          options: Connection.limit(Connection.operatorLimit))
      }
      if output.json {
        Output.line(
          .object([("worker", .text(about.worker)), ("key", .text(key))] + response.fields))
      } else {
        Output.line("Events of \(key) that were handled: \(response.handled).")
      }
      guard response.left == 0 else {
        throw Failure.input(
          "still-parked",
          "Events of \(key) that are still set aside: \(response.left). The first "
            + "failed again: \(response.error)."
        ).with(
          wayOut:
            "The worker's file in DIR/logs says more; `recourse events skip` gives the first up."
        )
      }
    }
  }

  /// `recourse events skip`: there is no other way.
  struct Skip: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "skip",
      abstract: "Give up an event that was set aside, then handle those behind it.",
      discussion: """
        The worker never takes the event into account. It has to be the oldest of its key.

        Example: recourse events skip --worker panel --position 17 --by 'A. Operator' \
        --reason 'Announced twice by mistake'
        """)

    @OptionGroup var about: WorkerOption

    @Option(
      name: .long, help: ArgumentHelp("Where the event is in the log.", valueName: "position"))
    var position: UInt64

    @OptionGroup var grounds: GroundsOptions
    @OptionGroup var client: ClientOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let rest = try await Connection.open(client) { connection in
        try await connection.worker.skipParked(
          .with {
            $0.position = position
            $0.grounds = grounds.message
          }, metadata: connection.target(about),
          options: Connection.limit(Connection.operatorLimit)
        ).rest
      }
      if output.json {
        Output.line(
          .object(
            [("worker", .text(about.worker)), ("position", .position(position))] + rest.fields))
      } else {
        Output.line("Skipped. Events behind it that were handled: \(rest.handled).")
        if rest.left > 0 {
          Output.line("Still set aside: \(rest.left). The first: \(rest.error).")
        }
      }
    }
  }
}

extension Recourse_Worker_V1_ParkedEvent {
  fileprivate var json: JSON {
    .object([
      ("position", .position(position)), ("key", .text(key)), ("type", .text(type)),
      ("attempts", .number(Int(attempts))), ("error", .text(error)),
      ("workerVersion", .text(workerVersion)), ("parkedAt", .text(Moment.text(parkedAt))),
    ])
  }
}

extension Recourse_Worker_V1_RetryParkedResponse {
  fileprivate var fields: [(String, JSON)] {
    [
      ("handled", .number(Int(handled))), ("left", .number(Int(left))),
      ("error", .optional(error)),
    ]
  }
}
