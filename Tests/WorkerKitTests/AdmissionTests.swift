import Broker
import Bus
import Foundation
import GRDB
import Logging
import Messages
import Testing

@testable import WorkerKit

/// A worker is let in before it touches what it keeps.
@Suite("Admission", .timeLimit(.minutes(1)))
struct AdmissionTests {
  typealias Manifest = Recourse_Bus_V1_Manifest

  /// The next version of the source: it announces more, and its slice has a table more.
  private static let upgrade = Worker(
    name: Fixture.source.name,
    emits: Fixture.source.emits + [Recourse_Intake_V1_ComplaintRecorded.self],
    migrations: Fixture.source.migrations + [
      Migration("source-2", "CREATE TABLE more (text TEXT NOT NULL)")
    ])

  /// A broker that checks rights, and a place for a slice.
  private struct Stage {
    let network: MemoryNetwork
    let broker: MemoryBroker
    /// A word for each greeting that was refused.
    let refusals: AsyncStream<Refused>
    let slice: URL

    /// A worker on the slice: when it is ready, and the task that runs it.
    func start(_ worker: Worker) -> (ready: AsyncStream<Void>, task: Task<Void, any Error>) {
      let (isReady, ready) = AsyncStream<Void>.makeStream()
      let task = Task {
        defer { ready.finish() }
        try await WorkerMain.run(
          worker, over: network.makeLink(), slice: .file(slice), clock: FixedClock(Fixture.start),
          logger: AdmissionTests.silent, onReady: { _ in ready.yield() })
      }
      return (isReady, task)
    }

    /// Runs a worker until it is ready, and ends it in order.
    func runOnce(_ worker: Worker) async throws {
      let (ready, task) = start(worker)
      #expect(await ready.first { _ in true } != nil)
      task.cancel()
      try await task.value
    }

    /// The migrations that the slice has had.
    func migrations() throws -> [String] {
      let queue = try DatabaseQueue(path: slice.path)
      defer { try? queue.close() }
      return try queue.read {
        try String.fetchAll($0, sql: "SELECT identifier FROM grdb_migrations ORDER BY identifier")
      }
    }

    var isThere: Bool { FileManager.default.fileExists(atPath: slice.path) }
  }

  private static let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

  private static func with(
    approved: Manifest?, _ body: (Stage) async throws -> Void
  ) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "admission-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let network = MemoryNetwork()
    let (refusals, refused) = AsyncStream<Refused>.makeStream()
    let broker = try MemoryBroker(
      on: network, clock: { Fixture.start },
      approvals: approved.map { [Fixture.source.name: $0] } ?? [:],
      onRefused: { refused.yield($0) })
    defer { broker.stop() }
    try await body(
      Stage(
        network: network, broker: broker, refusals: refusals,
        slice: folder.appending(path: "source.sqlite")))
  }

  @Test func `a worker that nobody has admitted makes no slice`() async throws {
    try await Self.with(approved: nil) { stage in
      let (ready, task) = stage.start(Fixture.source)
      let refused = await stage.refusals.first { _ in true }
      #expect(refused?.kind == .notApproved)
      #expect(!stage.isThere)
      stage.broker.approve([Fixture.source.name: try Fixture.source.manifest()])
      #expect(await ready.first { _ in true } != nil)
      #expect(stage.isThere)
      task.cancel()
      try await task.value
    }
  }

  @Test
  func `an upgrade that asks for more leaves the slice to the old program until it is admitted`()
    async throws
  {
    let old = try Fixture.source.manifest()
    try await Self.with(approved: old) { stage in
      try await stage.runOnce(Fixture.source)
      let before = try stage.migrations()
      let (ready, task) = stage.start(Self.upgrade)
      _ = await stage.refusals.first { _ in true }
      #expect(try stage.migrations() == before)
      // The operator says no: the old program works on, even beside the one that waits.
      try await stage.runOnce(Fixture.source)
      #expect(try stage.migrations() == before)
      // And then yes.
      stage.broker.approve([Fixture.source.name: try Self.upgrade.manifest()])
      #expect(await ready.first { _ in true } != nil)
      #expect(try stage.migrations() == (before + ["source-2"]).sorted())
      task.cancel()
      try await task.value
    }
  }

  @Test func `a worker that is told to leave while it waits leaves in order`() async throws {
    try await Self.with(approved: nil) { stage in
      let (_, task) = stage.start(Fixture.source)
      _ = await stage.refusals.first { _ in true }
      task.cancel()
      try await task.value
      #expect(!stage.isThere)
    }
  }

  @Test func `one that stands by takes a free place when it is admitted, and not before`()
    async throws
  {
    try await Self.with(approved: nil) { stage in
      let manifest = try Fixture.source.manifest()
      let path = stage.slice.path + ".lock"
      let standby = Standby(
        worker: Fixture.source.name, manifest: manifest, lockPath: path,
        link: stage.network.makeLink(), logger: Self.silent)
      let turn = Task { try await standby.takeTurn {} }
      // By the fourth time it has looked at the lock.
      for await _ in stage.refusals.prefix(4) {}
      #expect(throws: Never.self) { try FileLock(path: path) }
      stage.broker.approve([Fixture.source.name: manifest])
      let lock = try await turn.value
      #expect(throws: FileLockError.held(path: path)) { try FileLock(path: path) }
      withExtendedLifetime(lock) {}
    }
  }
}
