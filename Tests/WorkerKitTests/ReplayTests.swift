import CaseModel
import Foundation
import GRPCCore
import Messages
import SwiftProtobuf
import Testing
import WorkerKitTesting

@testable import WorkerKit

@Suite("Replay", .timeLimit(.minutes(1)))
struct ReplayTests {
  /// Announces applications and consents.
  private static let source = Worker(
    name: "source",
    emits: [
      Recourse_Intake_V1_ApplicationReceived.self, Recourse_Intake_V1_ConsentGiven.self,
    ], migrations: Fixture.source.migrations)

  /// Writes down which applications it sees, and does one thing more when it sees one again. It sees
  /// consents once.
  private static func sink(
    _ trouble: Trouble = Trouble(),
    again: @escaping @Sendable (SliceTransaction) throws -> Void = { _ in }
  ) -> Worker {
    Worker(
      name: "sink", emits: [Recourse_Intake_V1_ApplicationReceived.self],
      routes: [
        .on(Recourse_Intake_V1_ApplicationReceived.self, replays: true) { received, transaction in
          try trouble.check(received.event.area)
          try transaction.execute(
            "INSERT INTO outcome (text) VALUES (?)",
            .text(received.event.area + (received.isReplay ? " again" : "")))
          if received.isReplay { try again(transaction) }
        },
        .on(Recourse_Intake_V1_ConsentGiven.self) { _, transaction in
          try transaction.execute("INSERT INTO outcome (text) VALUES ('consent')")
        },
      ],
      timers: [.on("reminder") { _, _ in }],
      effects: [.on("letter", perform: { _, _ in }, confirmed: { _, _ in })],
      migrations: Fixture.sink().migrations)
  }

  private static let position = Recourse_Worker_V1_ReplayRequest.OneOf_Start.fromPosition(2)
  private static let time = Recourse_Worker_V1_ReplayRequest.OneOf_Start.fromTime(
    Google_Protobuf_Timestamp(date: Fixture.start + 60))

  @Test(arguments: [
    (position, ["b again", "c again"]), (time, ["c again"]),
    (.key("case/A"), ["a again", "b again"]),
  ])
  func `events are seen again, marked, and nothing that the inbox knows changes`(
    start: Recourse_Worker_V1_ReplayRequest.OneOf_Start, seen: [String]
  ) async throws {
    try await TestPlace.with([Self.source, Self.sink()], now: Fixture.start) { place in
      try await place.announce(["a", "b"])
      try await place.settle()
      place.clock.advance(by: 60)
      try await place.announce(["c"], key: "case/B")
      try await place.settle()
      let before = try await place.inbox()
      let told = try await place.replay(start)
      #expect(told.last?.handled == UInt32(seen.count))
      #expect(told.last?.refused == 0)
      #expect(try await place.outcomes() == ["a", "b", "c"] + seen)
      #expect(try await place.inbox() == before)
      let audited = try await place.audited()
      #expect(audited.count == 1)
      #expect(audited.first?.hasPrefix("A. Operator events.replay ") == true)
    }
  }

  @Test func `progress is told page by page, and what must not be seen again is counted`()
    async throws
  {
    try await TestPlace.with([Self.source, Self.sink()], now: Fixture.start) { place in
      try await place.announce((0..<100).map { "\($0)" })
      try await place.context(of: "source")?.slice.write { transaction in
        try transaction.emit(
          Recourse_Intake_V1_ConsentGiven(), key: EventKey(parsing: "case/A"))
      }
      try await place.settle()
      let told = try await place.replay(.fromPosition(1))
      #expect(told.count > 1)
      #expect(told.map(\.position) == told.map(\.position).sorted())
      #expect(told.last?.position == 101)
      #expect(told.last?.handled == 100)
      #expect(told.last?.refused == 1)
      #expect(try await place.outcomes().filter { $0 == "consent" }.count == 1)
    }
  }

  enum Wish: String, CaseIterable {
    case emit, schedule, cancelTimer, intend
  }

  @Test(arguments: Wish.allCases)
  func `what would reach others is refused, and that event's replay leaves nothing`(
    wish: Wish
  ) async throws {
    let sink = Self.sink { transaction in
      switch wish {
      case .emit:
        try transaction.emit(
          Recourse_Intake_V1_ApplicationReceived(), key: EventKey(parsing: "case/A"))
      case .schedule: try transaction.schedule("reminder", key: "a", at: transaction.now + 60)
      case .cancelTimer: try transaction.cancelTimer("reminder", key: "a")
      case .intend: try transaction.intend("letter", key: "a")
      }
    }
    try await TestPlace.with([Self.source, sink], now: Fixture.start) { place in
      try await place.announce(["a"])
      try await place.settle()
      let refused = try await refusal { _ = try await place.replay(.fromPosition(1)) }
      #expect(refused.code == "replay-failed")
      #expect(refused.message.contains("\(wish.rawValue) in a replay"))
      try await place.settle()
      #expect(try await place.outcomes() == ["a"])
      #expect(try await place.logHead() == 1)
      #expect(try await place.effects().total == 0)
      let timer = try await place.context(of: "sink")?.slice.read {
        try TimerTable.next(of: ["reminder"], in: $0)
      }
      #expect(timer == nil)
    }
  }

  @Test func `an event that is parked is not seen by the way of a replay`() async throws {
    let trouble = Trouble("bad")
    try await TestPlace.with([Self.source, Self.sink(trouble)], now: Fixture.start) { place in
      try await place.announce(["good", "bad"])
      try await place.settle()
      trouble.change("bad")
      let told = try await place.replay(.key("case/A"))
      #expect(told.last?.handled == 1)
      #expect(told.last?.refused == 1)
      #expect(try await place.outcomes() == ["good", "good again"])
      #expect(try await place.parked().events.map(\.position) == [2])
    }
  }

  @Test(arguments: [3, 99, UInt64.max])
  func `a position that the worker has not got to is refused by the worker, and not kept`(
    position: UInt64
  ) async throws {
    try await TestPlace.with([Self.source, Self.sink()], now: Fixture.start) { place in
      try await place.announce(["a", "b"])
      try await place.settle()
      let refused = try await refusal { _ = try await place.replay(.fromPosition(position)) }
      #expect(refused.code == "beyond")
      #expect(refused.message.contains("up to position 2"))
      #expect(try await place.audited().isEmpty)
      #expect(try await place.replay(.fromPosition(2)).last?.handled == 1)
    }
  }

  @Test func `a replay that cannot be is refused`() async throws {
    try await TestPlace.with([Fixture.source, Fixture.sink()], now: Fixture.start) { place in
      try await place.announce(["a"])
      try await place.settle()
      let none = try await refusal { _ = try await place.replay(.fromPosition(1)) }
      #expect(none.code == "no-replay")
      let nowhere = try await refusal { _ = try await place.replay(nil) }
      #expect(nowhere.code == "missing")
      #expect(nowhere.path == "start")
      let nobody = try await refusal { _ = try await place.replay(.key("case/A"), .by("")) }
      #expect(nobody.path == "grounds.actor")
    }
  }
}

extension TestPlace {
  /// What the sink's inbox knows.
  fileprivate func inbox() async throws -> [String] {
    try await context(of: "sink")?.slice.read { reader in
      let marks = try reader.rows("SELECT * FROM kit_inbox_mark ORDER BY partition_number").map {
        "\(try $0.int("partition_number")) at \(try $0.int("position"))"
      }
      return ["taken \(try InboxTable.taken(in: reader))"] + marks
    } ?? []
  }
}
