import Foundation
import GRPCCore
import Logging

// What happens inside the slice alone.
extension EffectLoop {
  /// Has an effect happen in the transaction that records it, unless a person has given it up meanwhile.
  /// - Returns: why it did not happen, if it is tried again.
  func happen(
    _ row: EffectTable.Row, _ route: EffectRoute, _ waitedUntil: Date
  ) async throws -> (any Error)? {
    guard let prepare = route.prepare else { return nil }
    let effect = row.effect
    do {
      let apply = try await prepare(effect, context)
      try await context.slice.write { transaction in
        guard try EffectTable.move(effect, from: .intended, to: .confirmed, in: transaction)
        else { return }
        try apply(transaction)
      }
      return nil
    } catch let refused as EffectRefused {
      try await abandon(row, route, refused, from: .intended, waitedUntil)
      return nil
    } catch {
      try Task.checkCancellation()
      if case SliceError.fenced = error { throw error }
      if error is StorageFailure { throw error }
      let next = Self.next(after: row.attempts + 1, at: now(waitedUntil), error)
      try await context.slice.writePatiently {
        try EffectTable.putOff(effect, in: .intended, until: next, in: $0)
      }
      return error
    }
  }
}
