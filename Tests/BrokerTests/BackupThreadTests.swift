import Bus
import Foundation
import GRDB
import Messages
import Testing

@testable import Broker

/// The log is copied on a thread of its own, as it stood when its snapshot was opened.
@Suite("The log's copy", .timeLimit(.minutes(1)))
struct BackupThreadTests {
  /// A log in a folder of its own, with its threads, and what they report.
  private struct Place {
    let folder: URL
    let thread: LogThread
    private var results: AsyncStream<LogResult>.Iterator

    init() throws {
      folder = FileManager.default.temporaryDirectory
        .appending(path: "log-" + UUID().uuidString.prefix(8))
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let (results, tell) = AsyncStream<LogResult>.makeStream()
      self.results = results.makeAsyncIterator()
      thread = LogThread(
        store: try LogStore(path: folder.appending(path: "log.sqlite").path),
        clock: { Batch.recordedAt },
        report: { for result in $0 { tell.yield(result) } })
      thread.start()
    }

    /// Asks, and waits for what comes of it.
    mutating func ask(_ request: LogRequest) async throws -> LogResult {
      thread.ask(request)
      return try #require(await results.next())
    }

    mutating func append(_ sequences: [UInt64]) async throws {
      _ = try await ask(.append(call: 1, Batch.of(sequences)))
    }

    mutating func open() async throws -> UInt64? {
      guard case .opened(_, let result) = try await ask(.snapshot(call: 7)) else { return nil }
      return try result.get()
    }

    mutating func copy(to name: String) async throws -> Result<BackupFile, LogRefusal> {
      guard case .copied(_, let result) = try await ask(.copy(call: 7, name: name)) else {
        return .failure(.backup("something else was answered"))
      }
      return result
    }

    func path(_ name: String) -> String { folder.appending(path: name).path }

    func end() {
      thread.stop()
      try? FileManager.default.removeItem(at: folder)
    }
  }

  @Test func `the copy is the log as it was opened, whole, and for its owner alone`() async throws {
    var place = try Place()
    defer { place.end() }
    try await place.append([1, 2, 3])
    #expect(try await place.open() == 3)
    try await place.append([4, 5])
    let file = try await place.copy(to: "nightly").get()
    #expect(file.path == "backups/nightly/log.sqlite")
    #expect(try BackupFile(file.path, at: place.path(file.path)) == file)
    let attributes = try FileManager.default.attributesOfItem(atPath: place.path(file.path))
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    let files = try FileManager.default.contentsOfDirectory(atPath: place.path("backups/nightly"))
    #expect(files == ["log.sqlite"])
    let copy = try LogStore(path: place.path(file.path))
    #expect(try copy.events().map(\.event.sequence) == [1, 2, 3])
    try copy.close()
  }

  @Test func `a copy that nobody wants any more leaves nothing behind`() async throws {
    var place = try Place()
    defer { place.end() }
    try await place.append([1])
    _ = try await place.open()
    place.thread.ask(.discard(call: 7))
    guard case .failure(.backup) = try await place.copy(to: "nightly") else {
      Issue.record("a snapshot that was let go was copied")
      return
    }
    #expect(!FileManager.default.fileExists(atPath: place.path("backups")))
  }

  @Test func `a backup of a name that is taken is refused, and the first one stays`() async throws {
    var place = try Place()
    defer { place.end() }
    try await place.append([1])
    _ = try await place.open()
    let first = try await place.copy(to: "nightly").get()
    try await place.append([2])
    _ = try await place.open()
    #expect(
      try await place.copy(to: "nightly")
        == .failure(.backup("backups/nightly/log.sqlite is there already")))
    #expect(try BackupFile(first.path, at: place.path(first.path)) == first)
  }

  @Test func `a copy that is abandoned on the way leaves nothing behind`() async throws {
    let place = try Place()
    defer { place.end() }
    let store = try LogStore(path: place.path("other.sqlite"))
    _ = try store.append(Batch.of([1])).get()
    let snapshot = try store.snapshot()
    // Larger than what is copied in one step.
    for sequence in 2...9 as ClosedRange<UInt64> {
      _ = try store.append(
        Batch.of([sequence], payload: Data(count: LogRules.payloadBytesLimit))
      ).get()
    }
    let large = try store.snapshot()
    #expect(throws: CancellationError.self) { try large.copy(to: "large") { true } }
    let files = try FileManager.default.contentsOfDirectory(atPath: place.path("backups/large"))
    #expect(files.isEmpty)
    #expect(try snapshot.head() == 1)
  }

  @Test func `a file that is read at length keeps no page waiting`() throws {
    try ArchivePlace.with { place in
      let store = try place.open()
      try store.fill(1...12)
      try store.archiveWhatIsDue()
      let archive = try #require(store.archive)
      let positions = try archive.readAlone(store.segments()[0]) { _ in
        try store.events(limit: 3).map(\.position)
      }
      #expect(positions == [1, 2, 3])
      try store.close()
    }
  }

  /// A copy of a log with an archive, after something has happened to it.
  private static func withCopy(_ change: String, _ body: (String) throws -> Void) throws {
    try ArchivePlace.with { place in
      let store = try place.open()
      try store.fill(1...12)
      try store.archiveWhatIsDue()
      let file = try store.snapshot().copy(to: "one", isAbandoned: { false })
      try store.close()
      let path = "\(place.folder)/\(file.path)"
      let queue = try DatabaseQueue(path: path)
      try queue.write { try $0.execute(sql: change) }
      try queue.close()
      try body(path)
    }
  }

  @Test(
    arguments: [
      ("UPDATE event SET payload = x'FF' WHERE position = 3", "position 3 "),
      ("DELETE FROM event WHERE position = 4", "position 4 is missing"),
      ("UPDATE producer SET sequence = sequence + 1", "mark of a producer"),
    ])
  func `a copy that is not sound is not restored`(_ change: String, _ what: String) throws {
    try Self.withCopy(change) { path in
      let damaged = try #require(throws: RestoredLog.Damaged.self) {
        try RestoredLog.prepare(path, now: Batch.recordedAt)
      }
      #expect(damaged.what.contains(what))
    }
  }

  @Test func `a copy of a newer version is not restored, a sound one is`() throws {
    try Self.withCopy("INSERT INTO grdb_migrations VALUES ('log-of-tomorrow')") { path in
      let error = try #require(throws: LogError.self) {
        try RestoredLog.prepare(path, now: Batch.recordedAt)
      }
      #expect(error.code == "log-newer")
    }
    try Self.withCopy("DELETE FROM event WHERE position = 0") { path in
      let restored = try RestoredLog.prepare(path, now: Batch.recordedAt)
      #expect(restored.head == 12)
      #expect(restored.producers.count == 2)
      let store = try LogStore(path: path)
      let generations = try store.generations()
      #expect(generations.map(\.branchedAfter) == [0, 12])
      #expect(generations[1].number == UInt32(Batch.recordedAt.timeIntervalSince1970))
      try store.close()
    }
  }

  @Test func `a log in memory cannot be backed up`() throws {
    let store = try LogStore()
    #expect(throws: LogRefusal.backup("a log in memory cannot be backed up")) {
      _ = try store.snapshot()
    }
  }
}
