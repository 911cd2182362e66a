import ArgumentParser
import Intake
import Messages

/// `recourse apply`: takes an application in.
struct ApplyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apply",
    abstract: "Take an application in and print its case reference.",
    discussion: """
      FILE is JSON, in UTF-8: one object with area, channel, applicant, victims, complaints, consents \
      and so on. What is wrong with it is told by the path of the field, such as \
      complaints[1].madeTo, and nothing is taken in. receivedAt may be given for an application that \
      was received earlier, on paper or by phone.

      An application without a consent that a review cannot be run without is taken in too. What is waited       for is told on standard error, and put on record by `recourse case consent`.

      Sent again with the same --idempotency-key, it gives the same reference and is taken in once.

      Example: recourse apply application.json --data DIR
      """)

  @Argument(help: "The application's file, or - for standard input.")
  var file: String

  @OptionGroup var client: ClientOptions
  @OptionGroup var repetition: RepeatOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let application = try Self.read(try await Input.bytes(of: file))
    let response = try await Connection.open(client) { connection in
      try await repetition.sending { key in
        try await Self.submit(application, key: key, connection)
      }
    }
    if output.json {
      Output.line(Self.json(response))
    } else {
      Output.line(response.caseReference)
      for awaited in response.awaited { Output.complaint("Waited for: \(awaited.sentence)") }
    }
  }

  /// Checks names and types of the JSON; whether it makes sense is for the worker that keeps it.
  static func read(_ json: [UInt8]) throws -> Recourse_Intake_V1_Application {
    do {
      return try ApplicationForm.message(json: json)
    } catch {
      throw Failure(error.refusal)
    }
  }

  static func submit(
    _ application: Recourse_Intake_V1_Application, key: String, _ connection: Connection
  ) async throws -> Recourse_Intake_V1_SubmitResponse {
    var request = Recourse_Intake_V1_SubmitRequest()
    request.application = application
    request.idempotencyKey = key
    request.submittedBy = .commandLine
    return try await connection.intake.submit(request, options: Connection.limit())
  }

  static func json(_ response: Recourse_Intake_V1_SubmitResponse) -> JSON {
    .object([
      ("reference", .text(response.caseReference)),
      ("receivedOn", .text(response.receivedOn)),
      ("awaited", .list(response.awaited.map(\.json))),
      ("repeated", .bool(response.repeated)),
      ("logPosition", .position(response.logPosition)),
    ])
  }
}
