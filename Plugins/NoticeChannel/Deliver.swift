import Foundation
import WorkerKit

/// Takes note of a notice that is this channel's to take out.
struct TakeDelivery {
  let key: DeliveryKey

  func apply(in tx: SliceTransaction) throws {
    try tx.keep(key)
    try tx.intend(Deliver.kind, key: key.description)
  }
}

/// Takes one notice out: Correspondence is asked for it each time anew, it is sent, and nothing of it is kept.
struct Deliver {
  static let kind = "deliver-notice"
  /// The code of a notice that the other side has not taken for as long as the channel's patience lasts.
  static let tooLate = "not-accepted-in-time"
  /// The code of one that a person gave up before it left.
  static let givenUp = "given-up"

  private let channel: NoticeChannel
  private let underway: Underway

  init(_ channel: NoticeChannel, _ underway: Underway) {
    self.channel = channel
    self.underway = underway
  }

  var route: EffectRoute {
    .on(
      Self.kind,
      perform: { effect, context in try await perform(effect, context) },
      ask: { effect, context in try await ask(effect, context) },
      confirmed: { effect, tx in
        let key = try DeliveryKey(parsing: effect.key)
        try tx.noteSent(key, as: effect.idempotencyKey)
        let isUncertain = try tx.knownDelivery(key).fate == .uncertain
        try tx.move(key, to: isUncertain || channel.following == nil ? .ended : .open)
        try tx.audit(
          actor: channel.name, action: "notice.\(isUncertain ? "uncertain" : "sent")",
          subject: effect.key)
        try tx.report(isUncertain ? .uncertain : .sent, of: key)
      },
      abandoned: { effect, refused, tx in
        let key = try DeliveryKey(parsing: effect.key)
        // Correspondence itself has taken it back: there is nothing to tell.
        if try tx.knownDelivery(key).state == .ended { return }
        try tx.move(key, to: .ended)
        try tx.report(.failed, code: refused?.reason ?? Self.givenUp, of: key)
      })
  }

  private func perform(_ effect: Effect, _ context: WorkerContext) async throws {
    if channel.objection != nil { throw NotConfigured() }
    let key = try DeliveryKey(parsing: effect.key)
    let passage = effect.idempotencyKey
    if !underway.has(passage) { try await begin(key, passage, context) }
    let isOneOfMany = underway.count > channel.patience.besideLimit
    await underway.wait(
      for: passage, isOneOfMany ? nil : channel.patience.beside, by: context.clock)
    // It goes on beside the others, and is asked about: nobody knows yet.
    guard let outcome = underway.take(passage) else { throw EffectUnknown() }
    do {
      try outcome.get()
    } catch let unknown as EffectUnknown {
      throw unknown
    } catch {
      // The other side has not taken it, also if this process is leaving.
      if channel.ask == nil { try BegunNotices(context).forget(passage) }
      if error is EffectRefused { throw error }
      try Task.checkCancellation()
      let attempts = try await context.slice.read { try $0.knownDelivery(key).attempts }
      throw EffectPostponed(
        for: channel.patience.pause(after: attempts),
        because: (error as? DeliveryFailed)?.why ?? "\(type(of: error))")
    }
  }

  /// Begins to send it.
  private func begin(
    _ key: DeliveryKey, _ passage: String, _ context: WorkerContext
  ) async throws {
    let notice: TakenNotice
    do {
      notice = try await CorrespondenceCalls(context).take(key, as: passage)
    } catch let refused as EffectRefused {
      try await context.slice.write { try $0.move(key, to: .ended) }
      throw refused
    }
    let delivery = try await context.slice.write { try $0.countAttempt(at: key) }
    try checkPatience(with: delivery, context)
    if channel.ask == nil { try BegunNotices(context).note(passage) }
    underway.begin(passage) { [channel] in try await channel.send(notice, context) }
  }

  /// Whatever became of the attempts before, also of those that the other side had to be asked about.
  private func checkPatience(with delivery: Delivery, _ context: WorkerContext) throws {
    guard delivery.attempts > 1, let first = delivery.firstTriedAt else { return }
    if first + channel.patience.whole / .seconds(1) <= context.clock.now {
      throw EffectRefused(reason: Self.tooLate)
    }
  }

  /// Whether it is over: because the other side has it, or because nobody will ever know.
  private func ask(_ effect: Effect, _ context: WorkerContext) async throws -> Bool {
    switch underway.outcome(of: effect.idempotencyKey) {
    case nil where underway.has(effect.idempotencyKey): throw StillUnderway()
    case .success:
      _ = underway.take(effect.idempotencyKey)
      return true
    case .failure(let error) where !(error is EffectUnknown):
      // Not taken: what follows from that, the attempt itself says.
      return false
    default: _ = underway.take(effect.idempotencyKey)
    }
    if let ask = channel.ask {
      if channel.objection != nil { throw NotConfigured() }
      return try await ask(effect.idempotencyKey, context)
    }
    let key = try DeliveryKey(parsing: effect.key)
    let delivery = try await context.slice.read { try $0.knownDelivery(key) }
    guard try BegunNotices(context).mayHave(effect.idempotencyKey, since: delivery.place) else {
      return false
    }
    try await context.slice.write { try $0.markUncertain(key) }
    return true
  }
}
