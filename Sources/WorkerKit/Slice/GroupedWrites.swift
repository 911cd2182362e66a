import GRDB
import Synchronization

/// Writes of several callers in one transaction, so that they are forced to the medium together.
///
/// Whoever writes while another transaction is under way waits, and all who wait are written next: each in a savepoint of
/// its own, in the order in which they came. What one of them throws undoes its part alone. Nobody is told before all is
/// on the medium (group commit: DeWitt et al., "Implementation Techniques for Main Memory Database Systems", 1984).
final class GroupedWrites: Sendable {
  private let database: any DatabaseWriter
  /// Runs once in each transaction, before anything else: throws if this process may not write.
  private let admit: @Sendable (Database) throws -> Void
  private let state = Mutex(State())

  private struct State {
    var waiting: [any GroupedWrite] = []
    var isWriting = false
  }

  init(_ database: any DatabaseWriter, admit: @escaping @Sendable (Database) throws -> Void) {
    self.database = database
    self.admit = admit
  }

  /// What a write gives, once it is on the medium.
  /// - Throws: what `body` throws, or why nothing could be written; `CancellationError` if the task was cancelled before
  ///   its turn came.
  func write<T: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> T
  ) async throws -> T {
    let write = OneWrite(body)
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        guard write.begin(continuation) else { return }
        let isFirst = state.withLock { state in
          state.waiting.append(write)
          defer { state.isWriting = true }
          return !state.isWriting
        }
        if isFirst { writeNext() }
      }
    } onCancel: {
      write.cancel()
    }
  }

  /// Writes that have not had their turn.
  var waitingCount: Int { state.withLock { $0.waiting.count } }

  private func writeNext() {
    database.asyncWriteWithoutTransaction { [self] database in
      let group = state.withLock { state in
        let group = Array(state.waiting.prefix(Bounds.writesInGroup))
        state.waiting.removeFirst(group.count)
        return group
      }
      write(group.filter { $0.take() }, in: database)
      let hasMore = state.withLock { state in
        state.isWriting = !state.waiting.isEmpty
        return state.isWriting
      }
      if hasMore { writeNext() }
    }
  }

  private func write(_ group: [any GroupedWrite], in database: Database) {
    if group.count > 1, writeTogether(group, in: database) { return }
    for write in group { writeAlone(write, in: database) }
  }

  /// False if nothing was written, and each may be tried alone.
  private func writeTogether(_ group: [any GroupedWrite], in database: Database) -> Bool {
    var (hasBegun, isCommitting) = (false, false)
    do {
      try database.inTransaction(.immediate) {
        try admit(database)
        hasBegun = true
        for write in group {
          let failure = try self.failure(of: write, in: database)
          // A failure of the storage is everybody's, and may have undone what the others wrote.
          if let failure, failure is DatabaseError { throw failure }
        }
        isCommitting = true
        return .commit
      }
    } catch {
      // Nobody knows what the medium holds of a commit that failed: it is not tried again here. One that the database
      // has refused was undone; what could not even begin would not begin for each alone.
      let isRefused = (error as? DatabaseError)?.resultCode == .SQLITE_CONSTRAINT
      if hasBegun, !isCommitting || isRefused { return false }
      for write in group { write.end(with: error) }
      return true
    }
    for write in group { write.end(with: nil) }
    return true
  }

  /// Runs one's part of a transaction.
  /// - Returns: what it threw; then nothing is left of it.
  /// - Throws: if its part could not be ended.
  private func failure(of write: any GroupedWrite, in database: Database) throws -> (any Error)? {
    var failure: (any Error)?
    try database.inSavepoint {
      do {
        try write.run(in: database)
        return .commit
      } catch {
        failure = error
        return .rollback
      }
    }
    return failure
  }

  private func writeAlone(_ write: any GroupedWrite, in database: Database) {
    do {
      try database.inTransaction(.immediate) {
        try admit(database)
        try write.run(in: database)
        return .commit
      }
      write.end(with: nil)
    } catch {
      write.end(with: error)
    }
  }
}

/// A write that waits, or is under way.
private protocol GroupedWrite: Sendable {
  /// False if nobody waits for it any more.
  func take() -> Bool
  /// May be called more than once: the last run counts.
  func run(in database: Database) throws
  /// Tells whoever waits: what stopped everybody, or else how its last run ended.
  func end(with error: (any Error)?)
}

private final class OneWrite<T: Sendable>: GroupedWrite {
  private enum State {
    case new, cancelled
    case waiting(CheckedContinuation<T, any Error>)
    case taken(CheckedContinuation<T, any Error>, Result<T, any Error>?)
    case ended
  }

  private let body: @Sendable (Database) throws -> T
  private let state = Mutex(State.new)

  init(_ body: @escaping @Sendable (Database) throws -> T) { self.body = body }

  /// False if it was cancelled already; then whoever waits has been told.
  func begin(_ continuation: CheckedContinuation<T, any Error>) -> Bool {
    let isNew = state.withLock { state in
      guard case .new = state else { return false }
      state = .waiting(continuation)
      return true
    }
    if !isNew { continuation.resume(throwing: CancellationError()) }
    return isNew
  }

  func cancel() {
    let continuation: CheckedContinuation<T, any Error>? = state.withLock { state in
      switch state {
      case .new: state = .cancelled
      case .waiting(let continuation):
        state = .ended
        return continuation
      // It is written to its end, and its caller hears how that was.
      case .cancelled, .taken, .ended: break
      }
      return nil
    }
    continuation?.resume(throwing: CancellationError())
  }

  func take() -> Bool {
    state.withLock { state in
      guard case .waiting(let continuation) = state else { return false }
      state = .taken(continuation, nil)
      return true
    }
  }

  func run(in database: Database) throws {
    let result = Result { try body(database) }
    state.withLock { state in
      guard case .taken(let continuation, _) = state else { return }
      state = .taken(continuation, result)
    }
    _ = try result.get()
  }

  func end(with error: (any Error)?) {
    let taken: (CheckedContinuation<T, any Error>, Result<T, any Error>?)? = state.withLock {
      state in
      guard case .taken(let continuation, let result) = state else { return nil }
      state = .ended
      return (continuation, result)
    }
    guard let (continuation, result) = taken else { return }
    if let error {
      continuation.resume(throwing: error)
    } else if let result {
      continuation.resume(with: result)
    }
  }
}
