import Bus
import CaseModel
import Foundation
import GRPCCore
import Intake
import Messages
import Panel
import PolicyDocuments
import SwiftProtobuf
import Testing
import Threshold
import WorkerKit
import WorkerKitTesting

@testable import Correspondence

/// Intake, Threshold, Panel and Correspondence as they are, and a worker that serves channels and says nothing by
/// itself.
struct CorrespondenceStage {
  typealias Notice = Recourse_Correspondence_V1_Notice
  typealias Service = Recourse_Correspondence_V1_Correspondence

  let place: TestPlace

  /// Friday, 20 March 2026, 09:46:40 in London.
  static let now = Date(timeIntervalSince1970: 1_774_000_000)

  /// - Parameters:
  ///   - channels: those that the courier serves from the beginning.
  ///   - follow: where the installation says that a case is followed.
  static func with(
    serving channels: [Recourse_Correspondence_V1_NoticeChannel] = [.email],
    document: String = withMailbox, follow: FollowPage? = nil, onDisk: Bool = false,
    onFrame: (@Sendable (UInt64, Frame) -> Void)? = nil,
    _ body: (CorrespondenceStage) async throws -> Void
  ) async throws {
    let workers = [
      ThresholdWorker.worker(documents: [BuiltInPolicyDocuments.recourseDefault, document]),
      IntakeWorker.worker(), PanelWorker.worker(), CorrespondenceWorker.worker(follow: follow),
      courier,
    ]
    try await TestPlace.with(workers, now: now, onDisk: onDisk, onFrame: onFrame) { place in
      let stage = CorrespondenceStage(place: place)
      try await place.settle()
      try await stage.serve(channels)
      try await body(stage)
    }
  }

  static let courier = Worker(
    name: "courier",
    calls: [
      Service.Method.ServeChannels.descriptor, Service.Method.TakeNotice.descriptor,
      Service.Method.RecordDelivery.descriptor,
    ])

  /// Plymouth's procedure, with a mailbox of the council's; the other bodies have none.
  static let withMailbox = BuiltInPolicyDocuments.plymouth.replacing(
    "name: Plymouth City Council, kind: council, requiredForPanel: true",
    with: "name: Plymouth City Council, kind: council, requiredForPanel: true, "
      + "mailbox: asb@council.example")

  // MARK: The case

  /// Sends an example application in, changed as a test wants it; gives its reference when all has been taken in.
  func apply(
    _ change: (inout Recourse_Intake_V1_Application) -> Void = { _ in }
  ) async throws -> CaseReference {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Examples/three-complaints.json")
    var application = try Recourse_Intake_V1_Application(
      jsonString: String(contentsOf: file, encoding: .utf8))
    change(&application)
    let intake = Recourse_Intake_V1_Intake.Stub(wrapping: place.client)
    let response = try await intake.submit(
      .with { [application] in
        $0.application = application
        $0.submittedBy = .commandLine
      })
    try await place.settle()
    return try CaseReference(parsing: response.caseReference)
  }

  func decide(
    _ reference: CaseReference, reason: String = "Three complaints count", override: String = ""
  ) async throws {
    let threshold = Recourse_Threshold_V1_Threshold.Stub(wrapping: place.client)
    _ = try await threshold.decide(
      .with {
        $0.caseReference = reference.description
        $0.met = true
        $0.officer = "Officer One"
        $0.capacity = "Lead authority"
        $0.reason = reason
        $0.guardOverride = override
      })
    try await place.settle()
  }

  func assessment(
    _ reference: CaseReference
  ) async throws -> Recourse_Threshold_V1_GetAssessmentResponse {
    let threshold = Recourse_Threshold_V1_Threshold.Stub(wrapping: place.client)
    return try await threshold.getAssessment(
      .with {
        $0.caseReference = reference.description
        $0.purpose = .caseWork
      })
  }

  // MARK: Notices

  var service: Service.Stub<BusClient> { .init(wrapping: place.client) }

  func notices(
    _ reference: CaseReference, _ kind: Recourse_Correspondence_V1_NoticeKind? = nil
  ) async throws -> [Notice] {
    try await service.listNotices(.with { $0.caseReference = reference.description }).notices
      .filter { kind == nil || $0.kind == kind }
  }

  /// The only one of a kind.
  func notice(
    _ reference: CaseReference, _ kind: Recourse_Correspondence_V1_NoticeKind
  ) async throws -> Notice {
    let all = try await notices(reference, kind)
    #expect(all.count == 1)
    return try #require(all.first)
  }

  func read(_ notice: Notice) async throws -> Recourse_Correspondence_V1_ReadNoticeResponse {
    try await service.readNotice(
      .with {
        $0.noticeID = notice.noticeID
        $0.purpose = .caseWork
      })
  }

  func release(
    _ notice: Notice, digest: String? = nil,
    channel: Recourse_Correspondence_V1_NoticeChannel = .unspecified
  ) async throws -> Notice {
    let response = try await service.releaseNotice(
      .with {
        $0.noticeID = notice.noticeID
        $0.digest = digest ?? notice.digest
        $0.officer = "Officer One"
        $0.reason = "It was looked at"
        $0.channel = channel
      })
    return try #require(response.notices.first)
  }

  @discardableResult
  func settle(
    _ notice: Notice, as state: Recourse_Correspondence_V1_NoticeState.Value
  ) async throws -> Notice {
    let response = try await service.settleNotice(
      .with {
        $0.noticeID = notice.noticeID
        $0.state = state
        $0.officer = "Officer One"
        $0.reason = "Handed over"
      })
    return try #require(response.notices.first)
  }

  // MARK: The courier

  func serve(_ channels: [Recourse_Correspondence_V1_NoticeChannel]) async throws {
    _ = try await courierService().serveChannels(.with { $0.channels = channels })
    try await place.settle()
  }

  func courierService() throws -> Service.Stub<BusClient> {
    .init(wrapping: try #require(place.context(of: Self.courier.name)).client)
  }

  func take(
    _ notice: Notice, attempt: UInt32 = 1
  ) async throws -> Recourse_Correspondence_V1_TakeNoticeResponse {
    try await courierService().takeNotice(
      .with {
        $0.noticeID = notice.noticeID
        $0.attempt = attempt
      })
  }

  @discardableResult
  func record(
    _ notice: Notice, _ state: Recourse_Correspondence_V1_NoticeState.Value, code: String = "",
    attempt: UInt32 = 1
  ) async throws -> Recourse_Correspondence_V1_RecordDeliveryResponse {
    let response = try await courierService().recordDelivery(
      .with {
        $0.noticeID = notice.noticeID
        $0.attempt = attempt
        $0.state = state
        $0.code = code
      })
    try await place.settle()
    return response
  }

  // MARK: What was announced

  func events<Event: EventMessage>(
    _: Event.Type, of reference: CaseReference
  ) async throws -> [Event] {
    try await place.events(key: reference.key.description).map(\.event)
      .filter { $0.type == Event.protoMessageName }
      .map { try Event(serializedBytes: $0.payload) }
  }
}

/// The code of the refusal that a call ends with; nil if it is carried out.
func refusal(_ body: () async throws -> Void) async -> String? {
  do {
    try await body()
    return nil
  } catch {
    return (error as? RPCError).flatMap(Refusal.init)?.code ?? "\(error)"
  }
}
