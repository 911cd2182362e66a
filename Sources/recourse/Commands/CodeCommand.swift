import ArgumentParser
import CaseModel
import Messages
import SwiftProtobuf

/// `recourse case code`: a new code for whoever applied.
struct CodeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "code",
    abstract: "Give out a new code by which the person follows their case.",
    discussion: """
      For an application that came by telephone or on paper, or whose code was lost. The code before it \
      opens the case no more, and whoever has it open is out; a case that guessing has locked is open \
      again for the new one.

      The code is shown here and nowhere else, and never again: read it out, or write it to the person \
      by a way that they said is safe. Make sure first that it is them. Who gave it out and why is in \
      Intake's audit.

      Example: recourse case code REF --officer 'A. Officer' --reason 'Lost it; called back on record'
      """)

  @OptionGroup var argument: CaseArgument

  @Option(name: .long, help: ArgumentHelp("Who gives it out.", valueName: "name"))
  var officer: String

  @Option(name: .long, help: ArgumentHelp("Why, in words.", valueName: "text"))
  var reason: String

  @OptionGroup var client: ClientOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let reference = try argument.checked.description
    let request = Recourse_Intake_V1_IssueCodeRequest.with {
      $0.caseReference = reference
      $0.officer = officer
      $0.reason = reason
    }
    // Not tried again by itself: each time it is another code, and the one before is worth nothing.
    let response = try await Connection.open(client) { connection in
      try await connection.door.issueCode(request, options: Connection.limit())
    }
    if output.json {
      Output.line(.object([("reference", .text(reference)), ("code", .text(response.code))]))
    } else {
      Output.line(
        "\(reference) opens with the code \(response.code) from now on, and with no other.")
    }
  }
}
