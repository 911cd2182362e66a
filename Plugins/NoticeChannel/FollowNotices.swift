import Foundation
public import WorkerKit

/// How the other side is asked what became of notices that it has taken.
public struct Following: Sendable {
  /// What it may say at last.
  public enum Fate: Sendable, Hashable {
    /// It is at its address.
    case delivered
    /// It will not get there; why, as a stable code.
    case failed(String)
  }

  /// Notices that are asked about in one round, first those that were asked about longest ago.
  public static let roundLimit = 100

  /// From the end of one round to the beginning of the next.
  public let interval: Duration
  /// For so long after it was sent a notice is asked about.
  public let limit: Duration
  /// Nil as long as nothing new is to be said of what was sent under a key.
  let fate: @Sendable (_ key: String, WorkerContext) async throws -> Fate?

  /// Rounds of questions, each at an interval, about each notice for a while.
  public init(
    every interval: Duration, for limit: Duration,
    fate: @escaping @Sendable (_ key: String, WorkerContext) async throws -> Fate?
  ) {
    self.interval = interval
    self.limit = limit
    self.fate = fate
  }
}

/// One round of questions. What the other side cannot say of one notice keeps nobody from hearing of the others.
struct FollowNotices {
  private let following: Following

  init(_ following: Following) {
    self.following = following
  }

  /// - Throws: what failed first.
  func perform(_ context: WorkerContext) async throws {
    let open = try await context.slice.read {
      try $0.deliveriesToAsk(limit: Following.roundLimit)
    }
    var failure: (any Error)?
    for delivery in open {
      try await context.slice.write { try $0.noteAsked(delivery.key) }
      do {
        let fate = try await following.fate(delivery.reference, context)
        try await context.slice.write { tx in try keep(fate, of: delivery, in: tx) }
      } catch let error as FateUnknown {
        failure = failure ?? error
      } catch let error as DeliveryFailed {
        failure = failure ?? error
      }
    }
    if let failure { throw failure }
  }

  private func keep(
    _ fate: Following.Fate?, of delivery: Delivery, in tx: SliceTransaction
  ) throws {
    guard try tx.knownDelivery(delivery.key).state == .open else { return }
    switch fate {
    case .delivered:
      try tx.move(delivery.key, to: .ended)
      try tx.report(.delivered, of: delivery.key)
    case .failed(let code):
      try tx.move(delivery.key, to: .ended)
      try tx.report(.failed, code: code, of: delivery.key)
    case nil:
      // It stays sent: nobody will say more.
      if (delivery.sentAt ?? tx.now) + following.limit / .seconds(1) <= tx.now {
        try tx.move(delivery.key, to: .ended)
      }
    }
  }
}

/// The other side's answer about a notice cannot be read.
public struct FateUnknown: Error, Hashable {
  public init() {}
}
