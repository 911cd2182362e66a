import CaseModel
import Foundation
import GRPCCore
import Intake
import Messages
import Policy
import PolicyDocuments
import SwiftProtobuf
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Support

/// Intake and Support as they are, and a worker that announces what the test is about: the packs when it
/// starts, and what Threshold would say of a case.
struct SupportStage {
  let place: TestPlace

  /// - Parameters:
  ///   - threshold: who publishes packs and announces assessments.
  ///   - onDisk: as of `TestPlace`.
  static func with(
    threshold: Worker = announcer, onDisk: Bool = false,
    _ body: (SupportStage) async throws -> Void
  ) async throws {
    let now = Date(timeIntervalSince1970: 1_774_000_000)  // 20 March 2026
    let workers = [threshold, IntakeWorker.worker(), SupportWorker.worker()]
    try await TestPlace.with(workers, now: now, onDisk: onDisk) { place in
      let stage = SupportStage(place: place)
      // The packs are in before the test begins.
      try await place.settle()
      try await body(stage)
    }
  }

  static let announcer = Worker(
    name: "announcer",
    emits: [
      Recourse_Threshold_V1_PolicyPackPublished.self, Recourse_Threshold_V1_ThresholdAssessed.self,
      Recourse_Intake_V1_ConsentGiven.self, Recourse_Intake_V1_ConsentWithdrawn.self,
    ],
    onStart: { context in
      try await context.slice.write { tx in
        for document in [BuiltInPolicyDocuments.recourseDefault, BuiltInPolicyDocuments.plymouth] {
          let pack = try PolicyDocument.parse(document)
          let published = Recourse_Threshold_V1_PolicyPackPublished.with {
            $0.digest = pack.digest
            $0.name = pack.name
            $0.version = pack.version
            $0.document = document
          }
          try tx.emit(published, key: EventKey(.system, "policy"))
        }
      }
    })

  /// Sends an example application in, with these consents in place of its own, and changed as a test wants it;
  /// gives its reference.
  func apply(
    consents: [Recourse_Intake_V1_Consent],
    _ change: (inout Recourse_Intake_V1_Application) -> Void = { _ in }
  ) async throws -> CaseReference {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Examples/three-complaints.json")
    var application = try Recourse_Intake_V1_Application(
      jsonString: String(contentsOf: file, encoding: .utf8))
    application.consents = consents
    change(&application)
    let intake = Recourse_Intake_V1_Intake.Stub(wrapping: place.client)
    let response = try await intake.submit(
      .with { [application] in
        $0.application = application
        $0.submittedBy = .commandLine
      })
    return try CaseReference(parsing: response.caseReference)
  }

  /// Records what the applicant, or a victim, answers about a referral later.
  @discardableResult
  func record(
    _ answer: Recourse_Intake_V1_RecordConsentRequest.Answer, _ recipient: String,
    of reference: CaseReference, person: String = ""
  ) async throws -> Recourse_Intake_V1_RecordConsentResponse {
    let intake = Recourse_Intake_V1_Intake.Stub(wrapping: place.client)
    return try await intake.recordConsent(
      .with {
        $0.caseReference = reference.description
        $0.answer = answer
        $0.purpose = .supportReferral
        $0.recipient = recipient
        $0.person = person
        $0.wording = "2026-02"
        $0.officer = "A. Officer"
      })
  }

  /// Announces that the case has been assessed; with a revision, that it has been again.
  func assess(
    _ reference: CaseReference, revision: UInt32 = 0,
    outcome: Recourse_Threshold_V1_Outcome.Value = .met
  ) async throws {
    try await announce(
      Recourse_Threshold_V1_ThresholdAssessed.with {
        $0.caseReference = reference.description
        $0.outcome = outcome
        $0.assessedOn = "2026-03-20"
        $0.revision = revision
      }, of: reference)
  }

  /// Announces an event, and returns when the log has it.
  func announce<Event: EventMessage>(_ event: Event, of reference: CaseReference) async throws {
    let context = try #require(place.context(of: "announcer"))
    try await context.slice.write { try $0.emit(event, key: reference.key) }
    let worker = Recourse_Worker_V1_Worker.Stub(wrapping: place.client)
    _ = try await worker.await(
      Recourse_Worker_V1_AwaitRequest(), metadata: ["recourse-target": "announcer"])
  }

  /// What Support says of a case, having taken in everything that is in the log.
  func support(
    _ reference: CaseReference
  ) async throws -> Recourse_Support_V1_GetSupportResponse {
    let head = try await place.logHead()
    let client = Recourse_Support_V1_Support.Stub(wrapping: place.client)
    return try await client.getSupport(
      .with {
        $0.caseReference = reference.description
        $0.atLeastPosition = head
      })
  }

  /// Short names of what Support has announced of a case.
  func announced(of reference: CaseReference) async throws -> [String] {
    try await place.events(key: reference.key.description)
      .filter { $0.producer.worker == "support" }
      .map { String($0.event.type.split(separator: ".").last ?? "") }
  }

  /// Takes everything out of the outbox, as somebody does who carries it to agencies.
  func fetch() throws {
    let folder = place.outputDirectory.appending(path: "referrals")
    for name in try letters().keys {
      try FileManager.default.removeItem(at: folder.appending(path: name))
    }
  }

  /// The letters in the outbox, by name.
  func letters() throws -> [String: Data] {
    let folder = place.outputDirectory.appending(path: "referrals")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    var letters: [String: Data] = [:]
    for name in names where name.hasSuffix(".json") {
      letters[name] = try Data(contentsOf: folder.appending(path: name))
    }
    return letters
  }
}

extension Recourse_Intake_V1_Consent {
  /// A consent to be referred.
  static func toReferral(_ recipient: String, given: Bool = true) -> Self {
    .with {
      $0.purpose = .supportReferral
      $0.recipient = recipient
      $0.given = given
      $0.wording = "2026-01"
      $0.at = Google_Protobuf_Timestamp(seconds: 1_773_652_200)
    }
  }
}
