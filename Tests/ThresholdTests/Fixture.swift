import CaseModel
import Foundation
import GRPCCore
import Messages
import PolicyDocuments
import SwiftProtobuf
import Testing
import ThresholdRules
import WorkerKit
import WorkerKitTesting

@testable import Threshold

/// Threshold beside a worker that announces by hand what Intake would.
enum Fixture {
  /// The local day of receipt of every case here.
  static let receivedOn = "2026-03-16"
  /// 16 March 2026, 10:00 in London.
  static let now = Date(timeIntervalSince1970: 1_773_655_200)

  static let source = Worker(
    name: "source",
    emits: [
      Recourse_Intake_V1_ApplicationReceived.self, Recourse_Intake_V1_ComplaintRecorded.self,
      Recourse_Intake_V1_ConsentGiven.self,
      Recourse_Intake_V1_ConsentRefused.self,
      Recourse_Intake_V1_ConsentWithdrawn.self,
      Recourse_Intake_V1_ApplicationWithdrawn.self,
    ])

  static func place(
    onDisk: Bool = false, _ body: (TestPlace) async throws -> Void
  ) async throws {
    let documents = [BuiltInPolicyDocuments.recourseDefault, BuiltInPolicyDocuments.plymouth]
    try await TestPlace.with(
      [ThresholdWorker.worker(documents: documents), source], now: now, onDisk: onDisk, body)
  }

  static let plymouth = PolicyDocument.digest(of: BuiltInPolicyDocuments.plymouth)

  /// A case reference that is as good as any other.
  static func reference(_ seed: UInt64 = 1) -> CaseReference {
    var generator = Counting(state: seed)
    return CaseReference(using: &generator)
  }

  /// Draws what a test tells it to.
  struct Counting: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state
    }
  }
}

/// A complaint as Intake announces it; each one of its own incident unless told.
func complaint(
  _ index: UInt32, behaviour: String = "2026-03-01", made: String = "2026-03-02",
  by complainant: String = "k1", about incident: String? = nil, hate: Bool = false,
  to body: String = "plymouth-city-council"
) -> Recourse_Intake_V1_ComplaintRecorded {
  .with {
    $0.index = index
    $0.behaviourFrom = behaviour
    $0.behaviourTo = behaviour
    $0.complaintFrom = made
    $0.complaintTo = made
    $0.body = body
    $0.madeTo = "COUNCIL"
    $0.complainantKey = complainant
    $0.incidentKey = incident ?? "incident-\(index)"
    $0.hate = hate
  }
}

extension TestPlace {
  var threshold: some Recourse_Threshold_V1_Threshold.ClientProtocol {
    Recourse_Threshold_V1_Threshold.Stub(wrapping: client)
  }

  /// Announces an application of so many complaints, then those that are given, and waits until
  /// everybody has taken them in.
  func announce(
    _ reference: CaseReference, expecting count: Int? = nil,
    _ complaints: [Recourse_Intake_V1_ComplaintRecorded]
  ) async throws {
    let source = try #require(context(of: "source"))
    try await source.slice.write { tx in
      try tx.emit(
        Recourse_Intake_V1_ApplicationReceived.with {
          $0.caseReference = reference.description
          $0.area = "plymouth"
          $0.receivedOn = Fixture.receivedOn
          $0.policyDigest = Fixture.plymouth
          $0.complaints = UInt32(count ?? complaints.count)
        }, key: reference.key)
    }
    try await announceMore(reference, complaints)
  }

  /// Announces complaints that were still to come.
  func announceMore(
    _ reference: CaseReference, _ complaints: [Recourse_Intake_V1_ComplaintRecorded]
  ) async throws {
    let source = try #require(context(of: "source"))
    try await source.slice.write { tx in
      for complaint in complaints {
        var event = complaint
        event.caseReference = reference.description
        event.policyDigest = Fixture.plymouth
        try tx.emit(event, key: reference.key)
      }
    }
    try await settle()
  }

  /// Signs a decision.
  @discardableResult
  func decide(
    _ reference: CaseReference, met: Bool, officer: String = "Officer One", reason: String = "",
    key: String = "", route: Recourse_Threshold_V1_RouteFinding.Route = .unspecified,
    as capacity: String = "Lead authority"
  ) async throws -> Recourse_Threshold_V1_DecideResponse {
    try await putAtIntake(reference)
    return try await threshold.decide(
      .with {
        $0.caseReference = reference.description
        $0.met = met
        $0.officer = officer
        $0.reason = reason
        $0.idempotencyKey = key
        $0.route = route
        $0.capacity = capacity
      })
  }

  /// Records that the applicant knows of the application.
  @discardableResult
  func acknowledge(
    _ reference: CaseReference, on day: String = "", by officer: String = "Officer One"
  ) async throws -> Recourse_Threshold_V1_RecordAcknowledgedResponse {
    try await threshold.recordAcknowledged(
      .with {
        $0.caseReference = reference.description
        $0.acknowledgedOn = day
        $0.officer = officer
      })
  }

  /// Records that a body was told.
  @discardableResult
  func recordNotified(
    _ reference: CaseReference, _ body: String, on day: String = ""
  ) async throws -> Recourse_Threshold_V1_RecordNotifiedResponse {
    try await threshold.recordNotified(
      .with {
        $0.caseReference = reference.description
        $0.body = body
        $0.notifiedOn = day
      })
  }

  func assessment(
    _ reference: CaseReference,
    for purpose: Recourse_Threshold_V1_AssessmentPurpose.Value = .caseWork
  ) async throws -> Recourse_Threshold_V1_GetAssessmentResponse {
    try await threshold.getAssessment(
      .with {
        $0.caseReference = reference.description
        $0.purpose = purpose
      })
  }

  /// The events of one type, in the order of the log.
  func events<Event: Message>(
    _: Event.Type, key: String? = nil
  ) async throws -> [Event] {
    try await events(key: key).map(\.event).filter { $0.type == Event.protoMessageName }
      .map { try Event(serializedBytes: $0.payload) }
  }

  /// What the worker put on record, oldest first.
  func audited(_ action: String) async throws -> [String] {
    try await context(of: "threshold")?.slice.read { slice in
      try slice.rows(
        "SELECT actor FROM kit_audit WHERE action = ? ORDER BY sequence", .text(action)
      )
      .map { try $0.text("actor") }
    } ?? []
  }
}

/// The refusal that a call ends with.
func refusal(_ call: () async throws -> some Any) async throws -> Refusal {
  do {
    _ = try await call()
  } catch let error as RPCError {
    return try #require(Refusal(error))
  }
  throw NotRefused()
}

/// A call went through that should not have.
struct NotRefused: Error {}
