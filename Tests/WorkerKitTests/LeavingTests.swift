import Calls
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
    let health = Grpc_Health_V1_Health.Stub(wrapping: place.client)
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

  /// Ends with its task alone, and not when its caller gives up.
  private struct Stubborn: Recourse_Reporting_V1_Reporting.SimpleServiceProtocol, UnaryService {
    let worker: WorkerContext
    let began: AsyncStream<Void>.Continuation

    func statutory(
      request: Recourse_Reporting_V1_StatutoryRequest, context: ServerContext
    ) async throws -> Recourse_Reporting_V1_StatutoryResponse {
      began.yield()
      try await worker.progress.wait { _ in false }
      return Recourse_Reporting_V1_StatutoryResponse()
    }
  }

  @Test func `nor does one with one request and one response`() async throws {
    let (calls, began) = AsyncStream<Void>.makeStream()
    let worker = Worker(
      name: "stubborn", services: { [Stubborn(worker: $0, began: began)] })
    let place = try await TestPlace(workers: [worker], now: Fixture.start)
    let reporting = Recourse_Reporting_V1_Reporting.Stub(wrapping: place.client)
    let asking = Task {
      try await reporting.statutory(Recourse_Reporting_V1_StatutoryRequest())
    }
    for await _ in calls { break }
    let clock = ContinuousClock()
    let took = await clock.measure { await place.stop() }
    #expect(took >= Bounds.drainLimit && took < Bounds.drainLimit + .seconds(5))
    _ = await asking.result
  }

  @Test func `a worker whose slice was taken over ends`() async throws {
    try await TestPlace.with([Fixture.source], now: Fixture.start) { place in
      let slice = try #require(place.context(of: "source")?.slice)
      // What another process does when it opens the slice.
      try await slice.write { try $0.execute("UPDATE kit_identity SET epoch = epoch + 1") }
      await #expect(throws: SliceError.fenced(epoch: 1, current: 2)) {
        try await slice.write { _ in }
      }
      try await place.untilGone("source")
    }
  }

  @Test func `leaving while an event is held is no attempt at it`() async throws {
    let asked = Gate()
    let sink = Worker(
      name: "sink",
      routes: [
        .on(Recourse_Intake_V1_ApplicationReceived.self) { _, context in
          guard !asked.isOpen(after: Bounds.attemptsLimit + 2) else { return }
          try await context.progress.wait { _ in false }
        } apply: { received, _, transaction in
          try transaction.execute(
            "INSERT INTO taken (position, area) VALUES (?, ?)",
            .integer(Int64(received.position)), .text(received.event.area))
        }
      ], migrations: Fixture.sink().migrations)
    try await TestPlace.with(
      [Fixture.source, sink], now: Fixture.start, onDisk: true, unready: ["sink"]
    ) { place in
      try await place.announce(["slow"])
      for round in 1...(Bounds.attemptsLimit + 2) {
        while asked.count < round { await Task.yield() }
        try await place.restart("sink")
      }
      try await place.settle()
      #expect(try await place.taken() == ["slow"])
    }
  }

  @Test func `after a crash in a batch its events go one by one, and later ones together`()
    async throws
  {
    let sink = Fixture.sink { area, transaction in
      let holding = try transaction.row("SELECT holding FROM kit_inbox")?.int("holding") ?? 0
      try transaction.execute(
        "INSERT INTO outcome (text) VALUES (?)", .text("\(area) held \(holding)"))
    }
    try await TestPlace.with([Fixture.source, sink], now: Fixture.start, onDisk: true) { place in
      // What a process leaves that ended while it handled the events up to the third.
      try await place.context(of: "sink")?.slice.write { try InboxTable.holdBatch(upTo: 3, in: $0) }
      await place.kill("sink")
      try await place.announce(["a", "b", "c", "d", "e"])
      try await place.durable()
      try await place.restart("sink")
      #expect(
        try await place.outcomes() == ["a held 1", "b held 2", "c held 3", "d held 0", "e held 0"])
    }
  }
}

extension TestPlace {
  /// Waits until the log has what was announced.
  func durable() async throws {
    let context = try #require(self.context(of: "source"))
    let last = try await context.slice.read { try OutboxTable.counter(in: $0).lastSequence }
    try await context.progress.wait { $0.durable >= last }
  }

  /// Waits until the broker has no session of a worker any more.
  func untilGone(_ worker: String) async throws {
    let directory = Recourse_Bus_V1_Directory.Stub(wrapping: client)
    while try await directory.list(Recourse_Bus_V1_DirectoryRequest()).sessions
      .contains(where: { $0.worker == worker })
    {
      await Task.yield()
    }
  }
}
