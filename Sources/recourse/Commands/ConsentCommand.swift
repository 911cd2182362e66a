import ArgumentParser
import CaseModel
import Messages
import SwiftProtobuf

/// `recourse case consent`: what somebody answers about a consent after the application.
struct ConsentCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "consent",
    abstract: "Put on record that a consent is given, refused or withdrawn after the application.",
    discussion: """
      The clock of a case that waits for a consent runs again from the day on which it was given; it \
      stands still again, where the procedure lets it, when it is withdrawn. Nobody is referred to a \
      support service by a consent that was withdrawn. What was answered before stays on record.

      Whose consent it is, is said as the application names them: applicant, or victims[1], counted from 0. \
      Who cannot decide it themselves is answered for by somebody with --capacity and --said-by.

      Examples:
        recourse case consent REF --given --purpose share-with-relevant-bodies --wording 2026-01 \
      --officer 'A. Officer'
        recourse case consent REF --given --purpose third-party-authority --person 'victims[1]' \
      --capacity attorney --said-by 'B. Attorney' --wording 2026-01 --officer 'A. Officer'
        recourse case consent REF --withdrawn --purpose support-referral --recipient victim-support \
      --officer 'A. Officer'
      """)

  enum Answer: String, EnumerableFlag {
    case given
    case refused
    case withdrawn

    static func help(for value: Answer) -> ArgumentHelp? {
      switch value {
      case .given: "They consent."
      case .refused: "They were asked and said no."
      case .withdrawn: "They take back what they had given."
      }
    }

    fileprivate var message: Recourse_Intake_V1_RecordConsentRequest.Answer {
      switch self {
      case .given: .given
      case .refused: .refused
      case .withdrawn: .withdrawn
      }
    }
  }

  enum Purpose: String, ExpressibleByArgument, CaseIterable {
    case shareWithRelevantBodies = "share-with-relevant-bodies"
    case supportReferral = "support-referral"
    case thirdPartyAuthority = "third-party-authority"
    case attendance
    case feedback
    case equalityMonitoring = "equality-monitoring"

    fileprivate var message: Recourse_Intake_V1_Consent.Purpose {
      switch self {
      case .shareWithRelevantBodies: .shareWithRelevantBodies
      case .supportReferral: .supportReferral
      case .thirdPartyAuthority: .thirdPartyAuthority
      case .attendance: .attendance
      case .feedback: .feedback
      case .equalityMonitoring: .equalityMonitoring
      }
    }
  }

  enum Capacity: String, ExpressibleByArgument, CaseIterable {
    case themselves
    case parentalResponsibility = "parental-responsibility"
    case attorney
    case deputy
    case bestInterests = "best-interests"

    fileprivate var message: Recourse_Intake_V1_Capacity {
      switch self {
      case .themselves: .themselves
      case .parentalResponsibility: .parentalResponsibility
      case .attorney: .attorney
      case .deputy: .deputy
      case .bestInterests: .bestInterests
      }
    }
  }

  @OptionGroup var argument: CaseArgument

  @Flag(exclusivity: .exclusive)
  var answer: Answer

  @Option(name: .long, help: "What it is for.")
  var purpose: Purpose

  @Option(
    name: .long,
    help: ArgumentHelp("Key of whom it is for, where it is for somebody.", valueName: "key"))
  var recipient: String = ""

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Whose it is; else the applicant's, an authority that of the one victim who is somebody else.",
      valueName: "person"))
  var person: String = ""

  @Option(name: .long, help: "As what somebody answers for them; else they answered themselves.")
  var capacity: Capacity?

  @Option(name: .long, help: ArgumentHelp("Who answered for them.", valueName: "name"))
  var saidBy: String = ""

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Version of the wording that was agreed to; needed with --given.", valueName: "version"))
  var wording: String = ""

  @Option(
    name: .long, help: ArgumentHelp("The day it was answered; else today.", valueName: "yyyy-mm-dd")
  )
  var on: String = ""

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Why, in words; needed if it was answered before the application was received, or refused or "
        + "withdrawn before today.",
      valueName: "text"))
  var reason: String = ""

  @Option(name: .long, help: ArgumentHelp("Who puts it on record.", valueName: "name"))
  var officer: String

  @OptionGroup var call: CaseCall

  func run() async throws {
    let reference = try argument.checked.description
    let request = Recourse_Intake_V1_RecordConsentRequest.with {
      $0.caseReference = reference
      $0.answer = answer.message
      $0.purpose = purpose.message
      $0.recipient = recipient
      $0.person = person
      $0.capacity = capacity?.message ?? .unspecified
      $0.saidBy = saidBy
      $0.wording = wording
      $0.answeredOn = on
      $0.reason = reason
      $0.officer = officer
    }
    let response = try await call.carryOut(request) {
      try await $0.intake.recordConsent($1, options: Connection.limit())
    }
    let to = recipient.isEmpty ? "" : " to \(recipient)"
    call.answer(
      reference,
      [
        ("consentId", .text(response.consentID)), ("answer", .text(answer.rawValue.uppercased())),
        ("purpose", .text(Naming.name(of: request.purpose))),
        ("recipient", .optional(recipient)), ("person", .text(response.person)),
        ("answeredOn", .text(response.answeredOn)),
        ("awaited", .list(response.awaited.map(\.json))),
        ("repeated", .bool(response.repeated)), ("logPosition", .position(response.logPosition)),
      ],
      "\(purpose.rawValue)\(to), of \(response.person): \(answer.rawValue) on "
        + "\(response.answeredOn.dayInWords). "
        + (response.awaited.isEmpty
          ? "No consent is waited for."
          : "Waited for: \(response.awaited.map(\.sentence).joined(separator: ", ")).")
    )
  }
}

extension Recourse_Intake_V1_RecordConsentRequest: KeyedRequest {}
