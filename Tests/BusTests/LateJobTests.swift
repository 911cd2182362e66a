import Testing
import ZeroMQ

/// What an actor does whose thread has not started, or has ended.
@Suite("Late jobs", .timeLimit(.minutes(1)))
struct LateJobTests {
  private actor Counter {
    private nonisolated let thread: BusThread
    private(set) var most = 0
    private let inside = Shared(0)
    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    init() throws { thread = try BusThread(tickMilliseconds: 1) }

    func enter() {
      most = max(
        most,
        inside.change {
          $0 += 1
          return $0
        })
      // Long enough for another to come.
      for _ in 0..<10_000 { _ = inside.value }
      inside.change { $0 -= 1 }
    }
  }

  @Test func `run one at a time, whoever brings them`() async throws {
    let counter = try Counter()
    await withDiscardingTaskGroup { group in
      for _ in 0..<100 { group.addTask { await counter.enter() } }
    }
    #expect(await counter.most == 1)
  }
}
