import Testing

@testable import WorkerKit

@Suite("Signal", .timeLimit(.minutes(1)))
struct SignalTests {
  @Test func `a signal before the wait ends it at once, and only one`() async throws {
    let signal = Signal()
    signal.raise()
    signal.raise()
    try await signal.wait()
    let second = Task { try await signal.wait() }
    second.cancel()
    await #expect(throws: CancellationError.self) { try await second.value }
  }

  @Test func `a wait that was cancelled does not spoil later ones`() async throws {
    let signal = Signal()
    for _ in 0..<100 {
      let wait = Task { try await signal.wait() }
      wait.cancel()
      await #expect(throws: CancellationError.self) { try await wait.value }
    }
    let wait = Task { try await signal.wait() }
    signal.raise()
    try await wait.value
  }
}
