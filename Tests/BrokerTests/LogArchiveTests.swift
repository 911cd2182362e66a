import Bus
import Dispatch
import Foundation
import Glibc
import Messages
import Synchronization
import Testing

@testable import Broker

@Suite("The log's archive", .timeLimit(.minutes(1)))
struct LogArchiveTests {
  @Test func `the oldest events go to files that say what they hold`() throws {
    try ArchivePlace.with { place in
      let store = try place.open()
      try store.fill(1...9)
      #expect(try store.archiveWhatIsDue() == 10)
      #expect(try store.segments().isEmpty)
      try store.fill(10...23)
      #expect(try store.archiveWhatIsDue() == 25)
      let segments = try store.segments()
      #expect(segments.map(\.number) == [1, 2, 3])
      #expect(segments.map(\.first) == [1, 6, 11])
      #expect(segments.map(\.last) == [5, 10, 15])
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: place.archive).sorted()
          == [ArchivePlace.firstFile, ArchivePlace.secondFile, "000003-11-15.sqlite"])
      #expect(try store.livePositions() == Array(16...23))
      for segment in segments {
        let path = "\(place.archive)/\(segment.file)"
        let (digest, bytes) = try LogCutting.digest(path)
        #expect(digest == segment.sha256)
        #expect(bytes == segment.bytes)
        var status = stat()
        #expect(stat(path, &status) == 0)
        #expect(status.st_mode & 0o777 == 0o400)
      }
      try store.close()
    }
  }

  @Test func `what is archived is read as before, by position, key and type`() throws {
    try ArchivePlace.with { place in
      let store = try place.open()
      try store.fill(1...28)
      let before = try store.everyWalk()
      let events = try store.walk(LogQuery(after: 0, limit: 3))
      #expect(events.map(\.position) == Array(1...28))
      try store.archiveWhatIsDue()
      #expect(try store.segments().count == 4)
      #expect(try store.everyWalk() == before)
      #expect(try store.walk(LogQuery(after: 0, limit: 3)) == events)
      try store.close()
      let again = try place.open()
      #expect(try again.everyWalk() == before)
      try again.close()
    }
  }

  @Test func `a backup is one file that holds what is archived too`() throws {
    try ArchivePlace.with { place in
      let store = try place.open()
      try store.fill(1...28)
      try store.archiveWhatIsDue()
      #expect(try store.segments().count == 4)
      let file = try store.snapshot().copy(to: "one", isAbandoned: { false })
      // It waits for no page, and no page for it.
      #expect(store.archive?.openCount == 0)
      let copy = try LogStore(path: "\(place.folder)/\(file.path)")
      #expect(try copy.segments().isEmpty)
      #expect(try copy.everyWalk() == store.everyWalk())
      #expect(try copy.livePositions() == Array(1...28))
      try copy.close()
      try store.close()
    }
  }

  @Test func `a page looks at so many files, and few stay open`() throws {
    try ArchivePlace.with { place in
      let store = try place.open()
      try store.fill(1...31)
      try store.archiveWhatIsDue()
      let rare = LogQuery(after: 0, types: ["t.None"], limit: 64)
      #expect(try store.read(rare).get().scanned == 15)
      #expect(try store.read(LogQuery(after: 15, types: ["t.None"], limit: 64)).get().scanned == 31)
      #expect(try store.read(LogQuery(after: 0, limit: 64)).get().events.count == 15)
      #expect(store.archive?.openCount == place.limits.openFiles)
      try store.close()
    }
  }

  @Test func `the head stays when every event is archived`() throws {
    try ArchivePlace.with { original in
      var place = original
      place.limits.liveEvents = 0
      let store = try place.open()
      try store.fill(1...10)
      try store.archiveWhatIsDue()
      #expect(try store.livePositions().isEmpty)
      #expect(try store.head() == 10)
      try store.close()
      let again = try place.open()
      #expect(try again.head() == 10)
      try again.fill(11...11)
      #expect(try again.walk(LogQuery(after: 0, limit: 64)).map(\.position) == Array(1...11))
      try again.close()
      #expect(try place.verify().faults.isEmpty)
    }
  }

  @Test func `an archived event that comes again is known, and another in its place is refused`()
    throws
  {
    try ArchivePlace.with { place in
      let store = try place.open()
      for number in 1...18 as ClosedRange<UInt64> {
        _ = try store.append(Batch.of([number], payload: Data([UInt8(number)]))).get()
      }
      try store.archiveWhatIsDue()
      #expect(try store.livePositions() == Array(11...18))
      var batch = Batch.of(Array(2...13))
      for index in batch.events.indices { batch.events[index].payload = Data([UInt8(index + 2)]) }
      let known = LogResult.Appended(sequence: 18, position: 18, head: 18)
      #expect(store.append(batch) == .success(known))
      for index in [0, 6, 11] {
        var other = batch
        other.events[index].payload = Data([0])
        #expect(store.append(other) == .failure(.conflict(sequence: UInt64(index + 2))))
      }
      try store.close()
    }
  }

  // MARK: Interrupted

  /// How far archiving got before the process ended.
  enum Stop: CaseIterable {
    case copied, published, recorded, trimmedOnce, trimmed
  }

  @Test(arguments: Stop.allCases)
  func `a process that ends between two steps leaves nothing lost and nothing twice`(
    _ stop: Stop
  ) throws {
    try ArchivePlace.with { place in
      let store = try place.open()
      try store.fill(1...17)
      let before = try store.everyWalk()
      let cutting = try #require(LogCutting(store))
      try Self.archive(cutting, until: stop)
      #expect(try store.everyWalk() == before)
      try store.close()

      let again = try place.open()
      #expect(try again.everyWalk() == before)
      #expect(try place.verify().faults.isEmpty)
      var batch = AppendBatch()
      let all = try again.walk(LogQuery(after: 0, limit: 64))
      batch.producer = all[1].producer
      batch.events = all.filter { $0.producer == batch.producer }.map(\.event)
      #expect(try again.append(batch).get().sequence == 8)
      batch.events[0].payload = Data()
      #expect(again.append(batch) == .failure(.conflict(sequence: 1)))
      try again.archiveWhatIsDue()
      #expect(try again.segments().map(\.last) == [5, 10])
      #expect(try again.livePositions() == Array(11...17))
      #expect(try again.everyWalk() == before)
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: place.archive).sorted()
          == [ArchivePlace.firstFile, ArchivePlace.secondFile])
      try again.close()
      #expect(try place.verify().faults.isEmpty)
    }
  }

  private static func archive(_ cutting: LogCutting, until stop: Stop) throws {
    let segment = try cutting.copy(try #require(try cutting.next().cut))
    if stop == .copied { return }
    try cutting.publish(segment)
    if stop == .published { return }
    try cutting.record(segment)
    if stop == .recorded { return }
    #expect(try cutting.trim())
    #expect(try cutting.store.livePositions().first == 3)
    if stop == .trimmedOnce { return }
    while try cutting.trim() {}
  }

  @Test func `rows stay in the live file while their segment is not there`() throws {
    try ArchivePlace.with { place in
      let store = try place.open()
      try store.fill(1...12)
      let cutting = try #require(LogCutting(store))
      let segment = try cutting.copy(try #require(try cutting.next().cut))
      try cutting.publish(segment)
      try cutting.record(segment)
      try FileManager.default.removeItem(atPath: "\(place.archive)/\(segment.file)")
      let error = try #require(throws: LogError.self) { try cutting.trim() }
      #expect(error.code == "segment-damaged")
      #expect(error.place.hasSuffix(segment.file))
      #expect(try store.livePositions() == Array(1...12))
      try store.close()
    }
  }

  @Test func `events that are not all there are not cut off`() throws {
    try ArchivePlace.with { place in
      let store = try place.open()
      try store.fill(1...12)
      try place.change("DELETE FROM event WHERE position = 3")
      let error = try #require(throws: LogError.self) { try store.archiveWhatIsDue() }
      #expect(error.code == "log-gap")
      #expect(try store.segments().isEmpty)
      #expect(try store.livePositions().count == 11)
      #expect(try FileManager.default.contentsOfDirectory(atPath: place.archive).isEmpty)
      try store.close()
    }
  }

  @Test func `an archive that cannot be written keeps nothing from being appended`() throws {
    try ArchivePlace.with { place in
      let store = try place.open()
      try store.fill(1...12)
      try Data().write(to: URL(filePath: place.archive))
      #expect(throws: LogError.self) { try store.archiveWhatIsDue() }
      try store.fill(13...14)
      try FileManager.default.removeItem(atPath: place.archive)
      try store.archiveWhatIsDue()
      #expect(try store.segments().count == 1)
      #expect(try store.walk(LogQuery(after: 0, limit: 64)).map(\.position) == Array(1...14))
      try store.close()
    }
  }

  // MARK: While it serves

  @Test func `the log's threads archive while producers append`() throws {
    try ArchivePlace.with { place in
      let store = try place.open()
      let answers = DispatchSemaphore(value: 0)
      let refused = Mutex(0)
      let log = LogThread(store: store, clock: { Batch.recordedAt }) { results in
        for result in results {
          if case .appended(_, .failure) = result { refused.withLock { $0 += 1 } }
          answers.signal()
        }
      }
      log.start()
      var sequence: UInt64 = 0
      while try store.segments().count < 4, sequence < 20_000 {
        sequence += 1
        log.ask(.append(call: 1, Batch.of([sequence])))
        answers.wait()
      }
      log.stop()
      #expect(refused.withLock { $0 } == 0)
      let again = try place.open()
      #expect(try again.segments().count >= 4)
      #expect(
        try again.walk(LogQuery(after: 0, limit: 7)).map(\.event.sequence) == Array(1...sequence))
      try again.close()
      #expect(try place.verify().faults.isEmpty)
    }
  }

  @Test func `readers lack nothing and get nothing twice while it is archived`() throws {
    try ArchivePlace.with { place in
      let store = try place.open()
      try store.fill(1...200)
      let faults = Mutex<[String]>([])
      DispatchQueue.concurrentPerform(iterations: 3) { index in
        do {
          switch index {
          case 0: try store.archiveWhatIsDue()
          case 1: try store.fill(201...300)
          default:
            while faults.withLock({ $0.isEmpty }), try store.livePositions().first ?? 0 < 190 {
              let events = try store.walk(LogQuery(after: 0, limit: 64))
              let positions = events.map(\.position)
              guard positions == Array(1...UInt64(positions.count)), positions.count >= 200 else {
                faults.withLock { $0.append("\(positions)") }
                return
              }
            }
          }
        } catch {
          faults.withLock { $0.append("\(error)") }
        }
      }
      #expect(faults.withLock { $0 } == [])
      try store.close()
      let found = try place.verify()
      #expect(found.faults.isEmpty)
      #expect(found.head == 300)
    }
  }
}
