import CaseModel
import CorrespondenceRules
import GRPCCore
import Messages
import SwiftProtobuf
import WorkerKit

/// What people do to notices.
extension CorrespondenceService {
  func writeNotice(
    request: Recourse_Correspondence_V1_WriteNoticeRequest, context call: ServerContext
  ) async throws -> Recourse_Correspondence_V1_NoticeChangeResponse {
    guard let kind = NoticeKind(request.kind) else {
      throw Refusal(
        .input, code: "missing", path: "kind",
        message: Checked.oneOf(NoticeKind.self))
    }
    let handler = AskForNotice(
      reference: try CaseReference(request: request.caseReference), kind: kind,
      about: try Checked.line(request.about, path: "about", limit: Checked.wordLimit),
      reason: try Checked.bounded(
        request.reason, path: "reason", limit: Checked.reasonLimit),
      officer: try Checked.officer(request.officer), id: RandomKey.make())
    return try await carryOut("correspondence.write", key: request.idempotencyKey, request) { tx in
      try handler.apply(in: tx)
    }
  }

  func releaseNotice(
    request: Recourse_Correspondence_V1_ReleaseNoticeRequest, context call: ServerContext
  ) async throws -> Recourse_Correspondence_V1_NoticeChangeResponse {
    var channel: NoticeWay?
    if request.channel != .unspecified {
      guard let known = NoticeWay(request.channel) else {
        throw Refusal(
          .input, code: "unknown-value", path: "channel",
          message:
            Checked.oneOf(NoticeWay.self))
      }
      channel = known
    }
    let handler = ReleaseNotice(
      noticeID: request.noticeID, digest: request.digest,
      grounds: try Checked.grounds(request.officer, request.reason), channel: channel)
    let found = try await way(of: request.noticeID) { $0.written }
    // The same text may be held again, and be released again.
    return try await carryOut("correspondence.release", key: RandomKey.make(), request) { tx in
      [try handler.apply(found, in: tx)]
    }
  }

  func amendNotice(
    request: Recourse_Correspondence_V1_AmendNoticeRequest, context call: ServerContext
  ) async throws -> Recourse_Correspondence_V1_NoticeChangeResponse {
    let text = try Checked.bounded(request.text, path: "text", limit: Checked.textLimit)
    guard !text.isEmpty else {
      throw Refusal(.input, code: "missing", path: "text", message: "Expected the new text.")
    }
    let handler = AmendNotice(
      noticeID: request.noticeID, digest: request.digest,
      subject: try Checked.line(request.subject, path: "subject", limit: Checked.subjectLimit),
      text: text, grounds: try Checked.grounds(request.officer, request.reason))
    let found = try await way(of: request.noticeID) { handler.amended($0) }
    return try await carryOut("correspondence.amend", key: RandomKey.make(), request) { tx in
      [try handler.apply(found, in: tx)]
    }
  }

  func cancelNotice(
    request: Recourse_Correspondence_V1_CancelNoticeRequest, context call: ServerContext
  ) async throws -> Recourse_Correspondence_V1_NoticeChangeResponse {
    let handler = CancelNotice(
      noticeID: request.noticeID, grounds: try Checked.grounds(request.officer, request.reason))
    return try await carryOut("correspondence.cancel", key: RandomKey.make(), request) { tx in
      [try handler.apply(in: tx)]
    }
  }

  func settleNotice(
    request: Recourse_Correspondence_V1_SettleNoticeRequest, context call: ServerContext
  ) async throws -> Recourse_Correspondence_V1_NoticeChangeResponse {
    let allowed: [NoticeState] = [.sent, .delivered, .failed, .ready]
    guard let state = NoticeState(request.state), allowed.contains(state) else {
      throw Refusal(
        .input, code: "unknown-value", path: "state",
        message: "Expected one of: \(allowed.map(\.rawValue).joined(separator: ", ")).")
    }
    let handler = SettleNotice(
      noticeID: request.noticeID, state: state,
      grounds: try Checked.grounds(request.officer, request.reason))
    return try await carryOut("correspondence.settle", key: RandomKey.make(), request) { tx in
      [try handler.apply(in: tx)]
    }
  }

  /// The way of a notice as it is, or as it would be.
  private func way(
    of id: String, _ written: @Sendable (KeptNotice) -> Written
  ) async throws -> FoundWay {
    guard var notice = try await context.slice.read({ try $0.noticeIfAny(id) }) else {
      throw Refusal.unknownNotice
    }
    notice.written = written(notice)
    return try await FindWay(library: library).look(notice, context).found
  }

  private func carryOut<Request: Message & Sendable>(
    _ name: String, key: String, _ request: Request,
    _ body: @escaping @Sendable (SliceTransaction) throws -> [KeptNotice]
  ) async throws -> Recourse_Correspondence_V1_NoticeChangeResponse {
    let result = try await context.command(
      name, key: key.isEmpty ? RandomKey.make() : key, request: request
    ) { tx -> Recourse_Correspondence_V1_NoticeChangeResponse in
      let notices = try body(tx)
      return try .with {
        $0.notices = try notices.map { .init($0, try tx.steps(of: $0)) }
      }
    }
    var response = result.response
    response.logPosition = result.logPosition
    response.repeated = result.repeated
    return response
  }
}
