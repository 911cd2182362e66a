import CaseModel
import Messages
import PolicyDocuments
import SwiftProtobuf
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Threshold

/// A procedure that a test makes up, and Threshold with it.
struct Procedure {
  var asksForTwo = false
  /// Two people who complained are enough.
  var hasLocalRoute = false
  /// As the document lists them.
  var appeals = ""

  var document: String {
    """
    name: testshire
    version: "1"
    area: testshire
    nation: england
    from: 2022-01-17
    factors: [persistence, harm, response]
    decision: {body: plymouth-city-council, capacity: Safety manager, secondSignatureOnNotMet: \(asksForTwo)}
    bodies:
      - {key: plymouth-city-council, name: Testshire Council, kind: council}
      - {key: testshire-police, name: Testshire Police, kind: police}
      - {key: old-trust, name: Old Trust, kind: health, until: 2022-06-30}
    alternatives: [\(hasLocalRoute ? Self.localRoute : "")]
    appeals: [\(appeals)]
    """
  }

  private static let localRoute =
    "{key: two-people, kind: several-people, people: 2, clause: Testshire procedure}"

  var digest: String { PolicyDocument.digest(of: document) }

  /// - Parameter body: gets the case of this procedure, assessed on these complaints.
  func place(
    _ complaints: [Recourse_Intake_V1_ComplaintRecorded] = [complaint(0)],
    _ body: (TestPlace, CaseReference) async throws -> Void
  ) async throws {
    let worker = ThresholdWorker.worker(
      documents: [BuiltInPolicyDocuments.recourseDefault, document])
    try await TestPlace.with([worker, Fixture.source], now: Fixture.now) { place in
      let reference = Fixture.reference()
      let source = try #require(place.context(of: "source"))
      try await source.slice.write { tx in
        try tx.emit(
          Recourse_Intake_V1_ApplicationReceived.with {
            $0.caseReference = reference.description
            $0.area = "testshire"
            $0.receivedOn = Fixture.receivedOn
            $0.policyDigest = digest
            $0.complaints = UInt32(complaints.count)
          }, key: reference.key)
        for complaint in complaints {
          var event = complaint
          event.caseReference = reference.description
          event.policyDigest = digest
          try tx.emit(event, key: reference.key)
        }
      }
      try await place.settle()
      try await body(place, reference)
    }
  }
}

extension TestPlace {
  @discardableResult
  func countersign(
    _ reference: CaseReference, by officer: String = "Officer Two", declined: Bool = false,
    reason: String = "", key: String = "", token: String? = nil
  ) async throws -> Recourse_Threshold_V1_CountersignResponse {
    let read = try await assessment(reference).pending.token
    try await putAtIntake(reference)
    return try await threshold.countersign(
      .with {
        $0.token = token ?? read
        $0.caseReference = reference.description
        $0.officer = officer
        $0.declined = declined
        $0.reason = reason
        $0.idempotencyKey = key
      })
  }

  func putOff(
    _ reference: CaseReference, to day: String, by officer: String = "Officer One",
    reason: String = "Reported last week"
  ) async throws -> Recourse_Threshold_V1_DeferDecisionResponse {
    try await putAtIntake(reference)
    return try await threshold.deferDecision(
      .with {
        $0.caseReference = reference.description
        $0.until = day
        $0.officer = officer
        $0.reason = reason
      })
  }

  @discardableResult
  func appeal(
    _ reference: CaseReference,
    about subject: Recourse_Threshold_V1_AppealSubject.Value = .handling,
    on ground: String = "threshold-was-met", made day: String = "", words: String = ""
  ) async throws -> Recourse_Threshold_V1_Appeal {
    try await threshold.makeAppeal(
      .with {
        $0.caseReference = reference.description
        $0.subject = subject
        $0.ground = ground
        $0.madeOn = day
        $0.officer = "Clerk"
        $0.reason = words
      }
    ).appeal
  }

  @discardableResult
  func decideAppeal(
    _ reference: CaseReference, _ number: UInt32 = 1,
    _ outcome: Recourse_Threshold_V1_AppealOutcome.Value = .referredBack,
    by officer: String = "Officer Nine", as capacity: String = "Appeals panel",
    reason: String = "A report was overlooked"
  ) async throws -> Recourse_Threshold_V1_Appeal {
    try await putAtIntake(reference)
    return try await threshold.decideAppeal(
      .with {
        $0.caseReference = reference.description
        $0.number = number
        $0.outcome = outcome
        $0.officer = officer
        $0.capacity = capacity
        $0.reason = reason
      }
    ).appeal
  }

  func decisions() async throws -> [Recourse_Threshold_V1_ThresholdDecided] {
    try await settle()
    return try await events(Recourse_Threshold_V1_ThresholdDecided.self)
  }
}
