import CaseModel
import CorrespondenceRules
import GRPCCore
import Letters
import Messages
import SwiftProtobuf
import WorkerKit

/// What Intake is asked: who takes part, how people can be reached safely, and whether texts name what is protected.
struct IntakeCalls {
  /// How long another worker may take.
  static let answerLimit: Duration = .seconds(10)
  /// The applicant, as the application names them.
  static let applicant = "applicant"

  /// Parts, bytes of text and people in one question; more are asked in several. The same as Intake's own.
  static let partsLimit = 64
  static let textLimit = 262_144
  static let peopleLimit = 64

  static let methods = [
    Recourse_Intake_V1_Intake.Method.GetConsents.descriptor,
    Recourse_Intake_V1_Door.Method.IssueAnswerCode.descriptor,
  ]
  static let disclosures = [
    DisclosureNeed(
      Recourse_Intake_V1_Guard.Method.PrepareLetters.descriptor, purpose: "correspondence",
      fields: ["name", "ways", "language", "adjustments"]),
    DisclosureNeed(
      Recourse_Intake_V1_Intake.Method.GetNeeds.descriptor, purpose: "correspondence",
      fields: ["attendance"]),
  ]

  let context: WorkerContext

  init(_ context: WorkerContext) {
    self.context = context
  }

  /// Who takes part, and whose consent is waited for, by where the application names them.
  func people(
    of reference: CaseReference
  ) async throws -> (participants: [String], awaited: [(String, AwaitedSubject)]) {
    let service = Recourse_Intake_V1_Intake.Stub(wrapping: context.client)
    let answer = try await service.getConsents(
      .with { $0.caseReference = reference.description }, options: .within(Self.answerLimit))
    let words = answer.answers.filter(\.newest).compactMap(TakingPart.Word.init)
    var awaited: [(String, AwaitedSubject)] = []
    for one in answer.awaited where !awaited.contains(where: { $0.0 == one.person }) {
      awaited.append(
        (one.person, one.purpose == .thirdPartyAuthority ? .authority : .sharing))
    }
    return (TakingPart.find(words, applicant: Self.applicant), awaited)
  }

  /// How the applicant has said that they take part, with the application or later; nil where they have not.
  func choice(of reference: CaseReference) async throws -> Letter.Invitation.Choice? {
    let service = Recourse_Intake_V1_Intake.Stub(wrapping: context.client)
    let answer = try await service.getNeeds(
      .with {
        $0.caseReference = reference.description
        $0.purpose = .correspondence
      }, options: .within(Self.answerLimit))
    switch answer.attendance {
    case .attendInPerson: return .takesPart(.inPerson)
    case .attendRemotely: return .takesPart(.remotely)
    case .representative: return .takesPart(.representative)
    case .statement: return .takesPart(.statement)
    case .doesNotAttend: return .staysAway
    case .unspecified, .UNRECOGNIZED: return nil
    }
  }

  /// A code by which somebody answers what they are asked, who has not applied; nil if it is waited for no more.
  func answerCode(
    for person: String, _ subject: AwaitedSubject, of reference: CaseReference
  ) async throws -> AnswerCode? {
    let service = Recourse_Intake_V1_Door.Stub(wrapping: context.client)
    do {
      let issued = try await service.issueAnswerCode(
        .with {
          $0.caseReference = reference.description
          $0.person = person
          $0.purpose = subject == .authority ? .thirdPartyAuthority : .shareWithRelevantBodies
        }, options: .within(Self.answerLimit))
      return AnswerCode(code: issued.code, until: CalendarDate(issued.keptUntil))
    } catch let error as RPCError {
      guard let refusal = Refusal(error), refusal.isAboutTheCase else { throw error }
      return nil
    }
  }
}

/// By which somebody answers what they are asked.
struct AnswerCode: Sendable {
  /// Stands where a code will, while it is looked at whether the letter may leave: each that is issued takes another's
  /// place some day.
  static let placeholder = AnswerCode(code: "XXXX-XXXX-XXXX-XXXX", until: nil)

  let code: String
  /// The last day on which it answers.
  let until: CalendarDate?
}

extension TakingPart.Word {
  /// Nil for an answer about something else.
  fileprivate init?(_ answer: Recourse_Intake_V1_ConsentOnRecord) {
    let subject: Subject
    switch answer.purpose {
    case .shareWithRelevantBodies: subject = .sharing
    case .thirdPartyAuthority: subject = .authority
    default: return nil
    }
    self.init(answer.person, subject, isYes: answer.answer == .given)
  }
}

extension Refusal {
  /// It says something of the case, and will say so again; others are about who asks, or will pass.
  var isAboutTheCase: Bool {
    switch kind {
    case .input, .notFound, .state: true
    case .tryAgain, .notAllowed, .tooMany, .changed: false
    }
  }
}

extension CallOptions {
  /// An answer within a limit, or an error.
  static func within(_ limit: Duration) -> CallOptions {
    var options = CallOptions.defaults
    options.timeout = limit
    return options
  }
}
