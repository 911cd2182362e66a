import Bus
import CaseModel
import Foundation
import GRPCCore
import Messages
import SwiftProtobuf
import Synchronization
import Testing
import WorkerKitTesting

@testable import WorkerKit

/// What of an audit goes to the log, and when.
@Suite("Anchoring audits", .timeLimit(.minutes(1)))
struct AuditAnchoringTests {
  /// Batches that a worker sends to the log.
  private final class Batches: Sendable {
    private let taken = Mutex<[Recourse_Bus_V1_AppendRequest]>([])

    func take(_ frame: Frame) {
      guard frame.kind == .data, let body = frame.body,
        let batch = try? Recourse_Bus_V1_AppendRequest(serializedBytes: body),
        batch.producer.worker == "source"
      else { return }
      taken.withLock { $0.append(batch) }
    }

    /// So many events with the head of which row.
    var inShort: [String] {
      taken.withLock { $0.map { "\($0.events.count) events, row \($0.auditSequence)" } }
    }
    var heads: [Data] { taken.withLock { $0.map(\.auditHead) } }
  }

  private static func with(
    _ body: (TestPlace) async throws -> Void
  ) async throws -> Batches {
    let batches = Batches()
    try await TestPlace.with(
      [Fixture.source], now: Fixture.start, onFrame: { _, frame in batches.take(frame) }, body)
    return batches
  }

  private static func audit(_ place: TestPlace) async throws -> Data? {
    try await place.context(of: "source")?.slice.write { transaction in
      try transaction.audit(actor: "officer", action: "test.read", subject: "case A")
      return try AuditTable.head(in: transaction)?.hash
    }
  }

  @Test func `rows that no event follows go alone, at the latest when the worker leaves`()
    async throws
  {
    let head = Mutex<Data?>(nil)
    let batches = try await Self.with { place in
      _ = try await Self.audit(place)
      let newest = try await Self.audit(place)
      head.withLock { $0 = newest }
    }
    #expect(batches.inShort == ["0 events, row 2"])
    #expect(batches.heads == [head.withLock { $0 }])
  }

  @Test func `rows travel with the events that follow them, and not a second time`() async throws {
    let batches = try await Self.with { place in
      _ = try await Self.audit(place)
      try await place.announce(["a"])
      try await place.settle()
    }
    #expect(batches.inShort == ["1 events, row 1"])
  }

  @Test func `a right that is lacking is asked for again, and what the log will not have is not`() {
    func isRefusal(_ code: RPCError.Code) -> Bool {
      AuditAnchoring.isRefusal(RPCError(code: code, message: ""))
    }
    #expect(!isRefusal(.permissionDenied) && !isRefusal(.unavailable))
    #expect(isRefusal(.failedPrecondition) && isRefusal(.invalidArgument))
  }

  @Test func `without a row there is nothing to anchor`() async throws {
    let batches = try await Self.with { place in
      try await place.announce(["a"])
      try await place.settle()
    }
    #expect(batches.inShort == ["1 events, row 0"])
    #expect(batches.heads == [Data()])
  }
}
