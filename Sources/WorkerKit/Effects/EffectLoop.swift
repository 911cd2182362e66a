import Foundation
import Logging

/// Carries out what the worker intends towards the outside world.
///
/// Before an effect is carried out the slice says that it is being sent; after a crash in between nobody
/// knows whether it happened. A channel that can be asked is asked; one that cannot leaves the effect
/// uncertain, for a person to decide. One that fails is tried again at growing intervals of its own.
struct EffectLoop: Sendable {
  let routes: [String: EffectRoute]
  let context: WorkerContext
  let signal: Signal

  func run() async throws {
    guard !routes.isEmpty else { return }
    let kinds = EffectTable.Kinds(routes.values)
    // Up to here waits are over, even if the worker's clock stands still or was put back.
    var waitedUntil = Date.distantPast
    while true {
      let time = max(context.clock.now, waitedUntil)
      let due = try await context.slice.read { try EffectTable.due(at: time, of: kinds, in: $0) }
      for row in due {
        guard let route = routes[row.effect.kind] else { continue }
        // Whatever is being sent now was being sent when an earlier process ended.
        switch row.state {
        case .sending, .uncertain: try await resolve(row, route, at: time)
        default: try await perform(row, route, at: time)
        }
      }
      if due.isEmpty, let next = try await wait(from: time, kinds) { waitedUntil = next }
    }
  }

  /// Waits until there may be something to do. Returns the time whose wait is over; nil if effects have
  /// changed meanwhile.
  private func wait(from time: Date, _ kinds: EffectTable.Kinds) async throws -> Date? {
    let next = try await context.slice.read { try EffectTable.next(of: kinds, in: $0) }
    guard let next else {
      try await signal.wait()
      return nil
    }
    let rest = max(next.timeIntervalSince(time), 0)
    let pause = min(rest, Bounds.retryDelayLimit / .seconds(1))
    let hasChanged = try await within(.seconds(pause)) { try await signal.wait() }
    return hasChanged ? nil : pause == rest ? next : time + pause
  }

  /// When an effect that failed is to be tried again: when its route says, or no sooner than the other side wants.
  private static func next(after attempts: Int, at time: Date, _ error: any Error) -> Date {
    if let postponed = error as? EffectPostponed { return time + postponed.pause / .seconds(1) }
    let next = next(after: attempts, at: time)
    guard let wanted = (error as? DeliveryFailed)?.retryAfter else { return next }
    return max(next, time + wanted / .seconds(1))
  }

  /// When an effect that failed is to be tried again.
  private static func next(after attempts: Int, at time: Date) -> Date {
    time + BackOff.delay(after: attempts) / .seconds(1)
  }

  /// Finds out about an effect that was being sent when the process ended, unless a person settles it meanwhile.
  private func resolve(
    _ row: EffectTable.Row, _ route: EffectRoute, at time: Date
  ) async throws {
    let effect = row.effect
    if row.state == .sending {
      _ = try await context.slice.write {
        try EffectTable.move(effect, from: .sending, to: .uncertain, in: $0)
      }
    }
    guard let ask = route.ask else {
      context.logger.error(
        "nobody knows whether an effect happened: a person decides",
        metadata: effect.metadata)
      return
    }
    let happened: Bool
    do {
      happened = try await ask(effect, context)
    } catch {
      try tell(
        error, of: effect,
        "nobody says whether an effect happened: asked again, unless a person decides")
      let next = Self.next(after: row.attempts + 1, at: time)
      return try await context.slice.write {
        try EffectTable.putOff(effect, in: .uncertain, until: next, in: $0)
      }
    }
    if happened { return try await confirm(row, route, from: .uncertain, at: time) }
    _ = try await context.slice.write {
      try EffectTable.move(effect, from: .uncertain, to: .intended, in: $0)
    }
  }

  /// Carries an effect out, unless a person has given it up meanwhile.
  private func perform(
    _ row: EffectTable.Row, _ route: EffectRoute, at time: Date
  ) async throws {
    let effect = row.effect
    let slice = context.slice
    let isIntended = try await slice.write {
      try EffectTable.move(effect, from: .intended, to: .sending, in: $0)
    }
    guard isIntended else { return }
    do {
      try await route.perform(effect, context)
    } catch let refused as EffectRefused {
      return try await abandon(row, route, refused, at: time)
    } catch {
      // Cut off, and nobody knows: asked about at the next start.
      try Task.checkCancellation()
      let next = Self.next(after: row.attempts + 1, at: time, error)
      if error is EffectUnknown {
        return try await slice.writePatiently {
          try EffectTable.putOff(effect, in: .sending, until: next, in: $0)
        }
      }
      // It did not happen: that is written down even if this process is leaving.
      try await slice.writePatiently {
        _ = try EffectTable.move(effect, from: .sending, to: .intended, next: next, in: $0)
      }
      var why: Logger.Metadata = ["error": "\(type(of: error))"]
      let words = (error as? EffectPostponed)?.why ?? (error as? DeliveryFailed)?.why
      if let words { why["why"] = "\(words)" }
      context.logger.warning(
        "an effect did not happen and is tried again",
        metadata: effect.metadata.merging(why) { $1 })
      return
    }
    try await confirm(row, route, from: .sending, at: time)
  }

  /// It happened: that is written down even if this process is leaving. Where the worker's own part of it fails
  /// it is uncertain: it is asked about again, or a person decides.
  private func confirm(
    _ row: EffectTable.Row, _ route: EffectRoute, from state: EffectTable.State, at time: Date
  ) async throws {
    let effect = row.effect
    do {
      try await context.slice.writePatiently { transaction in
        guard try EffectTable.move(effect, from: state, to: .confirmed, in: transaction) else {
          return
        }
        try route.confirmed(effect, transaction)
      }
    } catch {
      try tell(error, of: effect, "an effect happened and could not be recorded")
      let next = Self.next(after: row.attempts + 1, at: time)
      try await context.slice.writePatiently { transaction in
        try EffectTable.move(effect, from: .sending, to: .uncertain, in: transaction)
        try EffectTable.putOff(effect, in: .uncertain, until: next, in: transaction)
      }
    }
  }

  /// It will never happen: that is written down even if this process is leaving. Where the worker's own part of it
  /// fails it is tried again, and refused again.
  private func abandon(
    _ row: EffectTable.Row, _ route: EffectRoute, _ refused: EffectRefused, at time: Date
  ) async throws {
    let effect = row.effect
    do {
      try await context.slice.writePatiently { transaction in
        try EffectTable.move(effect, from: .sending, to: .abandoned, in: transaction)
        try route.abandoned(effect, refused, transaction)
        try transaction.audit(
          actor: "worker", action: "effect.refused", subject: "\(effect.kind) \(effect.key)",
          reason: refused.reason)
      }
    } catch {
      try tell(error, of: effect, "an effect was refused and that could not be recorded")
      let next = Self.next(after: row.attempts + 1, at: time)
      try await context.slice.writePatiently {
        _ = try EffectTable.move(effect, from: .sending, to: .intended, next: next, in: $0)
      }
    }
  }

  /// Says what failed that is the fault of one effect alone.
  /// - Throws: what ends this loop.
  private func tell(_ error: any Error, of effect: Effect, _ what: Logger.Message) throws {
    try Task.checkCancellation()
    if case SliceError.fenced = error { throw error }
    if error is StorageFailure { throw error }
    context.logger.warning(
      what, metadata: effect.metadata.merging(["error": "\(type(of: error))"]) { $1 })
  }
}
