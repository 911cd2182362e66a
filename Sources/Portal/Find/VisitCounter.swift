import CaseModel
import Foundation
import GRPCCore
import Messages
import SwiftProtobuf
import Synchronization
import WorkerKit

/// Counts how often the page of each material was looked at, per day, and tells Outreach. Nothing else is kept of a visit:
/// neither when nor whose it was.
///
/// What is held in memory goes into the slice again and again, so that a day's count goes on after a restart; what
/// Outreach is told replaces what it was told of the same day before. Where Outreach is not installed, counts of days that
/// are over are let go.
final class VisitCounter: Sendable {
  private struct Key: Hashable {
    let day: CalendarDate
    let material: MaterialCode
  }

  private let held = Mutex<[Key: Int]>([:])

  /// Days of which a count is kept until it is told.
  static let daysLimit = 7

  static let migration = Migration(
    "portal-1",
    """
    CREATE TABLE visit (
      day TEXT NOT NULL,
      material TEXT NOT NULL,
      count BIGINT NOT NULL CHECK (count > 0),
      told BIGINT NOT NULL DEFAULT 0,
      PRIMARY KEY (day, material)
    )
    """)

  /// Counts a visit. One of a code too many is not counted.
  func note(_ material: MaterialCode, on day: CalendarDate) {
    held.withLock { held in
      let key = Key(day: day, material: material)
      guard held[key] != nil || held.count < PortalBounds.visitCodesLimit else { return }
      held[key, default: 0] += 1
    }
  }

  /// How many are held.
  var count: Int { held.withLock { $0.values.reduce(0, +) } }

  /// Keeps what is held, and tells Outreach of each day of which there is something new.
  /// - Throws: what keeps the slice from being written, or Outreach from answering; it is told again in the next round.
  func tell(_ context: WorkerContext) async throws {
    try await keep(context)
    let rows = try await context.slice.read { reader in
      try reader.rows(
        """
        SELECT day, material, count FROM visit
        WHERE day IN (SELECT day FROM visit WHERE told < count) ORDER BY day, count DESC, material
        """
      ).map { (try $0.text("day"), try $0.text("material"), try $0.int("count")) }
    }
    for day in Set(rows.map(\.0)).sorted() {
      let counts = rows.filter { $0.0 == day }.prefix(PortalBounds.visitCodesLimit)
      let request = Recourse_Outreach_V1_RecordVisitsRequest.with { request in
        request.day = day
        request.visits = counts.map { row in
          .with {
            $0.material = row.1
            $0.count = UInt32(clamping: row.2)
          }
        }
      }
      _ = try await Workers(client: context.client).outreach.recordVisits(
        request, options: Workers.limit)
      try await context.slice.write { tx in
        for row in counts {
          try tx.execute(
            "UPDATE visit SET told = ? WHERE day = ? AND material = ?", .integer(row.2),
            .text(day), .text(row.1))
        }
      }
    }
  }

  private func keep(_ context: WorkerContext) async throws {
    let counts = held.withLock { held in
      defer { held = [:] }
      return held
    }
    let today = CalendarDate(
      ofUnixSeconds: Int64(context.clock.now.timeIntervalSince1970.rounded(.down)))
    let first = today.adding(days: -Self.daysLimit).description
    do {
      try await context.slice.write { tx in
        for (key, count) in counts {
          try tx.execute(
            """
            INSERT INTO visit (day, material, count) VALUES (?, ?, ?)
            ON CONFLICT (day, material) DO UPDATE SET count = visit.count + excluded.count
            """, .text(key.day.description), .text(key.material.description), .integer(count))
        }
        try tx.execute("DELETE FROM visit WHERE day < ?", .text(first))
      }
    } catch {
      held.withLock { held in held.merge(counts) { $0 + $1 } }
      throw error
    }
  }
}
