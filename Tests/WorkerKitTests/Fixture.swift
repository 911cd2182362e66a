import CaseModel
import Foundation
import Messages
import WorkerKit
import WorkerKitTesting

/// Two workers for tests: one announces, the other notes what it took.
enum Fixture {
  static let start = Date(timeIntervalSince1970: 1_773_651_600)

  /// Announces ApplicationReceived by hand.
  static let source = Worker(
    name: "source", emits: [Recourse_Intake_V1_ApplicationReceived.self],
    migrations: [Migration("source-1", "CREATE TABLE note (text TEXT NOT NULL)")])

  /// Notes each case in order, with what `apply` does to it.
  static func sink(
    timers: [TimerRoute] = [], effects: [EffectRoute] = [],
    emits: [any EventMessage.Type] = [],
    apply: @escaping @Sendable (String, SliceTransaction) throws -> Void = { _, _ in }
  ) -> Worker {
    Worker(
      name: "sink", emits: emits,
      routes: [
        .on(Recourse_Intake_V1_ApplicationReceived.self) { received, transaction in
          try transaction.execute(
            "INSERT INTO taken (position, area) VALUES (?, ?)",
            .integer(Int64(received.position)), .text(received.event.area))
          try apply(received.event.area, transaction)
        }
      ], timers: timers, effects: effects,
      migrations: [
        Migration(
          "sink-1",
          """
          CREATE TABLE taken (position BIGINT PRIMARY KEY, area TEXT NOT NULL);
          CREATE TABLE outcome (text TEXT NOT NULL);
          """)
      ])
  }
}

extension TestPlace {
  /// Announces one event for each area, in one transaction.
  func announce(_ areas: [String], key: String = "case/A") async throws {
    let eventKey = try EventKey(parsing: key)
    try await context(of: "source")?.slice.write { transaction in
      for area in areas {
        var event = Recourse_Intake_V1_ApplicationReceived()
        event.area = area
        try transaction.emit(event, key: eventKey)
      }
    }
  }

  /// What the sink took, in order.
  func taken() async throws -> [String] {
    try await context(of: "sink")?.slice.read { reader in
      try reader.rows("SELECT area FROM taken ORDER BY position").map { try $0.text("area") }
    } ?? []
  }

  /// What handlers wrote down.
  func outcomes() async throws -> [String] {
    try await context(of: "sink")?.slice.read { reader in
      try reader.rows("SELECT text FROM outcome").map { try $0.text("text") }
    } ?? []
  }
}
