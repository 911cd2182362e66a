import Calls
import CaseModel
import CorrespondenceRules
import Foundation
import GRPCCore
import Messages
import PolicyLibrary
import SwiftProtobuf
import WorkerKit

/// Correspondence's calls, from message to handler and back. Those of people are in a file of their own.
struct CorrespondenceService: Recourse_Correspondence_V1_Correspondence.SimpleServiceProtocol,
  UnaryService
{
  let context: WorkerContext
  let library: PolicyLibrary

  func listNotices(
    request: Recourse_Correspondence_V1_ListNoticesRequest, context call: ServerContext
  ) async throws -> Recourse_Correspondence_V1_ListNoticesResponse {
    let handler = ListNotices(
      reference: request.caseReference.isEmpty
        ? nil : try CaseReference(request: request.caseReference),
      person: request.person, after: request.after)
    try await context.waitUntil(request.atLeastPosition)
    let page = try await context.slice.read { try handler.apply(in: $0) }
    return .with {
      $0.notices =
        page.notices.map { notice, steps in
          var listed = Recourse_Correspondence_V1_Notice(notice, steps)
          listed.awaitsServer = notice.awaitsServer(page.served)
          return listed
        } + page.owed.map { .init($0) }
      $0.more = page.hasMore
      $0.unserved = page.unserved.map { channel, notices in
        .with {
          $0.channel = .init(channel)
          $0.notices = UInt32(clamping: notices)
        }
      }
    }
  }

  func readNotice(
    request: Recourse_Correspondence_V1_ReadNoticeRequest, context call: ServerContext
  ) async throws -> Recourse_Correspondence_V1_ReadNoticeResponse {
    let handler = ReadNotice(
      noticeID: request.noticeID, purpose: try ReadNotice.Purpose(request: request.purpose),
      person: request.person,
      reference: request.caseReference.isEmpty
        ? nil : try CaseReference(request: request.caseReference),
      caller: Caller(call))
    return .init(try await context.slice.write { try handler.apply(in: $0) })
  }

  // MARK: Workers that serve channels

  func serveChannels(
    request: Recourse_Correspondence_V1_ServeChannelsRequest, context call: ServerContext
  ) async throws -> Recourse_Correspondence_V1_ServeChannelsResponse {
    let channels = try request.channels.enumerated().map { index, channel in
      guard let known = NoticeWay(channel) else {
        throw Refusal(
          .input, code: "unknown-value", path: "channels[\(index)]",
          message:
            Checked.oneOf(NoticeWay.self))
      }
      return known
    }
    let handler = ServeChannels(
      channels: NoticeWay.allCases.filter(channels.contains), worker: Caller(call).principal)
    try await context.slice.write { try handler.apply(in: $0) }
    return .init()
  }

  func forgetServer(
    request: Recourse_Correspondence_V1_ForgetServerRequest, context call: ServerContext
  ) async throws -> Recourse_Correspondence_V1_ForgetServerResponse {
    let handler = ForgetServer(worker: request.worker, actor: Caller(call).principal)
    guard try await !context.isConnected(handler.worker) else {
      throw Refusal(
        .state, code: "still-there", path: "worker",
        message: "The worker is connected; what it serves, it says itself.")
    }
    let channels = try await context.slice.write { try handler.apply(in: $0) }
    return .with { $0.channels = channels.map { .init($0) } }
  }

  func takeNotice(
    request: Recourse_Correspondence_V1_TakeNoticeRequest, context call: ServerContext
  ) async throws -> Recourse_Correspondence_V1_TakeNoticeResponse {
    let handler = GiveNotice(
      noticeID: request.noticeID, attempt: Int(request.attempt), caller: Caller(call),
      library: library)
    return .init(try await handler.perform(context))
  }

  func recordDelivery(
    request: Recourse_Correspondence_V1_RecordDeliveryRequest, context call: ServerContext
  ) async throws -> Recourse_Correspondence_V1_RecordDeliveryResponse {
    let handler = RecordDelivery(
      noticeID: request.noticeID, attempt: Int(request.attempt),
      step: try NoticeStep(delivery: request.state),
      code: Checked.code(request.code),
      day: try Checked.day(request.on, path: "on"), worker: Caller(call).principal)
    // The same may be told on another day, or in other words: the first word stands.
    let same = Recourse_Correspondence_V1_RecordDeliveryRequest.with {
      $0.noticeID = request.noticeID
      $0.attempt = request.attempt
      $0.state = request.state
    }
    let result = try await context.command(
      "correspondence.record-delivery",
      key: "\(request.noticeID)/\(request.attempt)/\(handler.step.rawValue)", request: same
    ) { tx -> Recourse_Correspondence_V1_RecordDeliveryResponse in
      try handler.apply(in: tx)
      return .init()
    }
    return .with {
      $0.logPosition = result.logPosition
      $0.repeated = result.repeated
    }
  }
}

extension ReadNotice.Purpose {
  /// - Throws: the refusal `purpose-needed`.
  fileprivate init(
    request purpose: Recourse_Correspondence_V1_NoticePurpose.Value
  ) throws {
    switch purpose {
    case .caseWork: self = .caseWork
    case .ownLetter: self = .ownLetter
    case .unspecified, .UNRECOGNIZED:
      throw Refusal.purposeNeeded(expected: Self.allCases.map(\.rawValue))
    }
  }
}

extension NoticeStep {
  /// What a worker may say of a notice.
  /// - Throws: the refusal `unknown-value`.
  fileprivate init(
    delivery state: Recourse_Correspondence_V1_NoticeState.Value
  ) throws {
    switch state {
    case .sent: self = .sent
    case .delivered: self = .delivered
    case .failed: self = .failed
    case .uncertain: self = .uncertain
    default:
      throw Refusal(
        .input, code: "unknown-value", path: "state",
        message: "Expected one of SENT, DELIVERED, FAILED, UNCERTAIN.")
    }
  }
}
