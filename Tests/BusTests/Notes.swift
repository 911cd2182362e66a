import Synchronization

/// What has happened, and waits until it has. A wait ends with its task.
final class Notes: Sendable {
  private struct State {
    var notes: Set<String> = []
    var waiters: [String: [AsyncStream<Void>.Continuation]] = [:]
  }
  private let state = Mutex(State())

  func note(_ note: String) {
    let waiters = state.withLock { state in
      state.notes.insert(note)
      return state.waiters.removeValue(forKey: note) ?? []
    }
    for waiter in waiters { waiter.finish() }
  }

  func wait(for note: String) async throws {
    let (reached, waiter) = AsyncStream<Void>.makeStream()
    let isThere = state.withLock { state in
      if !state.notes.contains(note) { state.waiters[note, default: []].append(waiter) }
      return state.notes.contains(note)
    }
    if isThere { return }
    for await _ in reached {}
    try Task.checkCancellation()
  }
}

/// A value that several tasks change.
final class Shared<Value: Sendable>: Sendable {
  private let state: Mutex<Value>

  init(_ value: Value) { state = Mutex(value) }

  var value: Value { state.withLock { $0 } }

  func set(_ value: Value) { change { $0 = value } }

  @discardableResult
  func change<T: Sendable>(_ change: (inout Value) throws -> T) rethrows -> T {
    try state.withLock { try change(&$0) }
  }
}
