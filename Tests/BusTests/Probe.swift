import Synchronization

/// What handlers noted, and a wait until they did.
final class Probe: Sendable {
  static let shared = Probe()

  private struct State {
    var notes: Set<String> = []
    var waiters: [(note: String, continuation: CheckedContinuation<Void, Never>)] = []
  }
  private let state = Mutex(State())

  func note(_ note: String) {
    let reached = state.withLock { state in
      state.notes.insert(note)
      let reached = state.waiters.filter { $0.note == note }
      state.waiters.removeAll { $0.note == note }
      return reached
    }
    for waiter in reached { waiter.continuation.resume() }
  }

  func wait(for note: String) async {
    await withCheckedContinuation { continuation in
      let isThere = state.withLock { state in
        if !state.notes.contains(note) { state.waiters.append((note, continuation)) }
        return state.notes.contains(note)
      }
      if isThere { continuation.resume() }
    }
  }
}
