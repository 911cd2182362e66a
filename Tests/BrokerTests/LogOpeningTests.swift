import Foundation
import GRDB
import Logging
import Messages
import Testing

@testable import Broker

@Suite("A log that cannot be opened, or cannot grow")
struct LogOpeningTests {
  /// What an operator may find, and the code that it is told by.
  enum Trouble: String, CaseIterable {
    case noFolder = "log-folder-missing"
    case notALog = "log-not-a-log"
    case damaged = "log-damaged"
    case aFolder = "log-not-writable"
    case newer = "log-newer"
    case lost = "log-lost"

    func make(in place: ArchivePlace) throws {
      let store = try place.open()
      try store.fill(1...40)
      try store.archiveWhatIsDue()
      try store.close()
      // Everything is in the file itself, and nothing beside it could mend what is done to it.
      let queue = try DatabaseQueue(path: place.path)
      _ = try queue.writeWithoutTransaction { try $0.checkpoint(.truncate) }
      try queue.close()
      let url = URL(filePath: place.path)
      switch self {
      case .noFolder: try FileManager.default.removeItem(atPath: place.folder)
      case .notALog: try Data("A letter. ".utf8 + Data(count: 8192)).write(to: url)
      case .damaged:
        // All but the first page, which says what tables there are.
        let data = try Data(contentsOf: url)
        try (data.prefix(4096) + Data(repeating: 0x55, count: data.count - 4096)).write(to: url)
      case .aFolder:
        try FileManager.default.removeItem(at: url)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
      case .newer: try place.change("INSERT INTO grdb_migrations VALUES ('log-of-tomorrow')")
      case .lost: try FileManager.default.removeItem(at: url)
      }
    }
  }

  @Test(arguments: Trouble.allCases)
  func `what is wrong is told with a code, the file and a way out`(_ trouble: Trouble) throws {
    try ArchivePlace.with { place in
      try trouble.make(in: place)
      let error = try #require(throws: LogError.self) { try place.open() }
      #expect(error.code == trouble.rawValue)
      #expect(error.place == place.path)
      #expect(error.what.hasSuffix("."))
      #expect(error.wayOut.hasSuffix(".") || error.wayOut.hasSuffix("`"))
      // It is the same the second time: opening it has put nothing in its place.
      let again = try #require(throws: LogError.self) { try place.open() }
      #expect(again == error)
    }
  }

  @Test func `a log that was there and is gone is not replaced by an empty one`() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "gone-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "log.sqlite").path
    try BrokerProcess.checkLog(at: path)
    for end in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + end) }
    let options = BrokerOptions(
      address: "ipc://\(path).sock", logPath: path, admission: .anybodyForTests,
      clock: { Batch.recordedAt },
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    for _ in 1...2 {
      let error = try #require(throws: LogError.self) { try BrokerProcess.checkLog(at: path) }
      #expect(error.code == "log-lost")
      #expect(error.wayOut.contains("\(path).lock"))
      await #expect(throws: error) { try await BrokerProcess.run(options) { _ in } }
      #expect(!FileManager.default.fileExists(atPath: path))
    }
    try FileManager.default.removeItem(atPath: path + ".lock")
    try BrokerProcess.checkLog(at: path)
    try BrokerProcess.checkLog(at: path)
  }

  @Test func `verification makes no log where there is none`() throws {
    try ArchivePlace.with { place in
      let error = try #require(throws: LogError.self) { try place.verify() }
      #expect(error.code == "log-missing")
      #expect(!FileManager.default.fileExists(atPath: place.path))
    }
  }

  @Test func `a log from before the archive gets one`() throws {
    try ArchivePlace.with { place in
      let store = try place.open()
      try store.fill(1...12)
      try store.close()
      try place.change("DROP TABLE segment")
      try place.change(
        """
        DELETE FROM grdb_migrations WHERE identifier IN ('log-archive', 'log-random-generation')
        """)
      #expect(try place.verify().faults.isEmpty)
      let again = try place.open()
      try again.archiveWhatIsDue()
      #expect(try again.segments().count == 1)
      try again.close()
    }
  }

  @Test func `a full disk refuses what comes, loses nothing, and is over when there is room`()
    throws
  {
    try ArchivePlace.with { place in
      let store = try place.open()
      try store.fill(1...4)
      try store.database.writeWithoutTransaction { database in
        let pages = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
        try database.execute(sql: "PRAGMA max_page_count = \(pages)")
      }
      let large = Batch.of([1], slice: Data(2...17), payload: Data(count: 100_000))
      guard case .failure(.storage(let what)) = store.append(large) else {
        Issue.record("a full disk took a batch")
        return
      }
      #expect(what.contains("the disk is full"))
      #expect(try store.events().map(\.position) == [1, 2, 3, 4])
      try store.database.writeWithoutTransaction {
        try $0.execute(sql: "PRAGMA max_page_count = 1000000")
      }
      #expect(try store.append(large).get().position == 5)
      try store.close()
      #expect(try place.verify().faults.isEmpty)
    }
  }
}
