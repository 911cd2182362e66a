import Foundation
import Logging

/// Finds out when a slice whose storage has failed can be written to again. Until then the worker does not
/// serve, and its loops wait.
struct StorageTrial: Sendable {
  let context: WorkerContext

  func run() async throws {
    let backOff = BackOff()
    var workedAt: Duration?
    while true {
      try await context.progress.wait { $0.storage != nil }
      // Storage that works for a moment at a time is tried less and less often.
      let isNew = workedAt.map { context.clock.monotonic - $0 > Bounds.retryDelayLimit } ?? true
      if isNew { backOff.reset() }
      if let failure = context.progress.facts.storage {
        context.logger.error("nothing can be kept just now", metadata: failure.metadata)
      }
      repeat { try await backOff.pause() } while try await !isWritable()
      workedAt = context.clock.monotonic
      context.progress.update { facts in
        facts.storage = nil
        facts.changes += 1
      }
      context.logger.notice("what is to be kept can be kept again")
    }
  }

  /// Writes and removes as much as many a transaction would: a small write may find room where they do not.
  private func isWritable() async throws -> Bool {
    do {
      try await context.slice.write { transaction in
        try transaction.execute(
          """
          INSERT INTO kit_command (command, command_key, digest, response, sequence, at)
          VALUES (?, '', ?, ?, 0, 0) ON CONFLICT (command, command_key) DO NOTHING
          """, .text(Self.name), .blob(Data()), .blob(Data(count: Bounds.trialBytes)))
      }
      try await context.slice.write {
        try $0.execute("DELETE FROM kit_command WHERE command = ?", .text(Self.name))
      }
      return true
    } catch let failure as StorageFailure where !failure.isFinal {
      return false
    }
  }

  private static let name = "kit.trial"
}

extension WorkerContext {
  /// Runs a loop and, where the slice's storage has failed in it, runs it again when that works again.
  func persevere(_ loop: @Sendable () async throws -> Void) async throws {
    while true {
      do {
        return try await loop()
      } catch let failure as StorageFailure where !failure.isFinal {
        try await progress.wait { $0.storage == nil }
      }
    }
  }
}

extension Slice {
  /// Writes what has to be written down even if the task is cancelled, again and again while the storage fails.
  /// - Throws: `CancellationError` if the task is cancelled while the storage fails.
  func writePatiently(
    _ body: @escaping @Sendable (SliceTransaction) throws -> Void
  ) async throws {
    let backOff = BackOff()
    while true {
      do {
        return try await toTheEnd { try await self.write(body) }
      } catch let failure as StorageFailure where !failure.isFinal {
        try await backOff.pause()
      }
    }
  }
}
