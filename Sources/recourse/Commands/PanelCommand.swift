import ArgumentParser
import CaseModel
import Messages

/// `recourse panel`: when the bodies meet, and what came of it.
struct PanelCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "panel",
    abstract: "Find a day for the panel, and record that it met and what became of what it said.",
    subcommands: [
      AvailabilityCommand.self, Hold.self, Answer.self, Action.self, FollowUps.self,
    ])

  /// `recourse panel hold`: the meeting took place.
  struct Hold: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "hold",
      abstract: "Record that the panel met, and what it recommended.",
      discussion: """
        Either --recommend for each recommendation, to the body that must have regard to it \
        (s.104(7)), or --none. A day by which the panel asks for it follows the body, after @.

        Examples:
          recourse panel hold REF --on 2026-04-14 --recommend 'livewest:Repair the door' --reason TEXT
          recourse panel hold REF --on 2026-04-14 --recommend 'livewest@2026-05-29:Repair it' --reason TEXT
          recourse panel hold REF --on 2026-04-14 --none --reason TEXT
        """)

    @OptionGroup var argument: CaseArgument

    @Option(name: .long, help: ArgumentHelp("The day of the meeting.", valueName: "yyyy-mm-dd"))
    var on: String

    @Option(
      name: .long, parsing: .singleValue,
      help: ArgumentHelp("A recommendation; may be given again.", valueName: "body[@day]:text"))
    var recommend: [String] = []

    @Flag(name: .long, help: "The panel decided to make no recommendation.")
    var none = false

    @Option(name: .long, help: ArgumentHelp("Why, in words.", valueName: "text"))
    var reason: String

    @OptionGroup var leakGuard: GuardOptions
    @OptionGroup var client: ClientOptions
    @OptionGroup var repetition: RepeatOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
      if none == !recommend.isEmpty {
        throw ValidationError(
          "Say what the panel recommended, --recommend BODY:TEXT, or that it made none, --none.")
      }
      _ = try recommend.map(Self.recommendation)
    }

    func run() async throws {
      let reference = try argument.checked
      var request = Recourse_Panel_V1_HoldRequest()
      request.caseReference = reference.description
      request.heldOn = on
      request.recommendations = try recommend.map(Self.recommendation)
      request.none = none
      request.reason = reason
      request.guardOverride = leakGuard.guardOverride
      let response = try await Connection.open(client) { [request] connection in
        try await repetition.sending { key in
          var request = request
          request.idempotencyKey = key
          request.atLeastPosition = try await connection.head()
          return try await connection.panel.hold(request, options: Connection.limit())
        }
      }
      if output.json {
        Output.line(
          .object([
            ("reference", .text(reference.description)), ("heldOn", .text(on)),
            ("recommendations", .number(recommend.count)),
            ("repeated", .bool(response.repeated)),
            ("logPosition", .position(response.logPosition)),
          ]))
      } else {
        let what =
          switch recommend.count {
          case 0: "no recommendation"
          case 1: "one recommendation"
          default: "\(recommend.count) recommendations"
          }
        Output.line("The panel on \(reference) met on \(on) and made \(what).")
      }
    }

    private static func recommendation(
      _ text: String
    ) throws -> Recourse_Panel_V1_Recommendation {
      guard let colon = text.firstIndex(of: ":"), colon != text.startIndex,
        text.index(after: colon) != text.endIndex
      else { throw ValidationError("A recommendation is BODY:TEXT, such as livewest:Repair it.") }
      var recommendation = Recourse_Panel_V1_Recommendation()
      let parts = text[..<colon].split(separator: "@", maxSplits: 1)
      recommendation.body = parts.first.map(String.init) ?? ""
      recommendation.doBy = parts.count > 1 ? String(parts[1]) : ""
      recommendation.text = String(text[text.index(after: colon)...])
      return recommendation
    }
  }
}
