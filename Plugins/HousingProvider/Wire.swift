import Foundation
import GRPCCore
import Messages
import SwiftProtobuf
import WorkerKit

// What comes in by event and what goes out by call. Generated messages go no further than here. An event that makes no
// sense throws, so that it is parked and seen.

extension AskBody {
  /// Nil if it is about a body that is not served.
  init?(
    _ requested: Received<Recourse_Threshold_V1_InformationRequested>, _ settings: ExchangeSettings
  ) throws {
    let event = requested.event
    guard settings.serves(event.body) else { return nil }
    request = KeptRequest(
      reference: try CaseReference(event: event.caseReference), body: event.body,
      isMandatory: event.mandatory,
      requestedOn: try CalendarDate(event: event.requestedOn, field: "requested_on"),
      dueOn: try CalendarDate(event: event.dueOn, field: "due_on"), state: .intended,
      failureCode: nil)
  }
}

extension KeptComplaint {
  init(_ event: Recourse_Intake_V1_ComplaintRecorded) {
    self.init(
      index: Int(event.index), body: event.body,
      behaviour: (event.behaviourFrom, event.behaviourTo),
      reported: (event.complaintFrom, event.complaintTo))
  }
}

extension HeedConsent {
  private static let sharing = "SHARE_WITH_RELEVANT_BODIES"

  /// Nil if the consent is for another purpose.
  init?(_ event: Recourse_Intake_V1_ConsentGiven) throws {
    guard event.purpose == Self.sharing else { return nil }
    self.init(
      reference: try CaseReference(event: event.caseReference), consentID: event.consentID,
      isGiven: true)
  }

  /// Nil if the consent was for another purpose.
  init?(_ event: Recourse_Intake_V1_ConsentWithdrawn) throws {
    guard event.purpose == Self.sharing else { return nil }
    self.init(
      reference: try CaseReference(event: event.caseReference), consentID: event.consentID,
      isGiven: false)
  }
}

/// The question to Intake by what a body finds its records. Intake checks the consents and records that it answered.
enum IntakeCall {
  /// How long Intake may take.
  static let answerLimit: Duration = .seconds(10)

  /// - Throws: `EffectRefused` with the code of Intake's refusal; another error if it is away or asks to try again.
  static func recordKeys(_ key: RequestKey, _ context: WorkerContext) async throws -> RecordKeys {
    let intake = Recourse_Intake_V1_Intake.Stub(wrapping: context.client)
    let request = Recourse_Intake_V1_GetRecordKeysRequest.with {
      $0.caseReference = key.reference.description
      $0.body = key.body
      $0.purpose = .informationRequest
    }
    var options = CallOptions.defaults
    options.timeout = answerLimit
    let response = try await refusing { [options] in
      try await intake.getRecordKeys(request, options: options)
    }
    return RecordKeys(
      people: response.people.map { RecordKeys.Person(name: $0.name, address: $0.address) },
      references: Dictionary(
        response.complaints.map { (Int($0.index), $0.reference) },
        uniquingKeysWith: { first, _ in first }))
  }
}

/// What is asked of Threshold and of the log.
enum ThresholdCall {
  /// How long Threshold may take.
  static let answerLimit: Duration = .seconds(30)

  /// What is sent for an answer, without what tells repetitions.
  static func message(_ answer: CaseAnswer, by body: String) throws -> Data {
    try Recourse_Threshold_V1_RecordInformationRequest.with {
      $0.caseReference = answer.reference.description
      $0.body = body
      $0.officer = "housing-provider, from a file of \(body)"
      switch answer.content {
      case .refused(let ground): $0.refused = .init(ground)
      case .found(let findings): $0.findings = findings.map { .init($0) }
      }
    }.serializedBytes()
  }

  /// - Throws: `EffectRefused` with the code of Threshold's refusal; another error if it is away or asks to try again.
  static func record(_ message: Data, key: String, _ context: WorkerContext) async throws {
    let threshold = Recourse_Threshold_V1_Threshold.Stub(wrapping: context.client)
    var request = try Recourse_Threshold_V1_RecordInformationRequest(serializedBytes: message)
    request.idempotencyKey = key
    var options = CallOptions.defaults
    options.timeout = answerLimit
    try await refusing { [request, options] in
      _ = try await threshold.recordInformation(request, options: options)
    }
  }

  /// Returns when everything that is in the log now is taken into account.
  static func catchUp(_ context: WorkerContext) async throws {
    let directory = Recourse_Bus_V1_Directory.Stub(wrapping: context.client)
    var options = CallOptions.defaults
    options.timeout = answerLimit
    let head = try await directory.list(Recourse_Bus_V1_DirectoryRequest(), options: options)
      .logHead
    try await context.waitUntil(head)
  }
}

/// Turns a refusal that will stay one into the end of an effect.
private func refusing<Answer: Sendable>(
  _ call: () async throws -> Answer
) async throws -> Answer {
  do {
    return try await call()
  } catch let error as RPCError {
    guard let refusal = Refusal(error), refusal.kind != .tryAgain else { throw error }
    throw EffectRefused(reason: refusal.code)
  }
}

extension Recourse_Threshold_V1_RefusalGround.Value {
  fileprivate init(_ ground: AnswerRefusal) {
    self =
      switch ground {
      case .dataProtection: .dataProtection
      case .investigatoryPowers: .investigatoryPowers
      case .notHeld: .notHeld
      case .notPublicFunction: .notPublicFunction
      }
  }
}

extension Recourse_Threshold_V1_InformationFinding {
  fileprivate init(_ finding: AnswerFinding) {
    self.init()
    complaint = UInt32(clamping: finding.complaint)
    standing =
      switch finding.word {
      case .confirmed: .bodyConfirms
      case .disputed: .bodyDisputes
      case .noRecord: .nobodyKnows
      }
    (behaviourDate, behaviourDateTo) = Self.written(finding.behaviour)
    (complaintDate, complaintDateTo) = Self.written(finding.reported)
  }

  /// A last day stands beside the first where it is another.
  private static func written(_ days: ClosedRange<CalendarDate>?) -> (String, String) {
    guard let days else { return ("", "") }
    let isOne = days.lowerBound == days.upperBound
    return (days.lowerBound.description, isOne ? "" : days.upperBound.description)
  }
}
