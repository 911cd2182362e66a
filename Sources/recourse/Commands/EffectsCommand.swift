import ArgumentParser
import Messages
import SwiftProtobuf

/// `recourse effects`: what workers do outside, and what became of it.
struct EffectsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "effects",
    abstract: "Show what workers do outside, and settle what nobody knows.",
    discussion: """
      An effect is intended, then it is being sent, then it is confirmed. If the worker ended in between, \
      it is uncertain: the other side is asked until it answers; where it cannot be asked, or a person is \
      sooner, a person decides. An abandoned one is not to happen any more.
      """,
    subcommands: [List.self, Settle.self])
}

extension EffectsCommand {
  /// `recourse effects list`: what is under way, and what is not settled.
  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: "Show effects, those that changed longest ago first; 500 of each worker at most.",
      discussion: """
        Example: recourse effects list --state uncertain --data DIR
        """)

    @OptionGroup var about: AnyWorkerOption

    @Option(
      name: .long,
      help: ArgumentHelp(
        "intended, sending, uncertain, confirmed or abandoned; without it, all that are not confirmed.",
        valueName: "state"))
    var state: String = ""

    @OptionGroup var client: ClientOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let lists = try await Connection.open(client) { connection in
        var lists: [(worker: String, response: Recourse_Worker_V1_ListEffectsResponse)] = []
        for worker in try await connection.workers(about.worker) {
          let response = try await connection.worker.listEffects(
            .with { $0.state = state }, metadata: Connection.target(worker),
            options: Connection.limit())
          lists.append((worker, response))
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
                    ("name", .text(list.worker)), ("total", .number(Int(list.response.total))),
                    ("effects", .list(list.response.effects.map(\.json))),
                  ])
                })
            )
          ]))
      } else {
        Self.print(lists)
      }
    }

    private static func print(
      _ lists: [(worker: String, response: Recourse_Worker_V1_ListEffectsResponse)]
    ) {
      guard lists.contains(where: { $0.response.total > 0 }) else {
        return Output.line("There is no such effect.")
      }
      var table = Table("WORKER", "KIND", "KEY", "STATE", "ATTEMPTS", "SINCE")
      for (worker, response) in lists {
        for effect in response.effects {
          table.add(
            worker, effect.kind, effect.key, effect.state, String(effect.attempts),
            Moment.text(effect.changedAt))
        }
      }
      table.print()
      for (worker, response) in lists where response.effects.count < response.total {
        Output.line("\(worker) has \(response.total); \(response.effects.count) are shown.")
      }
    }
  }

  /// `recourse effects settle`: a person says what became of one.
  struct Settle: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "settle",
      abstract: "Say what became of an effect.",
      discussion: """
        --happened and --repeat are for an uncertain effect, --abandon for one that is uncertain or \
        intended. It is kept in the worker's audit, with who and why.

        Example: recourse effects settle --worker support --kind referral --key REF/AGENCY --happened \
        --by 'A. Operator' --reason 'The agency has it'
        """)

    enum Outcome: String, EnumerableFlag {
      case happened
      case `repeat`
      case abandon

      static func help(for value: Outcome) -> ArgumentHelp? {
        switch value {
        case .happened: "It happened."
        case .repeat: "It did not happen: it is tried again."
        case .abandon: "It is not to happen any more."
        }
      }
    }

    @OptionGroup var about: WorkerOption

    @Option(name: .long, help: ArgumentHelp("What kind of effect.", valueName: "kind"))
    var kind: String

    @Option(name: .long, help: ArgumentHelp("Which one of its kind.", valueName: "key"))
    var key: String

    @Flag(exclusivity: .exclusive)
    var outcome: Outcome

    @OptionGroup var grounds: GroundsOptions
    @OptionGroup var client: ClientOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let response = try await Connection.open(client) { connection in
        try await connection.worker.settleEffect(
          .with {
            $0.kind = kind
            $0.key = key
            $0.outcome =
              switch outcome {
              case .happened: .happened
              case .repeat: .repeat
              case .abandon: .abandon
              }
            $0.grounds = grounds.message
          }, metadata: connection.target(about), options: Connection.limit())
      }
      if output.json {
        Output.line(
          .object([
            ("worker", .text(about.worker)), ("kind", .text(kind)), ("key", .text(key)),
            ("state", .text(response.state)),
          ]))
      } else {
        Output.line("The effect is \(response.state).")
      }
    }
  }
}

extension Recourse_Worker_V1_OutsideEffect {
  fileprivate var json: JSON {
    .object([
      ("kind", .text(kind)), ("key", .text(key)), ("idempotencyKey", .text(idempotencyKey)),
      ("state", .text(state)), ("attempts", .number(Int(attempts))),
      ("changedAt", .text(Moment.text(changedAt))),
    ])
  }
}
