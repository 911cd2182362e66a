import ArgumentParser
import CaseModel
import Messages
import SwiftProtobuf

extension NoticeCommand {
  /// `recourse notice write`: one that needs a person's words.
  struct Write: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "write",
      abstract: "Have a notice written that no event brings by itself.",
      discussion: """
        Whoever waits for a stage that is late is told why: that is somebody's to say. The words go into the letter, and \
        are guarded like any.

        Examples:
          recourse notice write REF --delay decide --reason 'The landlord has not answered yet' --officer 'A. Officer'
          recourse notice write REF --kind appeal-outcome --about 1 --officer 'A. Officer'
        """)

    enum Kind: String, ExpressibleByArgument, CaseIterable {
      case acknowledgement
      case consentRequest = "consent-request"
      case bodyNotification = "body-notification"
      case informationRequest = "information-request"
      case informationChaser = "information-chaser"
      case thresholdMet = "threshold-met"
      case thresholdNotMet = "threshold-not-met"
      case thresholdDeferred = "threshold-deferred"
      case outcome
      case appealAcknowledgement = "appeal-acknowledgement"
      case appealOutcome = "appeal-outcome"
      case withdrawal
      case followUp = "follow-up"

      fileprivate var message: Recourse_Correspondence_V1_NoticeKind {
        switch self {
        case .acknowledgement: .acknowledgement
        case .consentRequest: .consentRequest
        case .bodyNotification: .bodyNotification
        case .informationRequest: .informationRequest
        case .informationChaser: .informationChaser
        case .thresholdMet: .thresholdMet
        case .thresholdNotMet: .thresholdNotMet
        case .thresholdDeferred: .thresholdDeferred
        case .outcome: .outcome
        case .appealAcknowledgement: .appealAcknowledgement
        case .appealOutcome: .appealOutcome
        case .withdrawal: .withdrawal
        case .followUp: .followUp
        }
      }
    }

    @OptionGroup var argument: CaseArgument

    @Option(
      name: .long,
      help: ArgumentHelp("That this stage is late, as the procedure names it.", valueName: "stage"))
    var delay: String?

    @Option(name: .long, help: "Another kind of notice.")
    var kind: Kind?

    @Option(
      name: .long,
      help: ArgumentHelp("The number of an appeal, or the key of a body.", valueName: "word"))
    var about: String = ""

    @Option(name: .long, help: ArgumentHelp("Said to the reader.", valueName: "text"))
    var reason: String = ""

    @Option(name: .long, help: ArgumentHelp("Who has it written.", valueName: "name"))
    var officer: String

    @OptionGroup var repetition: RepeatOptions
    @OptionGroup var client: ClientOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
      if (delay == nil) == (kind == nil) {
        throw ValidationError("A notice is about one thing: give either --delay or --kind.")
      }
      if delay != nil && reason.isEmpty {
        throw ValidationError("Whoever waits is told why: give --reason.")
      }
    }

    func run() async throws {
      let reference = try argument.checked.description
      let response = try await Connection.open(client) { connection in
        try await repetition.sending { key in
          try await connection.correspondence.writeNotice(
            .with {
              $0.caseReference = reference
              $0.kind = kind?.message ?? .delay
              $0.about = delay ?? about
              $0.reason = reason
              $0.officer = officer
              $0.idempotencyKey = key
            }, options: Connection.limit())
        }
      }
      Output.change(response, asJSON: output.json)
    }
  }
}
