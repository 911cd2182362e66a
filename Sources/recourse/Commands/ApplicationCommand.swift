import ArgumentParser
import CaseModel
import Messages
import SwiftProtobuf

/// `recourse case application`: what somebody told when they applied.
struct ApplicationCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "application",
    abstract:
      "Read what was told with an application: what happened, what it does to people, what they want.",
    discussion: """
      For whoever works on the case: how persistent it is, what harm it does and how it was answered is weighed \
      (s.104(5)(b)), and stands in the person's own words. What they changed since is in it. Of those who are \
      alleged to do it nothing is shown.

      Who read it and why is in Intake's audit, and the person sees that an officer did, and which parts. \
      Consents are in `recourse case show`, files in `recourse case attachment`.

      Example: recourse case application REF --officer 'A. Officer' --reason 'To decide on the threshold'
      """)

  @OptionGroup var argument: CaseArgument

  @Option(name: .long, help: ArgumentHelp("Who reads it.", valueName: "name"))
  var officer: String

  @Option(name: .long, help: ArgumentHelp("Why, in words.", valueName: "text"))
  var reason: String

  @OptionGroup var client: ClientOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let reference = try argument.checked.description
    let response = try await Connection.open(client) { connection in
      let head = try await connection.head()
      return try await connection.intake.getApplication(
        .with {
          $0.caseReference = reference
          $0.purpose = .caseWork
          $0.officer = officer
          $0.reason = reason
          $0.atLeastPosition = head
        }, options: Connection.limit())
    }
    if output.json {
      Output.line(try response.jsonString())
    } else {
      for line in response.lines { Output.line(line) }
    }
  }
}
