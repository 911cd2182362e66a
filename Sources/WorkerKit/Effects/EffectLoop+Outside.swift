import Foundation
import Logging

// What happens outside the slice, from the first attempt to its record.
extension EffectLoop {
  /// Finds out about an effect that was being sent when the process ended, unless a person settles it meanwhile.
  /// - Returns: whether another worker was away.
  func resolve(
    _ row: EffectTable.Row, _ route: EffectRoute, _ waitedUntil: Date
  ) async throws -> Bool {
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
      return false
    }
    let happened: Bool
    do {
      happened = try await ask(effect, context)
    } catch {
      try tell(
        error, of: effect,
        "nobody says whether an effect happened: asked again, unless a person decides")
      let next = Self.next(after: row.attempts + 1, at: now(waitedUntil))
      try await context.slice.write {
        try EffectTable.putOff(effect, in: .uncertain, until: next, in: $0)
      }
      return Self.isAway(error)
    }
    if happened {
      try await confirm(row, route, from: .uncertain, waitedUntil)
    } else {
      _ = try await context.slice.write {
        try EffectTable.move(effect, from: .uncertain, to: .intended, in: $0)
      }
    }
    return false
  }

  /// Carries an effect out, unless a person has given it up meanwhile.
  /// - Returns: why it did not happen, if it is tried again.
  func perform(
    _ row: EffectTable.Row, _ route: EffectRoute, _ waitedUntil: Date
  ) async throws -> (any Error)? {
    let effect = row.effect
    let slice = context.slice
    let isIntended = try await slice.write {
      try EffectTable.move(effect, from: .intended, to: .sending, in: $0)
    }
    guard isIntended else { return nil }
    do {
      try await route.perform(effect, context)
    } catch let refused as EffectRefused {
      try await abandon(row, route, refused, from: .sending, waitedUntil)
      return nil
    } catch {
      // Cut off, and nobody knows: asked about at the next start.
      try Task.checkCancellation()
      let next = Self.next(after: row.attempts + 1, at: now(waitedUntil), error)
      if error is EffectUnknown {
        try await slice.writePatiently {
          try EffectTable.putOff(effect, in: .sending, until: next, in: $0)
        }
        return nil
      }
      // It did not happen: that is written down even if this process is leaving.
      try await slice.writePatiently {
        _ = try EffectTable.move(effect, from: .sending, to: .intended, next: next, in: $0)
      }
      return error
    }
    try await confirm(row, route, from: .sending, waitedUntil)
    return nil
  }

  /// It happened: that is written down even if this process is leaving. Where the worker's own part of it fails
  /// it is uncertain: it is asked about again, or a person decides.
  private func confirm(
    _ row: EffectTable.Row, _ route: EffectRoute, from state: EffectTable.State,
    _ waitedUntil: Date
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
      let next = Self.next(after: row.attempts + 1, at: now(waitedUntil))
      try await context.slice.writePatiently { transaction in
        try EffectTable.move(effect, from: .sending, to: .uncertain, in: transaction)
        try EffectTable.putOff(effect, in: .uncertain, until: next, in: transaction)
      }
    }
  }

  /// It will never happen: that is written down even if this process is leaving. Where the worker's own part of it
  /// fails it is tried again, and refused again.
  func abandon(
    _ row: EffectTable.Row, _ route: EffectRoute, _ refused: EffectRefused,
    from state: EffectTable.State, _ waitedUntil: Date
  ) async throws {
    let effect = row.effect
    do {
      try await context.slice.writePatiently { transaction in
        guard try EffectTable.move(effect, from: state, to: .abandoned, in: transaction) else {
          return
        }
        try route.abandoned(effect, refused, transaction)
        try transaction.audit(
          actor: "worker", action: "effect.refused", subject: "\(effect.kind) \(effect.key)",
          reason: refused.reason)
      }
    } catch {
      try tell(error, of: effect, "an effect was refused and that could not be recorded")
      let next = Self.next(after: row.attempts + 1, at: now(waitedUntil))
      try await context.slice.writePatiently {
        if state == .intended {
          try EffectTable.putOff(effect, in: .intended, until: next, in: $0)
        } else {
          try EffectTable.move(effect, from: state, to: .intended, next: next, in: $0)
        }
      }
    }
  }
}
