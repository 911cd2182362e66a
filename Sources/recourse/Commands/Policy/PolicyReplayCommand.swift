import ArgumentParser
import Messages

/// Whether a command says how far it is.
struct ProgressOption: ParsableArguments {
  @Flag(
    name: .long, help: "Say on standard error how far it is; at a terminal that is said anyway.")
  var progress = false
}

extension PolicyCommand {
  /// `recourse policy replay`: stored decisions are derived anew, and none may come out otherwise.
  struct Replay: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "replay",
      abstract: "Derive all stored decisions anew, each under its own pack, and say which differ.",
      discussion: """
        Every decision is kept with what it was derived from. Nothing is changed. None may differ: the \
        exit status is 0 then, and 65 if one does.

        Example: recourse policy replay --data DIR
        """)

    @OptionGroup var client: ClientOptions
    @OptionGroup var progress: ProgressOption
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let telling = RederivationProgress(isAsked: progress.progress)
      let result = try await Connection.open(client) { connection in
        try await Rederivation.run(.init(), connection, progress: telling)
      }
      if output.json {
        Output.line(.object(result.fields))
      } else {
        for line in result.lines { Output.line(line) }
        let decisions = result.lookedAt == 1 ? "1 decision" : "\(result.lookedAt) decisions"
        Output.line(
          result.differencesCount == 0
            ? "\(decisions) derived anew: none comes out otherwise."
            : "\(decisions) derived anew: \(result.differencesCount) come out otherwise.")
        if result.withoutInputs > 0 { Output.line(result.withoutInputsSentence) }
      }
      if result.differencesCount > 0 { throw AlreadyTold(exit: .input) }
    }
  }
}
