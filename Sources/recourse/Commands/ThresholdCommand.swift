import ArgumentParser
import CaseModel
import Messages

/// `recourse threshold`: is a review owed?
struct ThresholdCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "threshold",
    abstract: "Assess and decide whether the threshold is met.",
    discussion: """
      The rules recommend; a named person decides. `assess` and `window` need no running system.
      """,
    subcommands: [AssessCommand.self, Decide.self, Notified.self, WindowCommand.self])
}

extension ThresholdCommand {
  /// `recourse threshold decide`: a named person signs.
  struct Decide: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "decide",
      abstract: "Sign the decision whether the threshold is met.",
      discussion: """
        Where s.104(4) says that the threshold must be met, "not met" is refused. Signing "met" where \
        it does not say so needs the reason that persuaded you. "Not met" is a result: exit status 0.

        Example: recourse threshold decide REF --met --officer 'A. Officer' --reason 'Three complaints'
        """)

    enum Decision: String, EnumerableFlag {
      case met
      case notMet

      static func name(for value: Decision) -> NameSpecification {
        .customLong(value == .met ? "met" : "not-met")
      }

      static func help(for value: Decision) -> ArgumentHelp? {
        value == .met
          ? "The threshold is met: a review is owed." : "The threshold is not met."
      }
    }

    @OptionGroup var argument: CaseArgument

    @Flag(exclusivity: .exclusive)
    var decision: Decision

    @Option(name: .long, help: ArgumentHelp("Who signs.", valueName: "name"))
    var officer: String

    @Option(name: .long, help: ArgumentHelp("Why, in words.", valueName: "text"))
    var reason: String

    enum Route: String, ExpressibleByArgument, CaseIterable {
      case local
      case discretionary
    }

    @Option(
      name: .long,
      help: ArgumentHelp(
        "What \"met\" rests on where s.104(4) does not decide it: an alternative of the area's own, or "
          + "s.104(5). Without it, the first of the two that is open."))
    var route: Route?

    @OptionGroup var client: ClientOptions
    @OptionGroup var repetition: RepeatOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let reference = try argument.checked
      let response = try await Connection.open(client) { connection in
        try await repetition.sending { key in
          try await Self.sign(
            reference.description, isMet: decision == .met, officer: officer, reason: reason,
            route: route, key: key, connection)
        }
      }
      let decided = response.decision
      if output.json {
        Output.line(
          .object([
            ("reference", .text(reference.description)), ("met", .bool(decided.met)),
            ("route", .optional(decided.met ? Naming.name(of: decided.route) : "")),
            ("clause", .optional(decided.clause)), ("decidedOn", .text(decided.decidedOn)),
            ("repeated", .bool(response.repeated)),
            ("logPosition", .position(response.logPosition)),
          ]))
      } else {
        let what = decided.met ? "met: a review is owed" : "not met"
        Output.line("The threshold of \(reference) is \(what), decided on \(decided.decidedOn).")
      }
    }

    static func sign(
      _ reference: String, isMet: Bool, officer: String, reason: String, route: Route? = nil,
      key: String, _ connection: Connection
    ) async throws -> Recourse_Threshold_V1_DecideResponse {
      var request = Recourse_Threshold_V1_DecideRequest()
      request.caseReference = reference
      request.met = isMet
      request.officer = officer
      request.reason = reason
      switch route {
      case .local: request.route = .local
      case .discretionary: request.route = .discretionary
      case nil: break
      }
      request.idempotencyKey = key
      request.atLeastPosition = try await connection.head()
      return try await connection.threshold.decide(request, options: Connection.limit())
    }
  }

  /// `recourse threshold notified`: evidence that a body has the application.
  struct Notified: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "notified",
      abstract: "Record that a relevant body has been passed the application (s.104(3)).",
      discussion: """
        Only on evidence, such as an acknowledgement: that it was sent is not enough.

        Example: recourse threshold notified REF --body livewest --officer 'A. Officer'
        """)

    @OptionGroup var argument: CaseArgument

    @Option(name: .long, help: ArgumentHelp("The body, by its key.", valueName: "key"))
    var body: String

    @Option(name: .long, help: ArgumentHelp("The day; else today.", valueName: "yyyy-mm-dd"))
    var on: String?

    @Option(name: .long, help: ArgumentHelp("Who has the evidence.", valueName: "name"))
    var officer: String = ""

    @OptionGroup var client: ClientOptions
    @OptionGroup var repetition: RepeatOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let reference = try argument.checked
      var request = Recourse_Threshold_V1_RecordNotifiedRequest()
      request.caseReference = reference.description
      request.body = body
      request.notifiedOn = on ?? ""
      request.officer = officer
      let response = try await Connection.open(client) { [request] connection in
        try await repetition.sending { key in
          var request = request
          request.idempotencyKey = key
          request.atLeastPosition = try await connection.head()
          return try await connection.threshold.recordNotified(
            request, options: Connection.limit())
        }
      }
      if output.json {
        Output.line(
          .object([
            ("reference", .text(reference.description)), ("body", .text(body)),
            ("notifiedOn", .text(response.notifiedOn)), ("repeated", .bool(response.repeated)),
            ("logPosition", .position(response.logPosition)),
          ]))
      } else {
        Output.line("\(body) has had \(reference) since \(response.notifiedOn).")
      }
    }
  }
}
