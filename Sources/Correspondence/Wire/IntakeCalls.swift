import CaseModel
import CorrespondenceRules
import GRPCCore
import Messages
import SwiftProtobuf
import WorkerKit

/// What Intake is asked: who takes part, how somebody can be reached safely, and whether a text names what is protected.
struct IntakeCalls {
  /// How long another worker may take.
  static let answerLimit: Duration = .seconds(10)
  /// The applicant, as the application names them.
  static let applicant = "applicant"

  private typealias Guard = Recourse_Intake_V1_Guard.Method

  static let methods = [
    Guard.CheckText.descriptor, Recourse_Intake_V1_Intake.Method.GetConsents.descriptor,
  ]
  static let disclosures = [
    DisclosureNeed(
      Guard.GetContact.descriptor, purpose: "correspondence",
      fields: ["name", "ways", "language", "adjustments"])
  ]

  private let context: WorkerContext

  init(_ context: WorkerContext) {
    self.context = context
  }

  /// Nil if the case has nobody there.
  /// - Parameter key: opaque within the case; empty where the path is known alone.
  func contact(
    path: String, key: String = "", of reference: CaseReference
  ) async throws -> Contact? {
    let service = Recourse_Intake_V1_Guard.Stub(wrapping: context.client)
    do {
      let answer = try await service.getContact(
        .with {
          $0.caseReference = reference.description
          $0.person = path
          $0.personKey = path.isEmpty ? key : ""
          $0.purpose = .correspondence
        }, options: .within(Self.answerLimit))
      return Contact(answer, path: path, key: key)
    } catch let error as RPCError {
      guard let refusal = Refusal(error), refusal.isAboutTheCase else {
        throw error
      }
      return nil
    }
  }

  /// The names of the parts that name what is protected from a reader, each once.
  func hits(
    in parts: [(name: String, text: String)], for addressee: Addressee,
    of reference: CaseReference
  ) async throws -> [String] {
    guard !parts.isEmpty else { return [] }
    let service = Recourse_Intake_V1_Guard.Stub(wrapping: context.client)
    let request = Recourse_Intake_V1_CheckTextRequest.with {
      $0.caseReference = reference.description
      $0.protected = addressee.reader.protected.map { .init($0) }
      $0.parts = parts.map { part in
        .with {
          $0.name = part.name
          $0.text = part.text
        }
      }
      if case .person(let path, _) = addressee { $0.reader = path }
    }
    let answer: Recourse_Intake_V1_CheckTextResponse
    do {
      answer = try await service.checkText(request, options: .within(Self.answerLimit))
    } catch let error as RPCError {
      guard let refusal = Refusal(error), refusal.isAboutTheCase else { throw error }
      // What cannot be looked at is not clear.
      return parts.map(\.name)
    }
    // Whoever says neither is not believed.
    return answer.clear ? [] : answer.hits.isEmpty ? ["text"] : answer.hits
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
}

extension Contact {
  fileprivate init(
    _ answer: Recourse_Intake_V1_GetContactResponse, path: String, key: String
  ) {
    self.init(
      name: answer.name, language: Language(rawValue: answer.language) ?? .english,
      ways: answer.ways.compactMap { way in
        guard let channel = NoticeWay(rawValue: way.channel) else { return nil }
        // Hours that cannot be read are none that may be relied on: nobody rings then.
        let hours = ContactSpan(way.between)
        guard way.between.isEmpty || hours != nil else { return nil }
        return Way(
          safe: SafeWay(channel, hours: hours, voicemail: way.voicemail), address: way.address)
      },
      path: answer.person.isEmpty ? path : answer.person,
      key: answer.personKey.isEmpty ? key : answer.personKey,
      wantsLargePrint: answer.adjustments.contains { adjustment in
        let words = adjustment.lowercased()
        return words.contains("large") && words.contains("print")
          || words.contains("print bras")
      })
  }
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

extension Recourse_Intake_V1_ProtectedParty {
  fileprivate init(_ party: ProtectedParty) {
    switch party {
    case .allegedPerpetrator: self = .allegedPerpetrator
    case .applicantSide: self = .applicantSide
    case .otherVictims: self = .otherVictims
    }
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
