import CaseModel
import Foundation
import GRPCCore
import Messages
import Testing
import WorkerKitTesting

@testable import WorkerKit

@Suite("Events", .timeLimit(.minutes(1)))
struct EventTests {
  @Test func `what is announced with the state arrives once and in order`() async throws {
    try await TestPlace.with([Fixture.source, Fixture.sink()], now: Fixture.start) { place in
      let areas = (0..<300).map { "area-\($0)" }
      for chunk in stride(from: 0, to: 300, by: 30) {
        try await place.announce(Array(areas[chunk..<chunk + 30]))
      }
      try await place.settle()
      let taken = try await place.taken()
      #expect(taken == areas)
      let head = try await place.logHead()
      #expect(head == 300)
    }
  }

  @Test func `a transaction that fails announces nothing`() async throws {
    struct Unwilling: Error {}
    try await TestPlace.with([Fixture.source, Fixture.sink()], now: Fixture.start) { place in
      await #expect(throws: Unwilling.self) {
        try await place.context(of: "source")?.slice.write { transaction in
          try transaction.emit(
            Recourse_Intake_V1_ApplicationReceived(), key: EventKey(parsing: "case/A"))
          throw Unwilling()
        }
      }
      try await place.announce(["after"])
      try await place.settle()
      let events = try await place.events()
      #expect(events.map(\.event.sequence) == [1])
      #expect(try await place.taken() == ["after"])
    }
  }

  @Test func `an event that the declaration does not name cannot be announced`() async throws {
    try await TestPlace.with([Fixture.source], now: Fixture.start) { place in
      await #expect(throws: SliceError.undeclaredEvent("recourse.panel.v1.PanelHeld")) {
        try await place.context(of: "source")?.slice.write { transaction in
          try transaction.emit(Recourse_Panel_V1_PanelHeld(), key: EventKey(parsing: "case/A"))
        }
      }
    }
  }

  @Test func `a worker that is killed and started again takes each event once`() async throws {
    try await TestPlace.with(
      [Fixture.source, Fixture.sink()], now: Fixture.start, onDisk: true
    ) { place in
      for round in 0..<4 {
        try await place.announce((0..<20).map { "\(round)-\($0)" })
        await place.kill("sink")
        try await place.announce(["\(round)-while-away"])
        try await place.restart("sink")
      }
      try await place.settle()
      let taken = try await place.taken()
      let expected = (0..<4).flatMap { round in
        (0..<20).map { "\(round)-\($0)" } + ["\(round)-while-away"]
      }
      #expect(taken == expected)
    }
  }

  @Test func `a producer that is killed announces what it had committed, once`() async throws {
    try await TestPlace.with(
      [Fixture.source, Fixture.sink()], now: Fixture.start, onDisk: true
    ) { place in
      for round in 0..<5 {
        try await place.announce(["\(round)"])
        try await place.restart("source")
      }
      try await place.settle()
      let taken = try await place.taken()
      #expect(taken == ["0", "1", "2", "3", "4"])
    }
  }

  @Test func `an event that cannot be handled is parked with its key and other keys flow`()
    async throws
  {
    struct Poisoned: Error {}
    let sink = Fixture.sink { area, _ in if area == "bad" { throw Poisoned() } }
    try await TestPlace.with([Fixture.source, sink], now: Fixture.start) { place in
      try await place.announce(["good", "bad", "later"], key: "case/A")
      try await place.announce(["other"], key: "case/B")
      try await place.settle()
      let taken = try await place.taken()
      #expect(taken == ["good", "other"])
      let parked = try await place.context(of: "sink")?.slice.read { reader in
        try reader.rows("SELECT position, attempts, error FROM kit_parked ORDER BY position").map {
          "\(try $0.int("position")) \(try $0.int("attempts")) \(try $0.text("error"))"
        }
      }
      #expect(
        parked == [
          "2 \(Bounds.attemptsLimit) Poisoned", "3 0 waits for an earlier event of its key",
        ])
      let status = try await place.status(of: "sink")
      #expect(status.parkedEvents == 2)
      #expect(status.logPosition == 4)
    }
  }

  /// Asks another worker first, which fails as `ask` says.
  private static func asking(_ ask: @escaping @Sendable (String) throws -> Void) -> Worker {
    Worker(
      name: "sink",
      routes: [
        .on(Recourse_Intake_V1_ApplicationReceived.self) { received, _ in
          try ask(received.event.area)
        } apply: { received, _, transaction in
          try transaction.execute(
            "INSERT INTO taken (position, area) VALUES (?, ?)",
            .integer(Int64(received.position)), .text(received.event.area))
        }
      ],
      migrations: [
        Migration("sink-1", "CREATE TABLE taken (position BIGINT PRIMARY KEY, area TEXT NOT NULL)")
      ])
  }

  @Test func `an attempt that failed because another worker was away does not count`()
    async throws
  {
    let gate = Gate()
    let sink = Self.asking { _ in
      guard gate.isOpen(after: Bounds.attemptsLimit + 2) else {
        throw RPCError(code: .unavailable, message: "away")
      }
    }
    try await TestPlace.with([Fixture.source, sink], now: Fixture.start) { place in
      try await place.announce(["x"])
      try await place.context(of: "sink")?.progress.wait { $0.taken >= 1 }
      #expect(try await place.taken() == ["x"])
    }
  }

  @Test(arguments: [RPCError.Code.unavailable, .deadlineExceeded])
  func `an event at which another worker is away for ever is parked in the end`(
    code: RPCError.Code
  ) async throws {
    let tried = Gate()
    let sink = Self.asking { area in
      guard area == "bad" else { return }
      _ = tried.isOpen(after: 0)
      throw RPCError(code: code, message: "away")
    }
    try await TestPlace.with([Fixture.source, sink], now: Fixture.start) { place in
      try await place.announce(["bad", "later"])
      try await place.announce(["other"], key: "case/B")
      while tried.count == 0 { await Task.yield() }
      // As after all attempts but one.
      try await place.context(of: "sink")?.slice.write {
        try $0.execute("UPDATE kit_inbox SET away = ?", .integer(Bounds.awayAttemptsLimit - 1))
      }
      try await place.context(of: "sink")?.progress.wait { $0.taken >= 3 }
      #expect(try await place.taken() == ["other"])
      let parked = try await place.parked().events
      #expect(parked.map(\.attempts) == [UInt32(Bounds.awayAttemptsLimit), 0])
      #expect(parked.first?.error.hasPrefix("another worker was away") == true)
    }
  }
}

extension TestPlace {
  func status(of worker: String) async throws -> Recourse_Worker_V1_StatusResponse {
    try await Recourse_Worker_V1_Worker.Stub(wrapping: client).status(
      Recourse_Worker_V1_StatusRequest(), metadata: ["recourse-target": .string(worker)])
  }
}
