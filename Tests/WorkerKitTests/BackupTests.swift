import CaseModel
import Foundation
import GRDB
import GRPCCore
import Messages
import Testing
import WorkerKitTesting

@testable import WorkerKit

@Suite("Backups of slices", .timeLimit(.minutes(1)))
struct BackupTests {
  @Test func `a copy is one state, although writes go on, and says how far it had taken the log`()
    async throws
  {
    try await TestPlace.with(
      [Fixture.source, Fixture.sink()], now: Fixture.start, onDisk: true
    ) { place in
      try await place.announce(["before"])
      let writing = Task {
        var number = 0
        while !Task.isCancelled {
          try await place.announce(["\(number)"])
          number += 1
        }
      }
      try await place.context(of: "sink")?.progress.wait { $0.taken >= 20 }
      let sink = try await place.backup("sink", as: "nightly")
      let source = try await place.backup("source", as: "nightly")
      writing.cancel()
      _ = await writing.result

      let taken = try await place.look(into: sink.done.file, of: Fixture.sink()) { reader in
        let rows = try reader.row("SELECT COUNT(*) AS length FROM taken")?.int("length")
        return (rows: rows, mark: Int(try InboxTable.taken(in: reader)))
      }
      #expect(taken.rows == taken.mark, "what was taken in and the mark go together")
      #expect(sink.opened.logPosition == UInt64(taken.mark))
      let outbox = try await place.look(into: source.done.file, of: Fixture.source) { reader in
        let counter = try OutboxTable.counter(in: reader)
        return (
          length: try OutboxTable.length(in: reader),
          open: Int(counter.lastSequence - counter.durableSequence)
        )
      }
      #expect(outbox.length == outbox.open)
    }
  }

  @Test func `a restored slice counts on, and what the log has already is not appended twice`()
    async throws
  {
    try await TestPlace.with([Fixture.source], now: Fixture.start, onDisk: true) { place in
      try await place.announce(["a"])
      let command = try await place.command("b", key: "first")
      try await place.settle()
      let copy = try await place.backup("source", as: "nightly").done.file
      try await place.announce(["lost"])
      try await place.settle()
      await place.kill("source")

      // As if the backup had been made before the log's answer was written down.
      let payload = try await place.events()[1].event.payload
      let identity = try await place.write(to: copy, of: Fixture.source) { transaction in
        try transaction.execute(
          "INSERT INTO kit_outbox VALUES (2, ?, 'case/A', ?, 0)",
          .text(Recourse_Intake_V1_ApplicationReceived.protoMessageName), .blob(payload))
        try transaction.execute(
          "UPDATE kit_outbox_counter SET durable_sequence = 1, durable_position = 1")
      }
      try RestoredSlice.prepare(
        place.path(copy), of: "source", migrations: Fixture.source.migrations,
        known: [identity.sliceID: [1]], Self.grounds(at: 1_900_000_000))
      try place.putInPlace(copy, of: "source")
      try await place.restart("source")

      let again = try await place.command("b", key: "first")
      #expect(again.repeated)
      #expect(again.logPosition == command.logPosition)
      try await place.announce(["anew"])
      try await place.settle()
      let events = try await place.events()
      #expect(
        events.map { "\($0.producer.incarnation):\($0.event.sequence)" }
          == ["1:1", "1:2", "1:3", "1900000000:3"])
      let audit = try await place.context(of: "source")?.slice.read { reader in
        (
          action: try reader.row("SELECT action FROM kit_audit")?.text("action"),
          broken: try AuditTable.firstFault(in: reader)
        )
      }
      #expect(audit?.action == "slice.restore")
      #expect(audit?.broken == nil)
    }
  }

  @Test func `each restore of a copy has an incarnation of its own, and shares what the log knows`()
    async throws
  {
    try await TestPlace.with([Fixture.source], now: Fixture.start, onDisk: true) { place in
      try await place.announce(["a", "b"])
      try await place.settle()
      let copy = try await place.backup("source", as: "nightly").done.file
      func identity() async throws -> SliceIdentity {
        try await place.write(to: copy, of: Fixture.source) { _ in }
      }
      let first = try await identity()
      try RestoredSlice.prepare(
        place.path(copy), of: "source", migrations: Fixture.source.migrations,
        known: [first.sliceID: [1]], Self.grounds(at: 1000))
      let second = try await identity()
      #expect(second.sliceID == first.sliceID && second.incarnation == 1000)
      #expect(second.branchedFrom == 1 && second.branchedAfter == 2)
      // The log has heard nothing of that one, but of a later one that came of the same copy.
      try RestoredSlice.prepare(
        place.path(copy), of: "source", migrations: Fixture.source.migrations,
        known: [first.sliceID: [1, 2000]], Self.grounds(at: 1000))
      let third = try await identity()
      #expect(third.incarnation == 2001)
      #expect(third.branchedFrom == 1 && third.branchedAfter == 2)
      _ = try await place.write(to: copy, of: Fixture.source) { transaction in
        let reasons = try transaction.rows(
          "SELECT reason FROM kit_audit WHERE action = 'slice.restore' ORDER BY sequence"
        ).map { try $0.text("reason") }
        #expect(reasons == ["incarnation 1000", "incarnation 2001"])
      }
    }
  }

  @Test func `a copy whose audit was changed is not restored`() async throws {
    try await TestPlace.with([Fixture.source], now: Fixture.start, onDisk: true) { place in
      try await place.context(of: "source")?.slice.write { transaction in
        for subject in ["case A", "case B"] {
          try transaction.audit(actor: "A. Officer", action: "test.do", subject: subject)
        }
      }
      let copy = try await place.backup("source", as: "nightly").done.file
      _ = try await place.write(to: copy, of: Fixture.source) { transaction in
        try transaction.execute("UPDATE kit_audit SET subject = 'case C' WHERE sequence = 2")
      }
      #expect(throws: SliceError.damaged("its audit is broken at row 2 (row-changed)")) {
        try RestoredSlice.prepare(
          place.path(copy), of: "source", migrations: Fixture.source.migrations, known: [:],
          Self.grounds(at: 1000))
      }
    }
  }

  @Test func `a copy that is another worker's or of a newer version is not restored`() async throws
  {
    try await TestPlace.with([Fixture.source], now: Fixture.start, onDisk: true) { place in
      let copy = place.path(try await place.backup("source", as: "nightly").done.file)
      func prepare(_ worker: String, _ migrations: [Migration]?) throws {
        try RestoredSlice.prepare(
          copy, of: worker, migrations: migrations, known: [:], Self.grounds(at: 1000))
      }
      #expect(throws: StorageFailure(.ofAnotherWorker("source"), path: copy)) {
        try prepare("sink", Fixture.sink().migrations)
      }
      #expect(throws: StorageFailure(.newerSchema(["source-1"]), path: copy)) {
        try prepare("source", [])
      }
      // Of a plugin's own steps nothing is known here, of the kit's all is.
      try prepare("source", nil)
      let file = try DatabaseQueue(path: copy)
      try await file.write {
        try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('kit-of-tomorrow')")
      }
      try file.close()
      #expect(throws: StorageFailure(.newerSchema(["kit-of-tomorrow"]), path: copy)) {
        try prepare("source", nil)
      }
    }
  }

  @Test func `a slice in memory and a name that is no folder's are refused`() async throws {
    try await TestPlace.with([Fixture.source], now: Fixture.start) { place in
      for (name, code) in [("n", RPCError.Code.failedPrecondition), ("../n", .invalidArgument)] {
        let error = await #expect(throws: RPCError.self) {
          _ = try await place.backup("source", as: name)
        }
        #expect(error?.code == code)
      }
    }
  }

  /// How a slice can be of another past than the log: further than its end, or in a history that is none of its.
  @Test(arguments: ["taken = 99", "log_generation = 7"])
  func `a worker whose log was restored away from it says that it does not serve`(
    _ other: String
  ) async throws {
    try await TestPlace.with(
      [Fixture.source, Fixture.sink()], now: Fixture.start, onDisk: true
    ) { place in
      try await place.announce(["a"])
      try await place.settle()
      #expect(try await place.status(of: "sink").health == .serving)
      try await place.context(of: "sink")?.slice.write { transaction in
        try transaction.execute("UPDATE kit_inbox SET \(other)")
      }
      try await place.restart("sink")
      try await place.context(of: "sink")?.progress.wait { $0.readingRefused != nil }
      let status = try await place.status(of: "sink")
      #expect(status.health == .notServing)
      #expect(status.detail.contains("restore log and slices from the same backup"))
    }
  }

  private static func grounds(at seconds: Double) -> RestoredSlice.Grounds {
    RestoredSlice.Grounds(
      actor: "A. Operator", reason: "test", backup: "nightly",
      now: Date(timeIntervalSince1970: seconds))
  }
}

extension TestPlace {
  /// The folder that slices and backups are in.
  private var folder: URL { outputDirectory.deletingLastPathComponent() }

  func path(_ file: String) -> String { folder.appending(path: file).path }

  func backup(_ worker: String, as name: String) async throws -> (
    opened: Recourse_Bus_V1_BackupOpened, done: Recourse_Bus_V1_BackupDone
  ) {
    var request = Recourse_Bus_V1_BackupRequest()
    request.name = name
    return try await Recourse_Worker_V1_Worker.Stub(wrapping: client).backup(
      request, metadata: ["recourse-target": .string(worker)]
    ) { response in
      var news: [Recourse_Bus_V1_BackupResponse] = []
      for try await message in response.messages { news.append(message) }
      try #require(news.count == 2)
      return (news[0].opened, news[1].done)
    }
  }

  func look<T: Sendable>(
    into file: String, of worker: Worker, _ body: @escaping @Sendable (SliceReader) throws -> T
  ) async throws -> T {
    let slice = try Slice.open(path: path(file), for: worker, clock: clock)
    let value = try await slice.read(body)
    try slice.close()
    return value
  }

  /// Changes a copy; gives who it is then.
  func write(
    to file: String, of worker: Worker,
    _ body: @escaping @Sendable (SliceTransaction) throws -> Void
  ) async throws -> SliceIdentity {
    let slice = try Slice.open(path: path(file), for: worker, clock: clock)
    try await slice.write(body)
    try slice.close()
    return slice.identity
  }

  /// Gives a worker that does not run a copy for its slice.
  func putInPlace(_ file: String, of worker: String) throws {
    for end in ["", "-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: path("\(worker).sqlite\(end)"))
    }
    try FileManager.default.copyItem(atPath: path(file), toPath: path("\(worker).sqlite"))
  }

  /// Announces an area as a command.
  func command(_ area: String, key: String) async throws -> (repeated: Bool, logPosition: UInt64) {
    var request = Recourse_Intake_V1_ApplicationReceived()
    request.area = area
    let source = try #require(context(of: "source"))
    let result = try await source.command("announce", key: key, request: request) {
      [request] transaction in
      try transaction.emit(request, key: EventKey(parsing: "case/A"))
      return request
    }
    return (result.repeated, result.logPosition)
  }
}
