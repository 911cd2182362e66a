import Bus
import CaseModel
import Foundation
import GRDB
import GRPCCore
import Logging
import Messages
import SwiftProtobuf
import Testing
import WorkerKitTesting

@testable import WorkerKit

@Suite("Storage", .timeLimit(.minutes(1)))
struct StorageTests {
  /// A path for a slice in a folder of its own.
  private func withPath(_ body: (String) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "slice-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try await body(folder.appending(path: "source.sqlite").path)
  }

  private func open(_ path: String, wasMade: Bool = false) throws -> Slice {
    try Slice.open(
      path: path, for: Fixture.source, clock: FixedClock(Fixture.start), wasMade: wasMade)
  }

  /// Makes a slice with many notes, which are the last pages of its file.
  private func make(_ path: String) async throws {
    let slice = try open(path)
    try await slice.write { transaction in
      for _ in 0..<200 {
        try transaction.execute(
          "INSERT INTO note (text) VALUES (?)", .text(String(repeating: "note ", count: 200)))
      }
    }
    try slice.close()
    // What was written is in the file itself, not beside it.
    let queue = try DatabaseQueue(path: path)
    _ = try await queue.writeWithoutTransaction { try $0.checkpoint(.truncate) }
    try queue.close()
  }

  // MARK: Opening

  @Test func `a file that is missing or empty is not replaced by an empty slice`() async throws {
    try await withPath { path in
      #expect(throws: StorageFailure(.missing, path: path)) { try open(path, wasMade: true) }
      #expect(!FileManager.default.fileExists(atPath: path))
      try Data().write(to: URL(filePath: path))
      #expect(throws: StorageFailure(.missing, path: path)) { try open(path, wasMade: true) }
    }
  }

  @Test func `a worker knows by its lock that its slice was made`() async throws {
    try await withPath { path in
      try FileLock(path: path + ".lock").mark()
      await #expect(throws: StorageFailure(.missing, path: path)) {
        try await WorkerMain.run(
          Fixture.source, over: MemoryNetwork().makeLink(), slice: .file(URL(filePath: path)),
          clock: FixedClock(Fixture.start), logger: Self.silent
        ) { _ in }
      }
    }
  }

  @Test func `while something takes its time, the lock's file shows that it goes on`() async throws
  {
    try await withPath { path in
      let lock = try FileLock(path: path)
      let first = try #require(FileLock.beat(path: path))
      // At once, and again after a second.
      let last = lock.beating(every: 1) {
        var last = first
        while last < first + 900_000_000 { last = FileLock.beat(path: path) ?? 0 }
        return last
      }
      #expect(FileLock.beat(path: path) == last)
    }
  }

  /// A plugin, or one that has stood by, knows of a restore by its marker alone.
  @Test func `no worker runs on a directory whose restore was interrupted`() async throws {
    try await withPath { path in
      let folder = URL(filePath: path).deletingLastPathComponent()
      let slice = folder.appending(path: "slices/source.sqlite")
      try FileManager.default.createDirectory(
        at: slice.deletingLastPathComponent(), withIntermediateDirectories: false)
      try Data("{}".utf8).write(to: folder.appending(path: RestoredSlice.markerName))
      let failure = StorageFailure(.halfRestored, path: slice.path)
      await #expect(throws: failure) {
        try await WorkerMain.run(
          Fixture.source, over: MemoryNetwork().makeLink(), slice: .file(slice),
          clock: FixedClock(Fixture.start), logger: Self.silent
        ) { _ in }
      }
      #expect(failure.code == "half-restored")
      #expect(!FileManager.default.fileExists(atPath: slice.path))
      #expect(try !FileLock(path: slice.path + ".lock").isMarked)
    }
  }

  @Test func `a slice that was put away on purpose is made anew`() async throws {
    try await withPath { path in
      try FileLock(path: path + ".lock").mark()
      try FileLock(path: path + ".lock").unmark()
      let lock = try FileLock(path: path + ".lock")
      #expect(!lock.isMarked)
      try open(path, wasMade: lock.isMarked).close()
    }
  }

  @Test func `what is no slice at all is named and left as it is`() async throws {
    try await withPath { path in
      let letter = Data(String(repeating: "Dear Sir or Madam, ", count: 1000).utf8)
      try letter.write(to: URL(filePath: path))
      #expect(throws: StorageFailure(.notADatabase, path: path)) { try open(path) }
      #expect(try Data(contentsOf: URL(filePath: path)) == letter)
    }
  }

  @Test func `a file that was cut off is damaged`() async throws {
    try await withPath { path in
      try await make(path)
      let whole = try Data(contentsOf: URL(filePath: path))
      try whole.prefix(whole.count / 8192 * 4096).write(to: URL(filePath: path))
      #expect(throws: StorageFailure(.damaged, path: path)) { try open(path).close() }
    }
  }

  @Test func `damage that shows later is told then`() async throws {
    try await withPath { path in
      try await make(path)
      let whole = try Data(contentsOf: URL(filePath: path))
      let damaged = 20 * 4096
      #expect(whole.count > 2 * damaged)
      let bytes = whole.prefix(whole.count - damaged) + Data(repeating: 0xaa, count: damaged)
      try bytes.write(to: URL(filePath: path))
      let slice = try open(path)
      await #expect(throws: StorageFailure(.damaged, path: path)) {
        _ = try await slice.read { try $0.rows("SELECT text FROM note").count }
      }
      #expect(slice.fate.lost as? StorageFailure == StorageFailure(.damaged, path: path))
      try slice.close()
    }
  }

  @Test func `another worker's slice is not touched`() async throws {
    try await withPath { path in
      try await make(path)
      #expect(throws: StorageFailure(.ofAnotherWorker("source"), path: path)) {
        try Slice.open(path: path, for: Fixture.sink(), clock: FixedClock(Fixture.start))
      }
      let slice = try open(path)
      let epoch = try await slice.read {
        try $0.row("SELECT epoch FROM kit_identity")?.int("epoch")
      }
      #expect(epoch == 2)
      try slice.close()
    }
  }

  @Test func `a folder in the file's place, or no folder around it, cannot be opened`()
    async throws
  {
    try await withPath { path in
      for wrong in [URL(filePath: path).deletingLastPathComponent().path, "\(path)/none/x.sqlite"] {
        let failure = #expect(throws: StorageFailure.self) { try open(wrong) }
        #expect(failure?.code == "storage-failed")
      }
    }
  }

  // MARK: Running

  @Test func `a slice that may only be read says so, and writes again when it may`() async throws {
    try await withPath { path in
      let slice = try open(path)
      try slice.configure("PRAGMA query_only = 1")
      await #expect(throws: StorageFailure(.readOnly, path: path)) {
        try await slice.write { try $0.execute("INSERT INTO note (text) VALUES ('a')") }
      }
      try slice.configure("PRAGMA query_only = 0")
      try await slice.write { try $0.execute("INSERT INTO note (text) VALUES ('b')") }
      let notes = try await slice.read { try $0.rows("SELECT text FROM note").count }
      #expect(notes == 1)
      try slice.close()
    }
  }

  @Test func `an attempt that finds the disk full does not count`() async throws {
    let sink = Self.largeSink
    let slice = try Slice.inMemory(for: sink, clock: FixedClock(Fixture.start))
    let peer = Peer(
      PeerIdentity(worker: "sink", instance: "test", processID: 0),
      over: MemoryNetwork().makeLink())
    let context = WorkerContext(
      slice: slice, client: BusClient(peer: peer), clock: FixedClock(Fixture.start),
      logger: Self.silent, outputDirectory: nil, progress: Progress())
    let inbox = Inbox(
      routes: Dictionary(uniqueKeysWithValues: sink.routes.map { ($0.type, $0) }),
      context: context)
    var event = Recourse_Intake_V1_ApplicationReceived()
    event.area = "large"
    let logged = try LoggedEvent(
      position: 1, key: EventKey(parsing: "case/A"), partition: 0,
      type: Recourse_Intake_V1_ApplicationReceived.protoMessageName,
      payload: event.serializedBytes(), occurredAt: Fixture.start)
    try slice.configure(Self.noRoom)
    for _ in 0..<(Bounds.attemptsLimit + 2) {
      await #expect(throws: StorageFailure(.full, path: ":memory:")) {
        try await inbox.take([logged], scanned: 1)
      }
    }
    try slice.configure(Self.room)
    try await inbox.take([logged], scanned: 1)
    let (taken, parked) = try await slice.read { reader in
      (try reader.rows("SELECT area FROM taken").count, try InboxTable.parkedCount(in: reader))
    }
    #expect((taken, parked) == (1, 0))
    try slice.close()
  }

  @Test func `a full disk shows, refuses commands and is got over when there is room again`()
    async throws
  {
    try await TestPlace.with([Fixture.source, Self.largeSink], now: Fixture.start) { place in
      let context = try #require(place.context(of: "sink"))
      try context.slice.configure(Self.noRoom)
      try await place.announce(["large"])
      try await context.progress.wait { $0.storage?.kind == .full }
      let status = try await place.status(of: "sink")
      #expect(status.health == .notServing)
      #expect(status.detail == "the disk with its slice is full")
      let health = try await Grpc_Health_V1_Health.Stub(wrapping: place.client).check(
        Grpc_Health_V1_HealthCheckRequest(), metadata: ["recourse-target": "sink"])
      #expect(health.status == .notServing)
      let failure = await #expect(throws: StorageFailure.self) {
        _ = try await context.command(
          "test", key: "k", request: Recourse_Worker_V1_StatusRequest()
        ) { transaction in
          try Self.writeMuch(transaction)
          return Recourse_Worker_V1_StatusResponse()
        }
      }
      let refusal = failure.flatMap { Refusal(RPCError($0)) }
      #expect(refusal?.kind == .tryAgain)
      #expect(refusal?.code == "storage-full")

      try context.slice.configure(Self.room)
      try await context.progress.wait { $0.taken >= 1 && $0.storage == nil }
      #expect(try await place.taken() == ["large"])
      let after = try await place.status(of: "sink")
      #expect(after.health == .serving)
      #expect(after.parkedEvents == 0)
    }
  }

  @Test func `a worker whose slice turns out to be damaged ends`() async throws {
    try await TestPlace.with([Fixture.source], now: Fixture.start) { place in
      let slice = try #require(place.context(of: "source")?.slice)
      let damage = StorageFailure(.damaged, path: ":memory:")
      await #expect(throws: damage) { try await slice.write { _ in throw damage } }
      try await place.untilGone("source")
    }
  }

  /// An event about the area “large” takes more room than there is without ``room``.
  private static let largeSink = Fixture.sink { area, transaction in
    if area == "large" { try writeMuch(transaction) }
  }

  private static func writeMuch(_ transaction: SliceTransaction) throws {
    try transaction.execute(
      "INSERT INTO outcome (text) VALUES (?)", .text(String(repeating: "much ", count: 40_000)))
  }

  /// The file may not grow from now on, as on a disk that is full.
  private static let noRoom = "PRAGMA max_page_count = 1"
  private static let room = "PRAGMA max_page_count = 1000000"
  private static let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
}
