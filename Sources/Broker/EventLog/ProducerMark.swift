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

  /// Whose slice it is: who appended first, in whatever incarnation. Empty in a log that was kept before that was
  /// noted, until the slice appends again.
  var worker = ""
  /// The newest epoch of a process that appended under it.
  var epoch: UInt64 = 0
  /// Head of the slice's audit chain at its newest append.
  var auditHead = Data()

  /// The newest mark of a slice that the log knows; nil if it knows none.
  static func newest(of slice: Data, in database: Database) throws -> ProducerMark? {
    let statement = try database.cachedStatement(
      sql: "SELECT \(columns) FROM producer WHERE slice_id = ? ORDER BY incarnation DESC LIMIT 1")
    return try Row.fetchOne(statement, arguments: [slice]).map(ProducerMark.init)
  }

  /// The mark that a producer appends under, given the newest of its slice.
  /// - Throws: ``LogRefusal`` if the producer must not append any more, or never could.
  static func current(
    of producer: Recourse_Bus_V1_Producer, newest: ProducerMark?, in database: Database
  ) throws -> ProducerMark {
    guard let newest else { return ProducerMark(unknown: producer) }
    guard newest.worker.isEmpty || newest.worker == producer.worker else {
      throw LogRefusal.foreign(owner: newest.worker)
    }
    guard producer.incarnation >= newest.incarnation else {
      throw LogRefusal.fenced(incarnation: producer.incarnation, newest: newest.incarnation)
    }
    guard producer.incarnation == newest.incarnation else {
      return try branch(of: producer, in: database)
    }
    guard producer.epoch >= newest.epoch else {
      throw LogRefusal.superseded(epoch: producer.epoch, newest: newest.epoch)
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
      position: UInt64(position ?? 0), branchedFrom: producer.branchedFrom, branchedAfter: begin,
      worker: producer.worker)
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

  func keep(in database: Database) throws {
    let statement = try database.cachedStatement(
      sql: """
        INSERT INTO producer (\(Self.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (slice_id, incarnation) DO UPDATE SET
          sequence = excluded.sequence, position = excluded.position,
          audit_head = excluded.audit_head, epoch = excluded.epoch, worker = excluded.worker
        """)
    try statement.execute(
      arguments: [
        sliceID, incarnation, Int64(sequence), Int64(position), auditHead, branchedFrom,
        Int64(branchedAfter), Int64(epoch), worker,
      ])
  }

  private static let columns = """
    slice_id, incarnation, sequence, position, audit_head, branched_from, branched_after, epoch, worker
    """

  private static func find(
    _ sliceID: Data, _ incarnation: UInt32, in database: Database
  ) throws -> ProducerMark? {
    try Row.fetchOne(
      database, sql: "SELECT \(columns) FROM producer WHERE slice_id = ? AND incarnation = ?",
      arguments: [sliceID, incarnation]
    ).map(ProducerMark.init)
  }
}

extension ProducerMark {
  /// Of a slice that counts from 1.
  private init(unknown producer: Recourse_Bus_V1_Producer) {
    self.init(
      sliceID: producer.sliceID, incarnation: producer.incarnation, sequence: 0, position: 0,
      branchedFrom: 0, branchedAfter: 0, worker: producer.worker)
  }

  /// - Parameter row: of ``columns``, in their order.
  private init(_ row: Row) {
    self.init(
      sliceID: row[0], incarnation: UInt32(row[1] as Int64), sequence: UInt64(row[2] as Int64),
      position: UInt64(row[3] as Int64), branchedFrom: UInt32(row[5] as Int64),
      branchedAfter: UInt64(row[6] as Int64), worker: row[8], epoch: UInt64(row[7] as Int64),
      auditHead: row[4])
  }
}

extension ProducerMark {
  /// Whose a slice is, of those whose newest event is not archived.
  static let ownerMigration = """
    ALTER TABLE producer ADD COLUMN worker TEXT NOT NULL DEFAULT '';
    UPDATE producer SET worker =
      COALESCE((SELECT event.worker FROM event WHERE event.position = producer.position), '');
    """
}

/// The marks of the producers that append in one commit: each is read once and written once.
struct ProducerMarks {
  private var marks: [Data: ProducerMark] = [:]
  private var changed: Set<Data> = []

  /// - Throws: ``LogRefusal`` if the producer must not append any more, or never could.
  mutating func current(
    of producer: Recourse_Bus_V1_Producer, in database: Database
  ) throws -> ProducerMark {
    let slice = producer.sliceID
    let kept = marks[slice]
    if let kept, producer.incarnation > kept.incarnation {
      // Another incarnation looks its origin up among those that are written.
      if changed.remove(slice) != nil { try kept.keep(in: database) }
    }
    let newest = try kept ?? ProducerMark.newest(of: slice, in: database)
    let mark = try ProducerMark.current(of: producer, newest: newest, in: database)
    if kept == nil, let newest { marks[slice] = newest }
    return mark
  }

  /// What a producer's mark is now.
  mutating func note(_ mark: ProducerMark) {
    marks[mark.sliceID] = mark
    changed.insert(mark.sliceID)
  }

  func keep(in database: Database) throws {
    for slice in changed { try marks[slice]?.keep(in: database) }
  }
}
