import Foundation
import GRPCCore
import Messages
import SwiftProtobuf
import WorkerKit

/// Finds out, once, from where on the log is told: what happened before a webhook was added is no news.
struct BeginNotices {
  func perform(_ context: WorkerContext) async throws {
    guard try await context.slice.read({ try $0.beginning() }) == nil else { return }
    let directory = Recourse_Bus_V1_Directory.Stub(wrapping: context.client)
    let head = try await directory.list(Recourse_Bus_V1_DirectoryRequest()).logHead
    try await context.slice.write { try $0.begin(after: head) }
  }
}

/// Keeps an event to be told, in order with the others of its key: each waits until the one before has ended.
struct TakeEvent {
  /// Notices that may wait; one more is given up at once.
  static let waitingLimit = 10_000

  private let notice: KeptNotice

  init(_ received: Received<EncodedEvent>) {
    notice = KeptNotice(
      position: received.position, key: received.key, event: received.event,
      occurredAt: received.occurredAt)
  }

  func apply(_ webhook: WebhookNotices, in tx: SliceTransaction) throws {
    guard notice.position > (try tx.beginning() ?? 0) else { return }
    guard try tx.noticeCount() < Self.waitingLimit else {
      return try tx.announce(.givenUp, notice, webhook)
    }
    let isNext = try tx.oldestNotice(of: notice.key) == nil
    try tx.keep(notice)
    if isNext { try tx.intend(KeptNotice.effect, key: notice.effectKey) }
  }
}

/// Sends a notice once.
struct SendNotice {
  private let effect: Effect
  private let webhook: WebhookNotices
  private let secret: String
  private let pauses: Pauses

  init(_ effect: Effect, _ webhook: WebhookNotices, _ secret: String, _ pauses: Pauses) {
    self.effect = effect
    self.webhook = webhook
    self.secret = secret
    self.pauses = pauses
  }

  /// Returns when the other side has taken the notice.
  /// - Throws: `EffectRefused` if it never will, or was asked as often as it may be; `EffectPostponed` otherwise.
  func perform(over web: WebCaller, _ context: WorkerContext) async throws {
    let notice = try await context.slice.write { [key = effect.key] tx in
      try tx.countAttempt(at: tx.notice(of: key))
      return try tx.notice(of: key)
    }
    guard notice.attempts <= webhook.attempts else { throw EffectRefused(reason: Self.givenUp) }
    let seconds = Int(context.clock.now.timeIntervalSince1970)
    let request = try NoticeRequest(notice, webhook, effect.idempotencyKey)
      .signed(secret, at: seconds)
    do {
      let answer = try await web.deliver(request)
      try await keep(answer.status, of: notice, context)
    } catch let refused as EffectRefused {
      try await keep(refused.httpStatus, of: notice, context)
      throw refused
    } catch let failed as DeliveryFailed {
      try await keep(failed.status, of: notice, context)
      guard notice.attempts < webhook.attempts else { throw EffectRefused(reason: Self.givenUp) }
      throw EffectPostponed(for: max(pauses.after(notice.attempts), failed.retryAfter ?? .zero))
    }
  }

  /// The reason of an effect that was tried as often as it may be.
  static let givenUp = "given-up"

  private func keep(
    _ status: Int?, of notice: KeptNotice, _ context: WorkerContext
  ) async throws {
    guard let status else { return }
    try await context.slice.write { try $0.keepStatus(status, of: notice) }
  }
}

/// Says what became of a notice, and goes on to the next of its key.
struct EndNotice {
  private let effect: Effect
  private let webhook: WebhookNotices

  init(_ effect: Effect, _ webhook: WebhookNotices) {
    self.effect = effect
    self.webhook = webhook
  }

  func delivered(in tx: SliceTransaction) throws {
    try end(.delivered, in: tx)
  }

  /// - Parameter refused: nil if a person gave it up.
  func abandoned(_ refused: EffectRefused?, in tx: SliceTransaction) throws {
    let isRefused = refused.map { $0.reason != SendNotice.givenUp } ?? false
    try end(isRefused ? .refused : .givenUp, in: tx)
  }

  private func end(
    _ state: Recourse_Webhook_V1_DeliveryRecorded.State, in tx: SliceTransaction
  ) throws {
    let notice = try tx.notice(of: effect.key)
    try tx.remove(notice)
    try tx.announce(state, notice, webhook)
    if let next = try tx.oldestNotice(of: notice.key) {
      try tx.intend(KeptNotice.effect, key: next.effectKey)
    }
  }
}

extension SliceTransaction {
  fileprivate func announce(
    _ state: Recourse_Webhook_V1_DeliveryRecorded.State, _ notice: KeptNotice,
    _ webhook: WebhookNotices
  ) throws {
    let recorded = Recourse_Webhook_V1_DeliveryRecorded.with {
      $0.caseReference = notice.reference
      $0.webhook = webhook.name
      $0.eventType = notice.event.type
      $0.eventPosition = notice.position
      $0.state = state
      $0.attempts = UInt32(clamping: notice.attempts)
      $0.statusCode = UInt32(clamping: notice.status ?? 0)
    }
    try emit(recorded, key: notice.key)
  }
}

extension EffectRefused {
  /// Of the answer that refused, if it was one.
  fileprivate var httpStatus: Int? {
    reason.hasPrefix("http-") ? Int(reason.dropFirst("http-".count)) : nil
  }
}
