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
    try await resolveInterrupted()
    var backOff = BackOff()
    while true {
      let intended = try await context.slice.read {
        try EffectTable.all(.intended, in: $0).map(\.0)
      }
      context.progress.update { $0.effectsOpen = intended.count }
      if intended.isEmpty {
        try await signal.wait()
        continue
      }
      var allDone = true
      for effect in intended where try await !perform(effect) { allDone = false }
      if allDone { backOff.reset() } else { try await backOff.pause() }
    }
  }

  /// What was being sent when the process ended.
  private func resolveInterrupted() async throws {
    for effect in try await context.slice.read({ try EffectTable.all(.sending, in: $0).map(\.0) }) {
      guard let route = routes[effect.kind], let ask = route.ask else {
        try await context.slice.write { try EffectTable.move(effect, to: .uncertain, in: $0) }
        context.logger.error("an effect is uncertain", metadata: ["kind": "\(effect.kind)"])
        continue
      }
      var backOff = BackOff()
      while true {
        do {
          if try await ask(effect, context) {
            try await confirm(effect, route)
          } else {
            try await context.slice.write { try EffectTable.move(effect, to: .intended, in: $0) }
          }
          break
        } catch {
          try Task.checkCancellation()
          if case SliceError.fenced = error { throw error }
          try await backOff.pause()
        }
      }
    }
  }

  /// True if the effect happened and is recorded.
  private func perform(_ effect: Effect) async throws -> Bool {
    guard let route = routes[effect.kind] else { return true }
    try await context.slice.write { try EffectTable.move(effect, to: .sending, in: $0) }
    do {
      try await route.perform(effect, context)
    } catch {
      try Task.checkCancellation()
      context.logger.warning("an effect did not happen", metadata: ["kind": "\(effect.kind)"])
      try await context.slice.write { try EffectTable.move(effect, to: .intended, in: $0) }
      return false
    }
    try await confirm(effect, route)
    return true
  }

  private func confirm(_ effect: Effect, _ route: EffectRoute) async throws {
    try await context.slice.write { transaction in
      try EffectTable.move(effect, to: .confirmed, in: transaction)
      try route.confirmed(effect, transaction)
    }
  }
}
