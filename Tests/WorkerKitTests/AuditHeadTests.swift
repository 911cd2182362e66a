import Foundation
import GRDB
import Messages
import Testing

@testable import WorkerKit

/// Where the next row of an audit goes when somebody has put one in: the work goes on, and on record.
@Suite("The next row of an audit", .timeLimit(.minutes(1)))
struct AuditHeadTests {
  private static let last = Int(AuditRow.sequenceLimit)

  /// Numbers at the edge of those that a row can have, and what is told once two rows have followed.
  @Test(
    arguments: [
      (Int.max, ["row-inserted \(Int.max)-\(Int.max) 8-nil"]),
      (last + 1, ["row-inserted \(last + 1)-\(last + 1) 8-nil"]),
      (last, ["rows-missing 13-\(last - 1) 8-nil", "row-changed \(last)-\(last) 8-nil"]),
      (0, ["row-inserted 0-0 nil-4"]),
      (-1, ["row-inserted -1--1 nil-4"]),
    ])
  func `a row with a number that none can have keeps nobody from recording`(
    number: Int, found: [String]
  ) async throws {
    try await AuditChainTests.withRecord { slice, anchors in
      try await slice.database.write { try AuditChainTests.insert($0, number) }
      try await Self.record(2, slice)
      #expect(try await Self.anchored(slice) == 12)
      let chain = try await AuditChainTests.look(slice, anchors)
      #expect(chain.faults.map(AuditChainTests.inShort) == found)
    }
  }

  @Test func `what follows the last number of all goes where there is room`() async throws {
    try await AuditChainTests.withRecord { slice, anchors in
      try await slice.database.write { try AuditChainTests.insert($0, Self.last - 1) }
      try await Self.record(3, slice)
      let chain = try await AuditChainTests.look(slice, anchors)
      #expect(chain.rows == 14 && chain.last == AuditRow.sequenceLimit)
      #expect(
        chain.faults.map(AuditChainTests.inShort) == [
          "rows-missing 13-\(Self.last - 2) 8-nil",
          "row-changed \(Self.last - 1)-\(Self.last - 1) 8-nil",
        ])
      try await Self.record(1, slice)
      #expect(try await Self.anchored(slice) == 13)
    }
  }

  @Test(arguments: ["x''", "x'00'", "'text'", "1"])
  func `what is no hash is followed and not anchored`(hash: String) async throws {
    try await AuditChainTests.withRecord { slice, anchors in
      try await slice.database.write { database in
        try AuditChainTests.insert(database, 11)
        try database.execute(sql: "UPDATE kit_audit SET hash = \(hash) WHERE sequence = 11")
      }
      #expect(try await Self.anchored(slice) == 0)
      try await Self.record(1, slice)
      #expect(try await Self.anchored(slice) == 12)
      let chain = try await AuditChainTests.look(slice, anchors)
      #expect(chain.faults.first?.code == .changed && chain.faults.first?.first == 11)
    }
  }

  @Test func `a row without a number is no head`() async throws {
    try await AuditChainTests.withRecord { slice, _ in
      try await slice.database.write { database in
        try AuditChainTests.insert(database, 11)
        try database.execute(sql: "UPDATE kit_audit SET sequence = 'x' WHERE sequence = 11")
      }
      #expect(try await slice.read { try AuditTable.head(in: $0)?.sequence } == 10)
    }
  }

  @Test func `words that were put in for a row to come give way to what was typed for it`()
    async throws
  {
    try await AuditChainTests.withRecord { slice, anchors in
      try await slice.database.write {
        try $0.execute(sql: "INSERT INTO kit_audit_words VALUES (11, x'00', 'forged')")
      }
      try await slice.write {
        try $0.audit(actor: "a", action: "test.act", subject: "s", words: "typed")
      }
      #expect(try await AuditChainTests.look(slice, anchors).faults.isEmpty)
    }
  }

  private static func record(_ rows: Int, _ slice: Slice) async throws {
    for _ in 0..<rows {
      try await slice.write { try $0.audit(actor: "a", action: "test.act", subject: "s") }
    }
  }

  /// Number of the row whose hash goes to the log with the next append; 0 if none does.
  private static func anchored(_ slice: Slice) async throws -> UInt64 {
    let identity = slice.identity
    return try await slice.read {
      try Recourse_Bus_V1_AppendRequest(of: "source", identity, in: $0).auditSequence
    }
  }
}
