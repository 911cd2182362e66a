import CaseModel
import Foundation
import GRPCCore
import Messages
import PolicyDocuments
import SwiftProtobuf
import Testing
import Threshold
import WorkerKit
import WorkerKitTesting

@testable import Panel

/// Panel, with Threshold for the packs, beside a worker that announces by hand what is decided.
enum Fixture {
  static let receivedOn = "2026-03-16"
  static let decidedOn = "2026-03-16"
  /// 20 working days after the decision; Good Friday and Easter Monday lie between.
  static let dueOn = "2026-04-15"
  /// Monday 16 March 2026, 10:00 in London.
  static let now = Date(timeIntervalSince1970: 1_773_655_200)
  static let day: TimeInterval = 86_400

  static let council = "plymouth-city-council"
  static let police = "devon-and-cornwall-police"

  static let source = Worker(
    name: "source",
    emits: [
      Recourse_Intake_V1_ApplicationReceived.self, Recourse_Threshold_V1_ThresholdDecided.self,
      Recourse_Threshold_V1_AppealDecided.self, Recourse_Intake_V1_ApplicationWithdrawn.self,
    ])

  static func place(
    documents: [String] = [
      BuiltInPolicyDocuments.recourseDefault, BuiltInPolicyDocuments.plymouth,
    ],
    _ body: (TestPlace) async throws -> Void
  ) async throws {
    try await TestPlace.with(
      [ThresholdWorker.worker(documents: documents), PanelWorker.worker(), source], now: now, body)
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

extension TestPlace {
  var panel: some Recourse_Panel_V1_Panel.ClientProtocol {
    Recourse_Panel_V1_Panel.Stub(wrapping: client)
  }

  /// Announces an application and the decision about it, and waits until everybody has taken them in.
  func announceDecided(
    _ reference: CaseReference, met: Bool = true, on day: String = Fixture.decidedOn,
    digest: String = Fixture.plymouth, number: UInt32 = 1
  ) async throws {
    let source = try #require(context(of: "source"))
    try await source.slice.write { tx in
      try tx.emit(
        Recourse_Intake_V1_ApplicationReceived.with {
          $0.caseReference = reference.description
          $0.receivedOn = Fixture.receivedOn
          $0.policyDigest = digest
          $0.complaints = 3
        }, key: reference.key)
      try tx.emit(
        Recourse_Threshold_V1_ThresholdDecided.with {
          $0.caseReference = reference.description
          $0.policyDigest = digest
          $0.met = met
          $0.decidedOn = day
          $0.number = number
        }, key: reference.key)
    }
    try await settle()
  }

  /// Announces what was decided of an appeal, and waits until everybody has taken it in.
  func announceAppeal(
    _ reference: CaseReference, on day: String,
    about subject: Recourse_Threshold_V1_AppealSubject.Value = .review,
    _ outcome: Recourse_Threshold_V1_AppealOutcome.Value = .referredBack
  ) async throws {
    let source = try #require(context(of: "source"))
    try await source.slice.write { tx in
      try tx.emit(
        Recourse_Threshold_V1_AppealDecided.with {
          $0.caseReference = reference.description
          $0.policyDigest = Fixture.plymouth
          $0.number = 1
          $0.subject = subject
          $0.outcome = outcome
          $0.decidedOn = day
        }, key: reference.key)
    }
    try await settle()
  }

  /// Sends lines about availability and returns what was answered, in order.
  @discardableResult
  func addAvailability(
    _ lines: [(body: String, from: String, to: String)]
  ) async throws -> [Recourse_Panel_V1_AvailabilityResult] {
    try await panel.addAvailability { writer in
      for (index, line) in lines.enumerated() {
        try await writer.write(
          .with {
            $0.line = UInt32(index + 1)
            $0.body = line.body
            $0.from = line.from
            $0.to = line.to
          })
      }
    } onResponse: { response in
      var results: [Recourse_Panel_V1_AvailabilityResult] = []
      for try await result in response.messages { results.append(result) }
      return results
    }
  }

  func review(_ reference: CaseReference) async throws -> Recourse_Panel_V1_GetReviewResponse {
    try await panel.getReview(
      .with {
        $0.caseReference = reference.description
        $0.purpose = .caseWork
      })
  }

  /// Records that a panel was held, with one recommendation unless told otherwise.
  @discardableResult
  func hold(
    _ reference: CaseReference, on day: String = Fixture.decidedOn,
    _ change: (inout Recourse_Panel_V1_HoldRequest) -> Void = { _ in }
  ) async throws -> Recourse_Panel_V1_HoldResponse {
    var request = Recourse_Panel_V1_HoldRequest.with {
      $0.caseReference = reference.description
      $0.heldOn = day
      $0.reason = "Everybody agreed"
      $0.recommendations = [
        .with {
          $0.body = Fixture.council
          $0.text = "Visit weekly"
        }
      ]
    }
    change(&request)
    try await putAtIntake(reference)
    return try await panel.hold(request)
  }

  /// The events of one type, in the order of the log.
  func events<Event: Message>(_: Event.Type, key: String? = nil) async throws -> [Event] {
    try await events(key: key).map(\.event).filter { $0.type == Event.protoMessageName }
      .map { try Event(serializedBytes: $0.payload) }
  }

  /// The day on which a breach of the deadline was put on record, if it was.
  func breach(_ reference: CaseReference) async throws -> CalendarDate? {
    try await context(of: "panel")?.slice.read { try $0.breach(of: reference) }
  }

  /// How often something was put on record.
  func audited(_ action: String) async throws -> Int {
    try await context(of: "panel")?.slice.read { slice in
      try slice.rows("SELECT sequence FROM kit_audit WHERE action = ?", .text(action)).count
    } ?? 0
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
