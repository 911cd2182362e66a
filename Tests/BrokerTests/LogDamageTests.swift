import Foundation
import Glibc
import Messages
import Synchronization
import Testing

@testable import Broker

@Suite("A damaged archive")
struct LogDamageTests {
  /// What can happen to a file of the archive.
  enum Damage: CaseIterable {
    case removed, shortened, overwritten, changed, missesRow

    /// A look at the file's length shows it.
    var isSeenAtStart: Bool { self == .removed || self == .shortened }

    func happen(to file: String, in place: ArchivePlace) throws {
      let path = "\(place.archive)/\(file)"
      switch self {
      case .removed: try FileManager.default.removeItem(atPath: path)
      case .shortened: try Self.write(Data(contentsOf: URL(filePath: path)).dropLast(512), path)
      case .overwritten:
        let length = try Data(contentsOf: URL(filePath: path)).count
        try Self.write(Data(repeating: 0x55, count: length), path)
      case .changed:
        try place.change("UPDATE event SET payload = x'FF' WHERE position % 5 = 2", in: file)
      case .missesRow: try place.change("DELETE FROM event WHERE position % 5 = 2", in: file)
      }
    }

    private static func write(_ data: Data, _ path: String) throws {
      chmod(path, 0o600)
      try data.write(to: URL(filePath: path))
    }
  }

  @Test(arguments: Damage.allCases)
  func `a damaged file is named, at the start too, and later events are read`(
    _ damage: Damage
  ) throws {
    try ArchivePlace.with { place in
      let store = try place.open()
      try store.fill(1...17)
      try store.archiveWhatIsDue()
      try store.close()
      try damage.happen(to: ArchivePlace.firstFile, in: place)

      let told = Mutex<[LogError]>([])
      let again = try place.open { error in told.withLock { $0.append(error) } }
      let first = "\(place.archive)/\(ArchivePlace.firstFile)"
      #expect(told.withLock { $0.map(\.place) } == (damage.isSeenAtStart ? [first] : []))
      let refused = again.read(LogQuery(after: 0, limit: 64))
      guard case .failure(.archive(ArchivePlace.firstFile, let what)) = refused else {
        Issue.record("\(refused)")
        return
      }
      #expect(!what.isEmpty)
      #expect(try again.walk(LogQuery(after: 5, limit: 64)).map(\.position) == Array(6...17))
      try again.fill(18...18)
      try again.close()
    }
  }

  @Test(arguments: Damage.allCases.filter { $0 != .missesRow })
  func `an event whose original cannot be read is not taken for known`(_ damage: Damage) throws {
    try ArchivePlace.with { place in
      let store = try place.open()
      try store.fill(1...17)
      let second = try store.events(after: 1, limit: 1)[0]
      try store.archiveWhatIsDue()
      try store.close()
      try damage.happen(to: ArchivePlace.firstFile, in: place)
      let again = try place.open()
      var batch = AppendBatch()
      batch.producer = second.producer
      batch.events = [second.event]
      guard case .failure(.archive(ArchivePlace.firstFile, _)) = again.append(batch) else {
        Issue.record("a duplicate was answered without its original")
        return
      }
      try again.close()
    }
  }

  // MARK: Verification

  @Test func `a sound log is found sound, beside those who use it`() throws {
    try ArchivePlace.with { place in
      let store = try place.open()
      #expect(try place.verify().faults.isEmpty)
      try store.fill(1...17)
      try store.archiveWhatIsDue()
      let found = try place.verify()
      #expect(found.faults.isEmpty)
      #expect(found.head == 17)
      #expect(found.soundEvents == 17)
      #expect(found.segments == 2)
      try store.fill(18...19)
      #expect(try place.verify().head == 19)
      try store.close()
    }
  }

  @Test func `an event that is damaged is not archived as if it were sound`() throws {
    try ArchivePlace.with { place in
      let first = try place.open()
      try first.fill(1...10)
      try first.close()
      try place.change("UPDATE event SET payload = x'FF' WHERE position = 3")
      let store = try place.open()
      let error = try #require(throws: LogError.self) { try store.archiveWhatIsDue() }
      #expect(error.code == "event-damaged")
      #expect(error.what.contains("position 3 "))
      #expect(try store.segments().isEmpty)
      #expect(try FileManager.default.contentsOfDirectory(atPath: place.archive).isEmpty)
      #expect(try store.livePositions() == Array(1...10))
      try store.close()
    }
  }

  @Test(arguments: Damage.allCases)
  func `verification finds what happened to a file of the archive`(_ damage: Damage) throws {
    try ArchivePlace.with { place in
      let store = try place.open()
      try store.fill(1...17)
      try store.archiveWhatIsDue()
      try store.close()
      try damage.happen(to: ArchivePlace.secondFile, in: place)
      let found = try place.verify()
      let file = "\(place.archive)/\(ArchivePlace.secondFile)"
      #expect(!found.faults.isEmpty)
      #expect(found.faults.allSatisfy { $0.place == file && $0.wayOut.contains("backup") })
      #expect(found.faults.first?.code == "segment-damaged")
      if damage == .changed { #expect(found.faults.contains { $0.what.contains("position 7 ") }) }
      #expect(found.head == 17)
    }
  }

  @Test(arguments: [
    ("UPDATE event SET payload = x'FF' WHERE position = 12", ["event-damaged"]),
    ("DELETE FROM event WHERE position IN (12, 13, 15)", ["event-missing", "event-missing"]),
    ("DELETE FROM event WHERE position = 11", ["event-missing"]),
    ("UPDATE producer SET sequence = sequence + 1 WHERE position = 17", ["mark-differs"]),
    ("UPDATE producer SET position = 15 WHERE position = 17", ["mark-differs"]),
    ("DELETE FROM producer WHERE position = 17", ["mark-missing"]),
    ("DELETE FROM event WHERE position = 17", ["mark-differs"]),
    ("DELETE FROM segment WHERE number = 2", ["event-missing"]),
    ("DELETE FROM segment WHERE number = 1", ["segment-gap"]),
    ("UPDATE segment SET sha256 = x'00' WHERE number = 2", ["segment-damaged"]),
    ("UPDATE segment SET bytes = 1 WHERE number = 2", ["segment-damaged"]),
  ])
  func `verification finds what happened to the live file`(
    _ change: String, _ codes: [String]
  ) throws {
    try ArchivePlace.with { place in
      let store = try place.open()
      try store.fill(1...17)
      try store.archiveWhatIsDue()
      try store.close()
      try place.change(change)
      #expect(try place.verify().faults.map(\.code) == codes)
    }
  }

  @Test func `so many faults are listed, and that there are more is said`() throws {
    try ArchivePlace.with { place in
      let store = try place.open()
      let limit = UInt64(LogVerification.faultsLimit)
      try store.fill(1...(limit + 1))
      try store.close()
      try place.change("UPDATE event SET recorded_at = 0")
      let found = try place.verify()
      #expect(found.faults.count == LogVerification.faultsLimit)
      #expect(found.hasMore)
      #expect(found.soundEvents == 0)
      #expect(found.head == limit + 1)
    }
  }
}
