import ArgumentParser
import CaseModel
import Messages

extension ThresholdCommand {
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
