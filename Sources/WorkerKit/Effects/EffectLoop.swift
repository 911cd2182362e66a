import Foundation
import Logging

/// Carries out what the worker intends towards the outside world.
///
/// Before an effect is carried out the slice says that it is being sent; after a crash in between nobody
/// knows whether it happened. A channel that can be asked is asked; one that cannot leaves the effect
/// uncertain, for a person to decide.
struct EffectLoop: Sendable {
  let routes: [String: EffectRoute]
  let context: WorkerContext
  let signal: Signal

  func run() async throws {
    guard !routes.isEmpty else { return }
    let kinds = routes.keys.sorted()
    // Whatever is being sent now was being sent when an earlier process ended.
    var interrupted = true
    let backOff = BackOff()
    while true {
      var allDone = true
      if interrupted {
        interrupted = try await !resolveInterrupted(kinds)
        allDone = !interrupted
      }
      let intended = try await context.slice.read {
        try EffectTable.all(.intended, of: kinds, in: $0)
      }
      for effect in intended where try await !perform(effect) { allDone = false }
      if !allDone {
        try await backOff.pause()
      } else if intended.isEmpty {
        backOff.reset()
        try await signal.wait()
      }
    }
  }

  /// Finds out about effects that were being sent when the process ended; false if somebody could not be
  /// asked just now. New ones of this process are never among them: `perform` has ended before.
  private func resolveInterrupted(_ kinds: [String]) async throws -> Bool {
    var allAsked = true
    let sending = try await context.slice.read { try EffectTable.all(.sending, of: kinds, in: $0) }
    for effect in sending {
      guard let route = routes[effect.kind] else { continue }
      guard let ask = route.ask else {
        try await context.slice.write { try EffectTable.move(effect, to: .uncertain, in: $0) }
        context.logger.error(
          "nobody knows whether an effect happened: a person decides",
          metadata: ["kind": "\(effect.kind)"])
        continue
      }
      do {
        if try await ask(effect, context) {
          try await confirm(effect, route)
        } else {
          try await context.slice.write { try EffectTable.move(effect, to: .intended, in: $0) }
        }
      } catch {
        try Task.checkCancellation()
        if case SliceError.fenced = error { throw error }
        allAsked = false
      }
    }
    return allAsked
  }

  /// True if the effect happened and is recorded.
  private func perform(_ effect: Effect) async throws -> Bool {
    guard let route = routes[effect.kind] else { return true }
    try await context.slice.write { try EffectTable.move(effect, to: .sending, in: $0) }
    do {
      try await route.perform(effect, context)
    } catch {
      // It did not happen: that is written down even if this process is leaving.
      let slice = context.slice
      try await toTheEnd {
        try await slice.write { try EffectTable.move(effect, to: .intended, in: $0) }
      }
      try Task.checkCancellation()
      context.logger.warning(
        "an effect did not happen and is tried again",
        metadata: ["kind": "\(effect.kind)", "error": "\(type(of: error))"])
      return false
    }
    try await confirm(effect, route)
    return true
  }

  /// It happened: that is written down even if this process is leaving.
  private func confirm(_ effect: Effect, _ route: EffectRoute) async throws {
    let slice = context.slice
    try await toTheEnd {
      try await slice.write { transaction in
        try EffectTable.move(effect, to: .confirmed, in: transaction)
        try route.confirmed(effect, transaction)
      }
    }
  }
}
