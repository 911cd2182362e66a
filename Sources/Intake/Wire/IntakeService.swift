import Calls
import CaseModel
import GRPCCore
import IntakeRules
import Messages
import PolicyLibrary
import SwiftProtobuf
import WorkerKit

/// Intake's calls, from message to handler and back.
struct IntakeService: Recourse_Intake_V1_Intake.SimpleServiceProtocol, UnaryService {
  let context: WorkerContext
  let library: PolicyLibrary
  let makeGenerator: IntakeWorker.GeneratorFactory

  func submit(
    request: Recourse_Intake_V1_SubmitRequest, context call: ServerContext
  ) async throws -> Recourse_Intake_V1_SubmitResponse {
    // Without a key a repetition cannot be told; every submission is a new one.
    let key = request.idempotencyKey.isEmpty ? RandomKey.make() : request.idempotencyKey
    let result = try await context.command("submit", key: key, request: request) { tx in
      let application = try check(request, in: tx)
      var generator = makeGenerator()
      let reference = try ReceiveApplication(
        application: application, submittedBy: request.submittedBy.formName
      ).apply(in: tx, using: &generator)
      return Recourse_Intake_V1_SubmitResponse.with {
        $0.caseReference = reference.description
        $0.receivedOn = application.receivedOn.description
        $0.awaited = application.awaited.map(Recourse_Intake_V1_AwaitedConsent.init)
      }
    }
    var response = result.response
    response.repeated = result.repeated
    response.logPosition = result.logPosition
    return response
  }

  private func check(
    _ request: Recourse_Intake_V1_SubmitRequest, in tx: SliceTransaction
  ) throws -> CheckedApplication {
    if let lacking = try library.lacking(in: tx) {
      throw Refusal(.tryAgain, code: "no-policy-yet", message: "Not ready yet: \(lacking).")
    }
    do {
      return try ApplicationForm.read(
        request.application, shelf: try library.shelf(in: tx), now: tx.now,
        maySetReceivedAt: request.submittedBy.maySetReceivedAt)
    } catch let problems as FormProblems {
      throw problems.refusal
    }
  }

  func recordConsent(
    request: Recourse_Intake_V1_RecordConsentRequest, context call: ServerContext
  ) async throws -> Recourse_Intake_V1_RecordConsentResponse {
    let reference = try CaseReference(request: request.caseReference)
    let handler = try RecordConsent(request)
    try await context.waitUntil(request.atLeastPosition)
    let key = request.idempotencyKey.isEmpty ? RandomKey.make() : request.idempotencyKey
    let result = try await context.command(
      "intake.record-consent", key: key, request: request.bare
    ) { tx in
      var generator = makeGenerator()
      let outcome = try handler.apply(reference, library, in: tx, using: &generator)
      return Recourse_Intake_V1_RecordConsentResponse.with {
        $0.consentID = outcome.consent.id
        $0.answeredOn = outcome.consent.day.description
        $0.person = outcome.consent.subject.person.path
        $0.awaited = outcome.awaited.map(Recourse_Intake_V1_AwaitedConsent.init)
      }
    }
    var response = result.response
    response.repeated = result.repeated
    response.logPosition = result.logPosition
    return response
  }

  func getConsents(
    request: Recourse_Intake_V1_GetConsentsRequest, context call: ServerContext
  ) async throws -> Recourse_Intake_V1_GetConsentsResponse {
    let reference = try CaseReference(request: request.caseReference)
    try await context.waitUntil(request.atLeastPosition)
    let caller = Caller(call)
    let (ledger, victims) = try await context.slice.write { tx in
      _ = try tx.knownCase(reference)
      try tx.auditDisclosure(
        to: caller, "intake.read-consents", of: reference, purpose: "case-work",
        fields: ["answers"])
      return (try tx.consents(of: reference), try tx.victims(of: reference))
    }
    return .init(ledger, victims)
  }

  func listCases(
    request: Recourse_Intake_V1_ListCasesRequest, context call: ServerContext
  ) async throws -> Recourse_Intake_V1_ListCasesResponse {
    try await context.waitUntil(request.atLeastPosition)
    let page = try await context.slice.read { try ListCases(after: request.after).read($0) }
    return .with {
      $0.cases = page.cases.map { listed in
        .with {
          $0.caseReference = listed.reference
          $0.area = listed.area
          $0.receivedOn = listed.receivedOn
        }
      }
      $0.more = page.more
    }
  }

  func getReferralDetails(
    request: Recourse_Intake_V1_GetReferralDetailsRequest, context call: ServerContext
  ) async throws -> Recourse_Intake_V1_GetReferralDetailsResponse {
    let reference = try CaseReference(request: request.caseReference)
    try Disclosure.Purpose.supportReferral.check(request.purpose)
    let handler = PassOnReferralDetails(
      recipient: request.recipient, consentID: request.consentID, caller: Caller(call))
    let details = try await context.slice.write { try handler.apply(reference, in: $0) }
    return .with {
      $0.name = details.contact.name
      $0.ways = details.contact.ways.map(Recourse_Intake_V1_SafeContactWay.init)
      $0.language = details.contact.language
      $0.adjustments = details.contact.adjustments
      $0.consentID = details.consent.id
      $0.consentWording = details.consent.wording
    }
  }
}

extension Recourse_Intake_V1_SubmitRequest.SubmittedBy {
  /// The name as in the .proto file. Whoever is not said to be somebody else is the public.
  fileprivate var formName: String {
    switch self {
    case .officer: "OFFICER"
    case .commandLine: "COMMAND_LINE"
    case .public, .unspecified, .UNRECOGNIZED: "PUBLIC"
    }
  }

  /// Whether they may enter an application that was received earlier.
  fileprivate var maySetReceivedAt: Bool {
    switch self {
    case .officer, .commandLine: true
    case .public, .unspecified, .UNRECOGNIZED: false
    }
  }
}
