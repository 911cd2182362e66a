import Foundation
import GRDB
import Messages
import Testing

@testable import WorkerKit

/// A record of ten rows, of which the log has the heads of the fourth and the eighth.
@Suite("Audits", .timeLimit(.minutes(1)))
struct AuditChainTests {
  /// What somebody does to the file, and what is to be found: codes with first and last row, and between which of
  /// the rows whose heads the log has.
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let found: [String]
    let tamper: @Sendable (Database) throws -> Void

    init(
      _ name: String, _ found: String..., tamper: @escaping @Sendable (Database) throws -> Void
    ) {
      testDescription = name
      self.found = found
      self.tamper = tamper
    }
  }

  static let cases: [Case] = [
    Case("nothing") { _ in },
    Case("a row is changed", "row-changed 3-3 nil-4") {
      try $0.execute(sql: "UPDATE kit_audit SET reason = 'x' WHERE sequence = 3")
    },
    Case("a row's time is changed", "row-changed 6-6 4-8") {
      try $0.execute(sql: "UPDATE kit_audit SET at = at + 1 WHERE sequence = 6")
    },
    Case("a row after the last head is changed", "row-changed 9-9 8-nil") {
      try $0.execute(sql: "UPDATE kit_audit SET actor = 'x' WHERE sequence = 9")
    },
    Case("a row holds what it cannot", "row-changed 3-3 nil-4") {
      try $0.execute(sql: "UPDATE kit_audit SET actor = x'FF00' WHERE sequence = 3")
    },
    Case("a row is changed with its hash", "row-unlinked 5-6 4-8") {
      try $0.execute(sql: "UPDATE kit_audit SET reason = 'x' WHERE sequence = 5")
      try Self.rehash($0, 5...5)
    },
    Case("a row is changed with all hashes", "rows-rewritten 5-8 4-8") {
      try $0.execute(sql: "UPDATE kit_audit SET reason = 'x' WHERE sequence = 5")
      try Self.rehash($0, 5...10)
    },
    Case("the first row is changed with all hashes", "rows-rewritten 1-4 nil-4") {
      try $0.execute(sql: "UPDATE kit_audit SET reason = 'x' WHERE sequence = 1")
      try Self.rehash($0, 1...10)
    },
    Case("a row is removed", "rows-missing 3-3 nil-4") {
      try $0.execute(sql: "DELETE FROM kit_audit WHERE sequence = 3")
    },
    Case("several rows are removed", "rows-missing 4-6 nil-4") {
      try $0.execute(sql: "DELETE FROM kit_audit WHERE sequence BETWEEN 4 AND 6")
    },
    Case("a row is removed, and the rest made to fit", "rows-rewritten 5-8 4-8") {
      try $0.execute(sql: "DELETE FROM kit_audit WHERE sequence = 6")
      for row in 7...10 {
        try $0.execute(sql: "UPDATE kit_audit SET sequence = \(row - 1) WHERE sequence = \(row)")
      }
      try Self.rehash($0, 6...9)
    },
    Case("a row is put in before the first", "row-inserted 0-0 nil-4") {
      try Self.insert($0, 0)
    },
    Case("a row is put in, and the rest made to fit", "rows-rewritten 5-8 4-8") {
      for row in (7...10).reversed() {
        try $0.execute(sql: "UPDATE kit_audit SET sequence = \(row + 1) WHERE sequence = \(row)")
      }
      try Self.insert($0, 7)
      try Self.rehash($0, 7...11)
    },
    Case("a row is put in with the highest number", "row-inserted \(Int.max)-\(Int.max) 8-nil") {
      try Self.insert($0, Int.max)
    },
    Case("a number is taken away", "row-inserted 0-0 nil-4", "rows-missing 3-3 nil-4") {
      try $0.execute(sql: "UPDATE kit_audit SET sequence = NULL WHERE sequence = 3")
    },
    Case("the last row holds what it cannot", "row-changed 8-8 4-8") {
      try $0.execute(sql: "DELETE FROM kit_audit WHERE sequence > 8")
      try $0.execute(sql: "UPDATE kit_audit SET actor = x'FF00' WHERE sequence = 8")
    },
    Case("the end is cut off", "rows-cut-off 7-8 4-8") {
      try $0.execute(sql: "DELETE FROM kit_audit WHERE sequence > 6")
    },
    Case("all is cut off", "rows-cut-off 1-8 nil-4") {
      try $0.execute(sql: "DELETE FROM kit_audit")
    },
    Case("the end is cut off and grows again", "rows-rewritten 5-8 4-8") {
      try $0.execute(sql: "DELETE FROM kit_audit WHERE sequence > 6")
      for row in 7...9 { try Self.insert($0, row) }
      try Self.rehash($0, 7...9)
    },
    Case("what is not covered is cut off") {
      try $0.execute(sql: "DELETE FROM kit_audit WHERE sequence > 8")
    },
    Case("words are changed", "words-changed 2-2 nil-4") {
      try $0.execute(sql: "UPDATE kit_audit_words SET words = 'other words' WHERE sequence = 2")
    },
    Case("words are put in where there were none", "words-changed 3-3 nil-4") {
      try $0.execute(sql: "INSERT INTO kit_audit_words VALUES (3, x'00', 'more words')")
    },
    Case("words are removed") { try $0.execute(sql: "DELETE FROM kit_audit_words") },
  ]

  @Test(arguments: cases)
  func `what was done to a record is found, and where`(_ one: Case) async throws {
    try await Self.withRecord { slice, anchors in
      try await slice.database.write { try one.tamper($0) }
      let chain = try await Self.look(slice, anchors)
      #expect(chain.faults.map(Self.inShort) == one.found)
    }
  }

  @Test func `how far it is anchored is told, and how much is not covered`() async throws {
    try await Self.withRecord { slice, anchors in
      let whole = try await Self.look(slice, anchors)
      #expect(whole.matched?.sequence == 8 && whole.rows == 10 && whole.last == 10)
      let unanchored = try await Self.look(slice, [])
      #expect(unanchored.matched == nil && unanchored.faults.isEmpty)
      try await slice.database.write { try $0.execute(sql: "DELETE FROM kit_audit_words") }
      let bare = try await Self.look(slice, anchors)
      #expect(bare.wordsRemoved == 1)
    }
  }

  @Test func `of a record that is wrong everywhere only so much is told`() async throws {
    let slice = try Slice.inMemory(for: Fixture.source, clock: FixedClock(Fixture.start))
    try await slice.write { transaction in
      for _ in 0...Bounds.auditFaultsLimit {
        try transaction.audit(actor: "a", action: "test.act", subject: "s")
      }
      try transaction.execute("UPDATE kit_audit SET actor = 'b'")
    }
    let chain = try await Self.look(slice, [])
    #expect(chain.faults.count == Bounds.auditFaultsLimit && chain.hasMore)
    try slice.close()
  }

  // MARK: Restored

  /// A restore at 1000 s took the slice back to its sixth row and wrote the seventh; the log was told of later rows
  /// by the life before.
  @Test func `what a restore has put aside is explained by it, and nothing else is`() async throws {
    try await Self.withRecord { slice, anchors in
      try await slice.database.write { database in
        try database.execute(sql: "DELETE FROM kit_audit WHERE sequence > 6")
        try Self.insert(database, 7, action: RestoredSlice.auditAction, at: 1_000_000_000)
        try Self.insert(database, 8)
        try Self.rehash(database, 7...8)
      }
      let restored = try await Self.look(slice, anchors, incarnation: 1000)
      #expect(restored.faults.isEmpty && restored.superseded == 1)
      #expect(
        restored.supersededBy.map { "\($0.sequence) \($0.at.timeIntervalSince1970) \($0.actor)" }
          == ["7 1000.0 somebody"])
      // Nor does a row that says so where the log was not restored, or not since.
      for restoredAfter in [nil, 0] as [UInt64?] {
        let forged = try await Self.look(
          slice, anchors, incarnation: 1000, restoredAfter: restoredAfter)
        #expect(forged.faults.map(Self.inShort) == ["rows-rewritten 5-8 4-8"])
        #expect(forged.supersededBy.isEmpty)
      }
      // A restore explains nothing of its own life, nor what came before its row.
      let own = anchors.map { Self.anchor($0.sequence, $0.head, incarnation: 1000) }
      let cry = try await Self.look(slice, own, incarnation: 1000)
      #expect(cry.faults.map(Self.inShort) == ["rows-rewritten 5-8 4-8"])
      try await slice.database.write { database in
        try database.execute(sql: "UPDATE kit_audit SET reason = 'x' WHERE sequence = 2")
        try Self.rehash(database, 2...8)
      }
      let changed = try await Self.look(slice, anchors, incarnation: 1000)
      #expect(changed.faults.map(Self.inShort) == ["rows-rewritten 1-4 nil-4"])
    }
  }

  @Test func `a restore's row says which life it begins, whatever the time`() async throws {
    try await Self.withRecord { slice, anchors in
      let earlier = anchors.map { Self.anchor($0.sequence, $0.head, incarnation: 1000) }
      let rows =
        [("incarnation 1001", []), ("", ["rows-rewritten 5-8 4-8"])] as [(String, [String])]
      for (reason, faults) in rows {
        try await slice.database.write { database in
          try database.execute(sql: "DELETE FROM kit_audit WHERE sequence > 6")
          try Self.insert(
            database, 7, action: RestoredSlice.auditAction, at: 1_000_000_000, reason: reason)
          try Self.insert(database, 8)
          try Self.rehash(database, 7...8)
        }
        let chain = try await Self.look(slice, earlier, incarnation: 1001)
        #expect(chain.faults.map(Self.inShort) == faults)
      }
    }
  }

  @Test func `an older file in the place of a restored one is not taken for it`() async throws {
    try await Self.withRecord { slice, anchors in
      let later = anchors + [Self.anchor(5, Data(count: 32), incarnation: 1000)]
      let chain = try await Self.look(slice, later)
      #expect(chain.faults.map(\.code) == [.older])
    }
  }

  // MARK: Helpers

  static func withRecord(
    _ body: (Slice, [SliceAudit.Anchor]) async throws -> Void
  ) async throws {
    let slice = try Slice.inMemory(for: Fixture.source, clock: FixedClock(Fixture.start))
    var anchors: [SliceAudit.Anchor] = []
    for row in 1...10 {
      try await slice.write {
        try $0.audit(
          actor: "officer", action: "test.act", subject: "case \(row)", reason: "r",
          words: row == 2 ? "as somebody typed it" : "")
      }
      guard [4, 8].contains(row) else { continue }
      let head = try #require(try await slice.read { try AuditTable.head(in: $0) })
      #expect(head.sequence == UInt64(row))
      anchors.append(anchor(head.sequence, head.hash))
    }
    try await body(slice, anchors)
    try slice.close()
  }

  private static func anchor(
    _ sequence: UInt64, _ head: Data, incarnation: UInt32 = 1
  ) -> SliceAudit.Anchor {
    SliceAudit.Anchor(
      incarnation: incarnation, sequence: sequence, head: head, position: 1,
      recordedAt: Fixture.start)
  }

  static func look(
    _ slice: Slice, _ anchors: [SliceAudit.Anchor], incarnation: UInt32 = 1,
    restoredAfter: UInt64? = 1
  ) async throws -> AuditChain {
    try await slice.read { reader in
      var chain = AuditChain(
        incarnation: incarnation, anchors: anchors, restoredAfter: restoredAfter)
      try chain.walk(reader.database)
      return chain
    }
  }

  static func inShort(_ fault: AuditFault) -> String {
    func row(_ row: UInt64?) -> String { row.map(String.init) ?? "nil" }
    return "\(fault.code.rawValue) \(fault.first)-\(fault.last) "
      + "\(row(fault.anchoredBefore))-\(row(fault.anchoredFrom))"
  }

  static func insert(
    _ database: Database, _ row: Int, action: String = "test.forged", at: Int64 = 0,
    reason: String = ""
  ) throws {
    try database.execute(
      sql: """
        INSERT INTO kit_audit (sequence, at, actor, action, subject, reason, previous, hash)
        VALUES (?, ?, 'somebody', ?, 'case', ?, x'', x'')
        """, arguments: [row, at, action, reason])
  }

  /// As somebody would who knows how it is done.
  private static func rehash(_ database: Database, _ rows: ClosedRange<Int>) throws {
    for number in rows {
      let stored = try #require(
        try Row.fetchOne(
          database, sql: "SELECT * FROM kit_audit WHERE sequence = ?", arguments: [number]))
      var row = try #require(AuditRow(stored))
      row.previous =
        try Data.fetchOne(
          database, sql: "SELECT hash FROM kit_audit WHERE sequence = ?", arguments: [number - 1])
        ?? Data()
      try database.execute(
        sql: "UPDATE kit_audit SET previous = ?, hash = ? WHERE sequence = ?",
        arguments: [row.previous, row.expectedHash, number])
    }
  }
}
