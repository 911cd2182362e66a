import ArgumentParser
import GRPCCore
import Messages
import SwiftProtobuf

extension EventsCommand {
  /// `recourse events replay`: a worker is to see events again.
  struct Replay: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "replay",
      abstract: "Hand events of the past to a worker again, marked as replay.",
      discussion: """
        Only handlers that say so see an event again; they change what they keep, and nothing is \
        announced or done outside. What the worker has taken into account and what it has set aside \
        stays as it is. How far it is goes to standard error.

        Example: recourse events replay --worker reporting --from-time 2026-03-01T00:00:00Z \
        --by 'A. Operator' --reason 'Figures are to be counted anew'
        """)

    @OptionGroup var about: WorkerOption

    @Option(
      name: .long,
      help: ArgumentHelp("Events from this position in the log on.", valueName: "position"))
    var fromPosition: UInt64?

    @Option(
      name: .long,
      help: ArgumentHelp(
        "Events that the log recorded at this moment or later, such as 2026-03-01T00:00:00Z.",
        valueName: "moment"))
    var fromTime: String?

    @Option(name: .long, help: ArgumentHelp("All events of this key.", valueName: "key"))
    var key: String?

    @OptionGroup var grounds: GroundsOptions
    @OptionGroup var client: ClientOptions
    @OptionGroup var output: OutputOptions

    /// Positions between two lines that say how far it is.
    private static let tellInterval: UInt64 = 1000

    func run() async throws {
      let request = try request
      let isJSON = output.json
      let last = try await Connection.open(client) { connection in
        try await connection.worker.replay(
          request, metadata: connection.target(about)
        ) { response in
          var (last, told) = (Recourse_Worker_V1_ReplayResponse(), UInt64(0))
          for try await progress in response.messages {
            last = progress
            guard !isJSON, progress.position >= told + Self.tellInterval else { continue }
            told = progress.position
            Output.complaint("Up to position \(told): \(progress.handled) events handled.")
          }
          return last
        }
      }
      if output.json {
        Output.line(
          .object([
            ("worker", .text(about.worker)), ("position", .position(last.position)),
            ("handled", .number(Int(last.handled))), ("refused", .number(Int(last.refused))),
          ]))
      } else {
        Output.line(
          "Events that were handled again: \(last.handled). Not to be seen again: \(last.refused).")
      }
    }

    /// - Throws: ``Failure`` if it is not one start, or no moment.
    private var request: Recourse_Worker_V1_ReplayRequest {
      get throws {
        var request = Recourse_Worker_V1_ReplayRequest()
        request.grounds = grounds.message
        switch (fromPosition, fromTime, key) {
        case (let position?, nil, nil): request.fromPosition = position
        case (nil, let text?, nil):
          guard let moment = Moment.read(text) else {
            throw Failure.input(
              "not-a-moment", path: "--from-time",
              "Expected a moment with a time and a zone, such as 2026-03-01T00:00:00Z.")
          }
          request.fromTime = Google_Protobuf_Timestamp(date: moment)
        case (nil, nil, let key?): request.key = key
        default:
          throw Failure.usage(
            "usage", path: "--from-position",
            "Expected one of --from-position, --from-time and --key.")
        }
        return request
      }
    }
  }
}
