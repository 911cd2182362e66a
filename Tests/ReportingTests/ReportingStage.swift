import CaseModel
import Foundation
import GRPCCore
import Messages
import Policy
import PolicyDocuments
import SwiftProtobuf
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Reporting

/// Reporting as it is, and a worker that announces what the test is about.
struct ReportingStage {
  let place: TestPlace

  static func with(_ body: (ReportingStage) async throws -> Void) async throws {
    let now = Date(timeIntervalSince1970: 1_774_000_000)
    try await TestPlace.with([announcer, ReportingWorker.worker()], now: now) { place in
      try await body(ReportingStage(place: place))
    }
  }

  private static let announcer = Worker(
    name: "announcer",
    emits: [
      Recourse_Intake_V1_ApplicationReceived.self, Recourse_Threshold_V1_ThresholdDecided.self,
      Recourse_Panel_V1_PanelHeld.self, Recourse_Panel_V1_RecommendationMade.self,
      Recourse_Threshold_V1_PolicyPackPublished.self,
      Recourse_Intake_V1_ApplicationWithdrawn.self,
    ])

  /// A procedure that says this of reversals, or nothing.
  static func document(reversal: String?) -> String {
    """
    name: testshire
    version: "1"
    area: testshire
    nation: england
    from: 2022-01-17
    \(reversal.map { "reporting: {period: 12 months, startMonth: 4, reversal: \($0)}" } ?? "")
    """
  }

  /// Publishes a procedure; gives its digest.
  func publish(_ document: String) async throws -> String {
    let pack = try PolicyDocument.parse(document)
    let context = try #require(place.context(of: "announcer"))
    try await context.slice.write { tx in
      try tx.emit(
        Recourse_Threshold_V1_PolicyPackPublished.with {
          $0.digest = pack.digest
          $0.name = pack.name
          $0.version = pack.version
          $0.document = document
        }, key: EventKey(parsing: "area/testshire"))
    }
    return pack.digest
  }

  /// References that are valid, in alphabetical order.
  static func references(_ count: Int) -> [CaseReference] {
    var generator = SystemRandomNumberGenerator()
    return (0..<count).map { _ in CaseReference(using: &generator) }.sorted()
  }

  func received(_ reference: CaseReference, on day: String) async throws {
    try await announce(
      Recourse_Intake_V1_ApplicationReceived.with {
        $0.caseReference = reference.description
        $0.receivedOn = day
      }, of: reference)
  }

  func decided(
    _ reference: CaseReference, met: Bool, on day: String, number: UInt32 = 0, digest: String = ""
  ) async throws {
    try await announce(
      Recourse_Threshold_V1_ThresholdDecided.with {
        $0.caseReference = reference.description
        $0.met = met
        $0.decidedOn = day
        $0.number = number
        $0.policyDigest = digest
      }, of: reference)
  }

  func withdrawn(_ reference: CaseReference, on day: String) async throws {
    try await announce(
      Recourse_Intake_V1_ApplicationWithdrawn.with {
        $0.caseReference = reference.description
        $0.withdrawnOn = day
      }, of: reference)
  }

  func held(_ reference: CaseReference, on day: String) async throws {
    try await announce(
      Recourse_Panel_V1_PanelHeld.with {
        $0.caseReference = reference.description
        $0.heldOn = day
      }, of: reference)
  }

  func recommended(_ reference: CaseReference, on day: String) async throws {
    try await announce(
      Recourse_Panel_V1_RecommendationMade.with {
        $0.caseReference = reference.description
        $0.body = "livewest"
        $0.madeOn = day
      }, of: reference)
  }

  private func announce<Event: EventMessage>(
    _ event: Event, of reference: CaseReference
  ) async throws {
    let context = try #require(place.context(of: "announcer"))
    try await context.slice.write { try $0.emit(event, key: reference.key) }
  }

  /// The figures for a period, with everything in that was announced.
  func statutory(
    _ from: String, _ to: String
  ) async throws -> Recourse_Reporting_V1_StatutoryResponse {
    let worker = Recourse_Worker_V1_Worker.Stub(wrapping: place.client)
    _ = try await worker.await(
      Recourse_Worker_V1_AwaitRequest(), metadata: ["recourse-target": "announcer"])
    let head = try await place.logHead()
    let client = Recourse_Reporting_V1_Reporting.Stub(wrapping: place.client)
    return try await client.statutory(
      .with {
        $0.from = from
        $0.to = to
        $0.atLeastPosition = head
      })
  }
}
