import Foundation
import GRPCCore
import Logging

/// Carries out what the worker intends towards the outside world.
///
/// Before an effect is carried out the slice says that it is being sent; after a crash in between nobody
/// knows whether it happened. A channel that can be asked is asked; one that cannot leaves the effect
/// uncertain, for a person to decide. One that fails is tried again at growing intervals of its own; where another
/// worker is away, effects of that kind rest together (``EffectRest``).
struct EffectLoop: Sendable {
  let routes: [String: EffectRoute]
  let context: WorkerContext
  let signal: Signal

  func run() async throws {
    guard !routes.isEmpty else { return }
    // Up to here waits are over, even if the worker's clock stands still or was put back.
    var waitedUntil = Date.distantPast
    var rest = EffectRest()
    while true {
      let time = now(waitedUntil)
      let awake = routes.values.filter { !rest.isResting($0.kind, at: time) }
      let kinds = EffectTable.Kinds(awake)
      let due = try await context.slice.read { try EffectTable.due(at: time, of: kinds, in: $0) }
      for row in due {
        guard let route = routes[row.effect.kind],
          !rest.isResting(route.kind, at: now(waitedUntil))
        else { continue }
        let wasAway = try await look(at: row, route, waitedUntil, rest)
        let change =
          wasAway
          ? rest.wasAway(route.kind, at: now(waitedUntil)) : rest.wasAnswered(route.kind)
        if let change { tell(change, of: route.kind) }
      }
      if due.isEmpty, let next = try await wait(from: time, rest) { waitedUntil = next }
    }
  }

  /// The time, at the earliest that up to which waits are over. Asked anew after each attempt, which may have taken long.
  func now(_ waitedUntil: Date) -> Date { max(context.clock.now, waitedUntil) }

  /// Waits until there may be something to do. Returns the time whose wait is over; nil if effects have
  /// changed meanwhile.
  private func wait(from time: Date, _ rest: EffectRest) async throws -> Date? {
    let ordered = routes.values.sorted { $0.kind < $1.kind }
    let next = try await context.slice.read { reader in
      try ordered.compactMap { route in
        try EffectTable.next(of: EffectTable.Kinds([route]), in: reader)
          .map { max($0, rest.end(of: route.kind)) }
      }.min()
    }
    guard let next else {
      try await signal.wait()
      return nil
    }
    let left = max(next.timeIntervalSince(time), 0)
    let pause = min(left, Bounds.retryDelayLimit / .seconds(1))
    let hasChanged = try await within(.seconds(pause)) { try await signal.wait() }
    return hasChanged ? nil : pause == left ? next : time + pause
  }

  /// When an effect that failed is to be tried again: when its route says, or no sooner than the other side wants.
  static func next(after attempts: Int, at time: Date, _ error: any Error) -> Date {
    if let postponed = error as? EffectPostponed { return time + postponed.pause / .seconds(1) }
    let next = next(after: attempts, at: time)
    guard let wanted = (error as? DeliveryFailed)?.retryAfter else { return next }
    return max(next, time + wanted / .seconds(1))
  }

  /// When an effect that failed is to be tried again.
  static func next(after attempts: Int, at time: Date) -> Date {
    time + BackOff.delay(after: attempts) / .seconds(1)
  }

  /// Does what is to be done about an effect now; true if another worker was away.
  private func look(
    at row: EffectTable.Row, _ route: EffectRoute, _ waitedUntil: Date, _ rest: EffectRest
  ) async throws -> Bool {
    switch row.state {
    // Whatever is being sent now was being sent when an earlier process ended.
    case .sending, .uncertain: return try await resolve(row, route, waitedUntil)
    default: break
    }
    let failure =
      route.prepare == nil
      ? try await perform(row, route, waitedUntil) : try await happen(row, route, waitedUntil)
    guard let failure else { return false }
    let isAway = Self.isAway(failure)
    if !(isAway && rest.isProbing(route.kind)) { tell(failure, of: row) }
    return isAway
  }

  /// Another worker, or the broker, does not answer, or has too much to do: any effect of the kind would find the same.
  /// A broker that was started anew does not know yet who serves what, and says UNIMPLEMENTED.
  static func isAway(_ error: any Error) -> Bool {
    guard let error = error as? RPCError else { return false }
    return [.unavailable, .deadlineExceeded, .resourceExhausted, .unimplemented]
      .contains(error.code)
  }
}

// MARK: - The log

extension EffectLoop {
  /// Says why an effect did not happen; of one that fails on and on ever more rarely: at the first attempt, the second,
  /// the fourth, the eighth.
  private func tell(_ error: any Error, of row: EffectTable.Row) {
    let attempts = row.attempts + 1
    guard attempts & (attempts - 1) == 0 else { return }
    var why: Logger.Metadata = ["error": "\(Self.kind(of: error))", "attempts": "\(attempts)"]
    let words = (error as? EffectPostponed)?.why ?? (error as? DeliveryFailed)?.why
    if let words { why["why"] = "\(words)" }
    context.logger.warning(
      "an effect did not happen and is tried again",
      metadata: row.effect.metadata.merging(why) { $1 })
  }

  private func tell(_ change: EffectRest.Change, of kind: String) {
    switch change {
    case .begins:
      context.logger.warning(
        "another worker does not answer: effects of this kind wait, and one is tried for all",
        metadata: ["kind": "\(kind)"])
    case .ends(let failures):
      context.logger.notice(
        "the other worker answers: effects of this kind happen again",
        metadata: ["kind": "\(kind)", "failures": "\(failures)"])
    }
  }

  /// Says what failed that is the fault of one effect alone.
  /// - Throws: what ends this loop.
  func tell(_ error: any Error, of effect: Effect, _ what: Logger.Message) throws {
    try Task.checkCancellation()
    if case SliceError.fenced = error { throw error }
    if error is StorageFailure { throw error }
    context.logger.warning(
      what, metadata: effect.metadata.merging(["error": "\(Self.kind(of: error))"]) { $1 })
  }

  /// The code that another worker answered, or the kind of error; never its text.
  private static func kind(of error: any Error) -> String {
    (error as? RPCError).map { "\($0.code)" } ?? String(describing: type(of: error))
  }
}
