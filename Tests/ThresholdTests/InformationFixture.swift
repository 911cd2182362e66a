import CaseModel
import Foundation
import Messages
import PolicyDocuments
import SwiftProtobuf
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Threshold

/// A pack as a test wants it, for an area of its own.
struct TestPack {
  var area = "plymouth"
  var version = "99"
  var required = 3
  var complaintWindow = "1 months"
  var givesBenefitOfTheDoubt = true
  var succeeds: [String] = []
  var rest = """
    bodies:
      - {key: city, name: City Council, kind: council}
      - {key: homes, name: Homes, kind: housing-provider}
      - {key: old-health, name: Old Health, kind: health, until: 2022-06-30}
    clocks:
      - {stage: information, period: 5 workingDays, from: receipt}
    appeals:
      - {subject: handling, grounds: [any], handler: Somebody else}
    """

  var document: String {
    """
    name: test-\(area)
    version: "\(version)"
    area: \(area)
    nation: england
    from: 2022-01-17
    \(succeeds.isEmpty ? "" : "succeeds: [\(succeeds.joined(separator: ", "))]")
    mandatory: {required: \(required), complaintWindow: \(complaintWindow), applicationWindow: 6 months}
    decision: {benefitOfTheDoubt: \(givesBenefitOfTheDoubt)}
    \(rest)
    """
  }

  var digest: String { PolicyDocument.digest(of: document) }
}

/// What a body says of a complaint.
func finding(
  _ complaint: UInt32, _ standing: Recourse_Threshold_V1_Standing.Value = .bodyConfirms,
  behaviour: String = "", to behaviourTo: String = "", made: String = "", madeTo: String = ""
) -> Recourse_Threshold_V1_InformationFinding {
  .with {
    $0.complaint = complaint
    $0.standing = standing
    $0.behaviourDate = behaviour
    $0.behaviourDateTo = behaviourTo
    $0.complaintDate = made
    $0.complaintDateTo = madeTo
  }
}

extension Fixture {
  static let day: TimeInterval = 86_400
  /// Ten working days after receipt; the first of them in summer time.
  static let dueOn = "2026-03-30"
  /// From ``now`` to the moment at which that day is over in London.
  static let untilOverdue = 14 * day + 13 * 3_600

  /// Threshold with these packs, beside a worker that announces by hand.
  static func place(
    of packs: [TestPack], lending: Bool = true, now: Date = Fixture.now,
    _ body: (TestPlace) async throws -> Void
  ) async throws {
    let documents =
      (lending ? [BuiltInPolicyDocuments.recourseDefault] : []) + packs.map(\.document)
    try await TestPlace.with(
      [ThresholdWorker.worker(documents: documents), source], now: now, body)
  }
}

extension TestPlace {
  /// Announces an application under a pack, for its area or a part of it, and its complaints.
  func announce(
    _ reference: CaseReference, under pack: TestPack, forArea area: String? = nil,
    receivedOn: String = Fixture.receivedOn,
    _ complaints: [Recourse_Intake_V1_ComplaintRecorded]
  ) async throws {
    let source = try #require(context(of: "source"))
    try await source.slice.write { tx in
      try tx.emit(
        Recourse_Intake_V1_ApplicationReceived.with {
          $0.caseReference = reference.description
          $0.area = area ?? pack.area
          $0.receivedOn = receivedOn
          $0.policyDigest = pack.digest
          $0.complaints = UInt32(complaints.count)
        }, key: reference.key)
      for complaint in complaints {
        var event = complaint
        event.caseReference = reference.description
        event.policyDigest = pack.digest
        try tx.emit(event, key: reference.key)
      }
    }
    try await settle()
  }

  @discardableResult
  func ask(
    _ reference: CaseReference, _ bodies: [String] = [], key: String = ""
  ) async throws -> Recourse_Threshold_V1_RequestInformationResponse {
    try await threshold.requestInformation(
      .with {
        $0.caseReference = reference.description
        $0.bodies = bodies
        $0.officer = "Officer One"
        $0.idempotencyKey = key
      })
  }

  @discardableResult
  func answer(
    _ reference: CaseReference, _ body: String,
    _ findings: [Recourse_Threshold_V1_InformationFinding] = [],
    refused: Recourse_Threshold_V1_RefusalGround.Value = .unspecified, on day: String = "",
    key: String = ""
  ) async throws -> Recourse_Threshold_V1_RecordInformationResponse {
    try await threshold.recordInformation(
      .with {
        $0.caseReference = reference.description
        $0.body = body
        $0.findings = findings
        $0.refused = refused
        $0.answeredOn = day
        $0.officer = "Officer One"
        $0.idempotencyKey = key
      })
  }

  @discardableResult
  func chase(
    _ reference: CaseReference, _ body: String
  ) async throws -> Recourse_Threshold_V1_ChaseInformationResponse {
    try await threshold.chaseInformation(
      .with {
        $0.caseReference = reference.description
        $0.body = body
        $0.officer = "Officer One"
      })
  }

  func rederive(
    after: String = "", limit: UInt32 = 0, under pack: TestPack? = nil, from: String = "",
    to: String = ""
  ) async throws -> Recourse_Threshold_V1_RederiveResponse {
    try await threshold.rederive(
      .with {
        $0.after = after
        $0.limit = limit
        $0.document = pack?.document ?? ""
        $0.from = from
        $0.to = to
      })
  }

  /// How a body's request stands in a case.
  func request(
    _ reference: CaseReference, _ body: String
  ) async throws -> Recourse_Threshold_V1_InformationRequest {
    try #require(try await assessment(reference).information.first { $0.body == body })
  }

  /// Waits until every timer that is due has fired.
  func timersToFire() async throws {
    let now = clock.now
    while true {
      let left = try await context(of: "threshold")?.slice.read { slice in
        try slice.row("SELECT COUNT(*) AS length FROM kit_timer WHERE due_at <= ?", .moment(now))?
          .int("length")
      }
      if left == 0 { return }
      await Task.yield()
    }
  }
}
