import Foundation
import GRDB
import Messages

/// How far the log has one producer: a slice in one incarnation.
///
/// A slice that was restored counts on from a number of the incarnation that it was restored from, so what the log
/// has from that one up to there is not taken for new, and what it lacks of it is appended.
struct ProducerMark {
  let sliceID: Data
  let incarnation: UInt32
  /// The newest durable event; 0 if there is none.
  var sequence: UInt64
  var position: UInt64
  /// Numbers up to `branchedAfter` are in the log under this incarnation, or one before it; 0 if there is none.
  let branchedFrom: UInt32
  let branchedAfter: UInt64

  /// - Throws: ``LogRefusal`` if the producer must not append any more, or never could.
  static func current(
    of producer: Recourse_Bus_V1_Producer, in database: Database
  ) throws -> ProducerMark {
    let row = try Row.fetchOne(
      database,
      sql: "SELECT * FROM producer WHERE slice_id = ? ORDER BY incarnation DESC LIMIT 1",
      arguments: [producer.sliceID])
    guard let row else { return ProducerMark(unknown: producer) }
    let newest = ProducerMark(row)
    guard producer.incarnation >= newest.incarnation else {
      throw LogRefusal.fenced(incarnation: producer.incarnation, newest: newest.incarnation)
    }
    guard producer.incarnation == newest.incarnation else {
      return try branch(of: producer, in: database)
    }
    let epoch = UInt64(row["epoch"] as Int64)
    guard producer.epoch >= epoch else {
      throw LogRefusal.superseded(epoch: producer.epoch, newest: epoch)
    }
    return newest
  }

  /// The mark of an incarnation that appends for the first time, of a slice that the log knows.
  private static func branch(
    of producer: Recourse_Bus_V1_Producer, in database: Database
  ) throws -> ProducerMark {
    guard producer.branchedFrom > 0 else { return ProducerMark(unknown: producer) }
    guard let origin = try find(producer.sliceID, producer.branchedFrom, in: database) else {
      throw LogRefusal.strange(incarnation: producer.branchedFrom)
    }
    let begin = min(origin.sequence, producer.branchedAfter)
    let owner = try origin.incarnation(of: begin, in: database)
    let position = try Int64.fetchOne(
      database,
      sql: "SELECT position FROM event WHERE slice_id = ? AND incarnation = ? AND sequence = ?",
      arguments: [producer.sliceID, owner, Int64(begin)])
    return ProducerMark(
      sliceID: producer.sliceID, incarnation: producer.incarnation, sequence: begin,
      position: UInt64(position ?? 0), branchedFrom: producer.branchedFrom, branchedAfter: begin)
  }

  /// The incarnation under which the log has a number: this one, or one that it was restored from.
  func incarnation(of sequence: UInt64, in database: Database) throws -> UInt32 {
    var mark = self
    while sequence <= mark.branchedAfter,
      let origin = try Self.find(sliceID, mark.branchedFrom, in: database)
    {
      mark = origin
    }
    return mark.incarnation
  }

  func keep(auditHead: Data, epoch: UInt64, in database: Database) throws {
    try database.execute(
      sql: """
        INSERT INTO producer (slice_id, incarnation, sequence, position, audit_head, branched_from,
          branched_after, epoch)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (slice_id, incarnation) DO UPDATE SET
          sequence = excluded.sequence, position = excluded.position,
          audit_head = excluded.audit_head, epoch = excluded.epoch
        """,
      arguments: [
        sliceID, incarnation, Int64(sequence), Int64(position), auditHead, branchedFrom,
        Int64(branchedAfter), Int64(epoch),
      ])
  }

  private static func find(
    _ sliceID: Data, _ incarnation: UInt32, in database: Database
  ) throws -> ProducerMark? {
    try Row.fetchOne(
      database, sql: "SELECT * FROM producer WHERE slice_id = ? AND incarnation = ?",
      arguments: [sliceID, incarnation]
    ).map(ProducerMark.init)
  }
}

extension ProducerMark {
  /// Of a slice that counts from 1.
  private init(unknown producer: Recourse_Bus_V1_Producer) {
    self.init(
      sliceID: producer.sliceID, incarnation: producer.incarnation, sequence: 0, position: 0,
      branchedFrom: 0, branchedAfter: 0)
  }

  private init(_ row: Row) {
    self.init(
      sliceID: row["slice_id"], incarnation: UInt32(row["incarnation"] as Int64),
      sequence: UInt64(row["sequence"] as Int64), position: UInt64(row["position"] as Int64),
      branchedFrom: UInt32(row["branched_from"] as Int64),
      branchedAfter: UInt64(row["branched_after"] as Int64))
  }
}
