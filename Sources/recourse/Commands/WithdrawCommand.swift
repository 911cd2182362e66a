import ArgumentParser
import CaseModel
import Messages
import SwiftProtobuf

/// `recourse case withdraw`: an application that is taken back.
struct WithdrawCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "withdraw",
    abstract: "Put on record that the applicant takes the application back.",
    discussion: """
      Nothing is asked or decided any more and the clocks end; a review that is owed ends as withdrawn. \
      What was decided stays on record, support goes on, and the figures keep the application. Who still \
      needs a review applies again.

      Ask whether somebody wants them to withdraw. Where they say so, --under-pressure puts that on \
      record and shows it with the case, so that somebody gets in touch with them safely.

      Example: recourse case withdraw REF --reason 'It has stopped' --officer 'A. Officer'
      """)

  @OptionGroup var argument: CaseArgument

  @Option(name: .long, help: ArgumentHelp("Why, as the applicant says.", valueName: "text"))
  var reason: String

  @Flag(name: .long, help: "They say that they were put under pressure.")
  var underPressure = false

  @Option(name: .long, help: ArgumentHelp("Who puts it on record.", valueName: "name"))
  var officer: String

  @OptionGroup var call: CaseCall

  func run() async throws {
    let reference = try argument.checked.description
    let request = Recourse_Intake_V1_RecordWithdrawalRequest.with {
      $0.caseReference = reference
      $0.reason = reason
      $0.underPressure = underPressure
      $0.officer = officer
    }
    let response = try await call.carryOut(request) {
      try await $0.intake.recordWithdrawal($1, options: Connection.limit())
    }
    call.answer(
      reference,
      [
        ("withdrawnOn", .text(response.withdrawnOn)), ("underPressure", .bool(underPressure)),
        ("repeated", .bool(response.repeated)), ("logPosition", .position(response.logPosition)),
      ],
      "The application was withdrawn on \(response.withdrawnOn.dayInWords). Support goes on."
        + (underPressure ? " Get in touch with them, by a way that they said is safe." : ""))
  }
}

extension Recourse_Intake_V1_RecordWithdrawalRequest: KeyedRequest {}
