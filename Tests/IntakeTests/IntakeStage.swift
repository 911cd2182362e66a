import CaseModel
import Foundation
import GRPCCore
import Messages
import Policy
import PolicyDocuments
import Scanning
import SwiftProtobuf
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Intake

/// Intake as it is, beside a worker that publishes the packs.
struct IntakeStage {
  let place: TestPlace

  static func with(
    packs: [String] = BuiltInPolicyDocuments.all,
    unready: Set<String> = [], onDisk: Bool = false,
    scanner: Clamd? = nil,
    drawingFrom generator: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator(),
    _ body: (IntakeStage) async throws -> Void
  ) async throws {
    let workers = [
      publisher(of: packs), IntakeWorker.worker(scanner: scanner, makeGenerator: { generator }),
    ]
    try await TestPlace.with(
      workers, now: try .at("2026-06-30T12:00:00Z"), onDisk: onDisk, unready: unready
    ) { place in
      try await place.settle()
      try await body(IntakeStage(place: place))
    }
  }

  private static func publisher(of packs: [String]) -> Worker {
    Worker(
      name: "publisher", emits: [Recourse_Threshold_V1_PolicyPackPublished.self],
      onStart: { context in
        try await context.slice.write { tx in
          for document in packs {
            let pack = try PolicyDocument.parse(document)
            try tx.emit(
              Recourse_Threshold_V1_PolicyPackPublished.with {
                $0.digest = pack.digest
                $0.name = pack.name
                $0.version = pack.version
                $0.document = document
              }, key: EventKey(.system, "policy"))
          }
        }
      })
  }

  private var intake: some Recourse_Intake_V1_Intake.ClientProtocol {
    Recourse_Intake_V1_Intake.Stub(wrapping: place.client)
  }

  /// Submits `three-complaints`, changed as a test wants it.
  @discardableResult
  func submit(
    key: String = "", by submitter: Recourse_Intake_V1_SubmitRequest.SubmittedBy = .officer,
    example: String = "three-complaints", _ change: (inout Application) -> Void = { _ in }
  ) async throws -> Recourse_Intake_V1_SubmitResponse {
    var application = try Examples.message(example)
    change(&application)
    let request = Recourse_Intake_V1_SubmitRequest.with {
      $0.application = application
      $0.idempotencyKey = key
      $0.submittedBy = submitter
    }
    return try await refusing { try await intake.submit(request) }
  }

  func listCases(after: String = "", atLeast: UInt64 = 0) async throws
    -> Recourse_Intake_V1_ListCasesResponse
  {
    let request = Recourse_Intake_V1_ListCasesRequest.with {
      $0.after = after
      $0.atLeastPosition = atLeast
    }
    return try await refusing { try await intake.listCases(request) }
  }

  func referralDetails(
    _ reference: String, consent: String, recipient: String = "victim-support",
    purpose: Recourse_Intake_V1_DisclosurePurpose.Value = .supportReferral
  ) async throws -> Recourse_Intake_V1_GetReferralDetailsResponse {
    let request = Recourse_Intake_V1_GetReferralDetailsRequest.with {
      $0.caseReference = reference
      $0.recipient = recipient
      $0.purpose = purpose
      $0.consentID = consent
    }
    return try await refusing { try await intake.getReferralDetails(request) }
  }

  /// Records what the applicant answers about sharing, changed as a test wants it.
  @discardableResult
  func record(
    _ answer: Recourse_Intake_V1_RecordConsentRequest.Answer, of reference: String,
    _ change: (inout Recourse_Intake_V1_RecordConsentRequest) -> Void = { _ in }
  ) async throws -> Recourse_Intake_V1_RecordConsentResponse {
    var request = Recourse_Intake_V1_RecordConsentRequest.with {
      $0.caseReference = reference
      $0.answer = answer
      $0.purpose = .shareWithRelevantBodies
      if answer == .given { $0.wording = "2026-02" }
      $0.officer = "A. Officer"
    }
    change(&request)
    return try await refusing { [request] in try await intake.recordConsent(request) }
  }

  func consents(of reference: String) async throws -> Recourse_Intake_V1_GetConsentsResponse {
    try await refusing {
      try await intake.getConsents(.with { $0.caseReference = reference })
    }
  }

  /// Turns a status back into the refusal that it travelled as.
  func refusing<T>(_ call: () async throws -> T) async throws -> T {
    do {
      return try await call()
    } catch let error as RPCError {
      guard let refusal = Refusal(error) else { throw error }
      throw refusal
    }
  }

  /// The events of a case of one type, in order.
  func events<Event: Message>(
    _ type: Event.Type, of reference: String
  ) async throws -> [Event] {
    try await place.events(key: "case/\(reference)")
      .filter { $0.event.type == Event.protoMessageName }
      .map { try Event(serializedBytes: $0.event.payload) }
  }

  /// Id of the consent to a referral that a case announced.
  func referralConsent(of reference: String) async throws -> String {
    let consents = try await events(Recourse_Intake_V1_ConsentGiven.self, of: reference)
    return try #require(consents.first { $0.purpose == "SUPPORT_REFERRAL" }).consentID
  }

  var slice: Slice {
    get throws { try #require(place.context(of: "intake")).slice }
  }
}
