import GRPCCore
public import Messages
import Synchronization
public import WorkerKit

/// What a channel asks and tells Correspondence, answered from a list of notices.
public final class CorrespondenceStandIn: Sendable {
  private struct State {
    var notices: [String: StandInNotice] = [:]
    var told: [String: [String]] = [:]
    var takes: [String: Int] = [:]
    var served: [[Recourse_Correspondence_V1_NoticeChannel]] = []
    var isHeld = false
    /// Refusals to come.
    var refusals: [Refusal] = []
  }

  private let state = Mutex(State())

  func keep(_ notice: StandInNotice) { state.withLock { $0.notices[notice.id] = notice } }

  /// A notice is not to leave any more.
  public func takeBack(_ notice: StandInNotice) {
    state.withLock { _ = $0.notices.removeValue(forKey: notice.id) }
  }

  /// From now on nobody is given a notice before ``release()``; the question waits.
  public func hold() { state.withLock { $0.isHeld = true } }

  public func release() { state.withLock { $0.isHeld = false } }

  /// The next questions for a notice, or words about one, are refused with these; what follows is as before.
  public func refuse(_ refusals: [Refusal]) { state.withLock { $0.refusals = refusals } }

  private func refuseIfAny() throws {
    let refusal = state.withLock { $0.refusals.isEmpty ? nil : $0.refusals.removeFirst() }
    if let refusal { throw refusal }
  }

  /// What was told of a notice, in order and each time.
  public func told(of notice: String) -> [String] { state.withLock { $0.told[notice] ?? [] } }

  /// How often a notice was asked for.
  public func takes(of notice: StandInNotice) -> Int {
    state.withLock { $0.takes[notice.id] ?? 0 }
  }

  /// What the channel said that it serves, each time.
  public var served: [[Recourse_Correspondence_V1_NoticeChannel]] { state.withLock { $0.served } }

  var worker: Worker {
    Worker(
      name: "correspondence", emits: [Recourse_Correspondence_V1_NoticeReady.self],
      services: { _ in [Service(desk: self)] })
  }

  private func take(_ id: String, _ attempt: UInt32) async throws -> StandInNotice {
    state.withLock { $0.takes[id, default: 0] += 1 }
    while state.withLock({ $0.isHeld }) {
      try Task.checkCancellation()
      await Task.yield()
    }
    try refuseIfAny()
    guard let notice = state.withLock({ $0.notices[id] }), notice.attempt == attempt else {
      throw Refusal(
        .state, code: "not-ready", path: "noticeId", message: "There is no such notice now.")
    }
    return notice
  }

  private func note(_ request: Recourse_Correspondence_V1_RecordDeliveryRequest) throws {
    try refuseIfAny()
    let words = "\(request.state)".uppercased() + (request.code.isEmpty ? "" : " \(request.code)")
    state.withLock { $0.told[request.noticeID, default: []].append(words) }
  }

  private func note(_ channels: [Recourse_Correspondence_V1_NoticeChannel]) {
    state.withLock { $0.served.append(channels) }
  }

  private struct Service: Recourse_Correspondence_V1_Correspondence.SimpleServiceProtocol {
    let desk: CorrespondenceStandIn

    func serveChannels(
      request: Recourse_Correspondence_V1_ServeChannelsRequest, context: ServerContext
    ) async throws -> Recourse_Correspondence_V1_ServeChannelsResponse {
      desk.note(request.channels)
      return .init()
    }

    func takeNotice(
      request: Recourse_Correspondence_V1_TakeNoticeRequest, context: ServerContext
    ) async throws -> Recourse_Correspondence_V1_TakeNoticeResponse {
      try await desk.take(request.noticeID, request.attempt).response
    }

    func recordDelivery(
      request: Recourse_Correspondence_V1_RecordDeliveryRequest, context: ServerContext
    ) async throws -> Recourse_Correspondence_V1_RecordDeliveryResponse {
      try desk.note(request)
      return .init()
    }

    // MARK: What no channel asks

    private static let unknown = RPCError(code: .unimplemented, message: "not asked by a channel")

    func forgetServer(
      request: Recourse_Correspondence_V1_ForgetServerRequest, context: ServerContext
    ) async throws -> Recourse_Correspondence_V1_ForgetServerResponse { throw Self.unknown }

    func listNotices(
      request: Recourse_Correspondence_V1_ListNoticesRequest, context: ServerContext
    ) async throws -> Recourse_Correspondence_V1_ListNoticesResponse { throw Self.unknown }

    func readNotice(
      request: Recourse_Correspondence_V1_ReadNoticeRequest, context: ServerContext
    ) async throws -> Recourse_Correspondence_V1_ReadNoticeResponse { throw Self.unknown }

    func writeNotice(
      request: Recourse_Correspondence_V1_WriteNoticeRequest, context: ServerContext
    ) async throws -> Recourse_Correspondence_V1_NoticeChangeResponse { throw Self.unknown }

    func releaseNotice(
      request: Recourse_Correspondence_V1_ReleaseNoticeRequest, context: ServerContext
    ) async throws -> Recourse_Correspondence_V1_NoticeChangeResponse { throw Self.unknown }

    func amendNotice(
      request: Recourse_Correspondence_V1_AmendNoticeRequest, context: ServerContext
    ) async throws -> Recourse_Correspondence_V1_NoticeChangeResponse { throw Self.unknown }

    func cancelNotice(
      request: Recourse_Correspondence_V1_CancelNoticeRequest, context: ServerContext
    ) async throws -> Recourse_Correspondence_V1_NoticeChangeResponse { throw Self.unknown }

    func settleNotice(
      request: Recourse_Correspondence_V1_SettleNoticeRequest, context: ServerContext
    ) async throws -> Recourse_Correspondence_V1_NoticeChangeResponse { throw Self.unknown }

    func setMailbox(
      request: Recourse_Correspondence_V1_SetMailboxRequest, context: ServerContext
    ) async throws -> Recourse_Correspondence_V1_SetMailboxResponse { throw Self.unknown }

    func listMailboxes(
      request: Recourse_Correspondence_V1_ListMailboxesRequest, context: ServerContext
    ) async throws -> Recourse_Correspondence_V1_ListMailboxesResponse { throw Self.unknown }
  }
}
