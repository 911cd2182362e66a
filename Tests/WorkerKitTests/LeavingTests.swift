import Foundation
import GRPCCore
import Messages
import Testing
import WorkerKitTesting

@testable import WorkerKit

@Suite("Leaving", .timeLimit(.minutes(1)))
struct LeavingTests {
  @Test func `a call that does not end holds a worker up no longer than the drain limit`()
    async throws
  {
    let place = try await TestPlace(workers: [Fixture.source], now: Fixture.start)
    let health = Grpc_Health_V1_Health.Client(wrapping: place.client)
    let (answers, answered) = AsyncStream<Void>.makeStream()
    let watching = Task {
      try await health.watch(
        Grpc_Health_V1_HealthCheckRequest(), metadata: ["recourse-target": "source"]
      ) { response in
        for try await _ in response.messages { answered.yield() }
      }
    }
    for await _ in answers { break }
    let clock = ContinuousClock()
    let took = await clock.measure { await place.stop() }
    #expect(took < Bounds.drainLimit + .seconds(5))
    _ = await watching.result
  }

  @Test func `a worker whose slice was taken over ends`() async throws {
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("slice-\(UUID().uuidString).sqlite").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let clock = FixedClock(Fixture.start)
    let slice = try Slice.open(path: path, for: Fixture.source, clock: clock)
    let signals = Signals()
    slice.whenTakenOver { signals.tellFenced() }
    let newer = try Slice.open(path: path, for: Fixture.source, clock: clock)
    await #expect(throws: SliceError.fenced(epoch: 1, current: 2)) {
      try await slice.write { _ in }
    }
    try await signals.lost.wait()
    #expect(signals.isFenced)
    try slice.close()
    try newer.close()
  }
}
