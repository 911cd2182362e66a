import CaseModel
import Foundation
import Messages
import Testing
import WorkerKitTesting

@testable import WorkerKit

@Suite("Commands and slices", .timeLimit(.minutes(1)))
struct CommandTests {
  private func submit(
    _ place: TestPlace, key: String, area: String
  ) async throws -> CommandResult<Recourse_Intake_V1_SubmitResponse> {
    var request = Recourse_Intake_V1_SubmitRequest()
    request.application.area = area
    let context = try #require(place.context(of: "source"))
    return try await context.command("submit", key: key, request: request) { transaction in
      try transaction.execute("INSERT INTO note (text) VALUES (?)", .text(area))
      var event = Recourse_Intake_V1_ApplicationReceived()
      event.area = area
      try transaction.emit(event, key: EventKey(parsing: "case/A"))
      var response = Recourse_Intake_V1_SubmitResponse()
      response.caseReference = area.uppercased()
      return response
    }
  }

  @Test func `a command repeated with its key gives the first result and acts once`() async throws {
    try await TestPlace.with([Fixture.source], now: Fixture.start, onDisk: true) { place in
      let first = try await submit(place, key: "k", area: "a")
      #expect(!first.repeated)
      #expect(first.logPosition == 1)
      try await place.restart("source")
      let again = try await submit(place, key: "k", area: "a")
      #expect(again.repeated)
      #expect(again.response == first.response)
      #expect(again.logPosition == 1)
      let head = try await place.logHead()
      #expect(head == 1)
    }
  }

  @Test func `a key used for another request is refused`() async throws {
    try await TestPlace.with([Fixture.source], now: Fixture.start) { place in
      _ = try await submit(place, key: "k", area: "a")
      let refusal = await #expect(throws: Refusal.self) {
        _ = try await submit(place, key: "k", area: "b")
      }
      #expect(refusal?.code == "idempotency-key-reused")
    }
  }

  @Test func `a slice that is opened again fences its former owner off`() async throws {
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("slice-\(UUID().uuidString).sqlite").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let clock = FixedClock(Fixture.start)
    let old = try Slice.open(path: path, for: Fixture.source, clock: clock)
    try await old.write { try $0.execute("INSERT INTO note (text) VALUES ('old')") }
    let new = try Slice.open(path: path, for: Fixture.source, clock: clock)
    await #expect(throws: SliceError.fenced(epoch: 1, current: 2)) {
      try await old.write { try $0.execute("INSERT INTO note (text) VALUES ('late')") }
    }
    let notes = try await new.read { try $0.rows("SELECT text FROM note").count }
    #expect(notes == 1)
    try old.close()
    try new.close()
  }

  @Test func `every commit is forced to the medium`() throws {
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("slice-\(UUID().uuidString).sqlite").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let slice = try Slice.open(path: path, for: Fixture.source, clock: FixedClock(Fixture.start))
    #expect(try slice.synchronousLevel() == 2)
    try slice.close()
  }

  /// Whatever a process that was killed wrote last may have failed to reach the medium.
  @Test func `what a killed process left beside the slice is written into it at opening`()
    async throws
  {
    let folder = FileManager.default.temporaryDirectory.appending(path: "left-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (path, left) = (folder.appending(path: "slice").path, folder.appending(path: "left").path)
    let clock = FixedClock(Fixture.start)
    let slice = try Slice.open(path: path, for: Fixture.source, clock: clock)
    try await slice.write { try $0.execute("INSERT INTO note (text) VALUES ('kept')") }
    for end in ["", "-wal"] {
      try FileManager.default.copyItem(atPath: path + end, toPath: left + end)
    }
    try slice.close()
    func size() throws -> Int {
      try FileManager.default.attributesOfItem(atPath: left)[.size] as? Int ?? 0
    }
    let before = try size()
    let again = try Slice.open(path: left, for: Fixture.source, clock: clock)
    #expect(try size() > before)
    #expect(try await again.read { try $0.rows("SELECT text FROM note").count } == 1)
    try again.close()
  }

  @Test func `an event larger than the log takes is refused where it is announced`() async throws {
    try await TestPlace.with([Fixture.source], now: Fixture.start) { place in
      let error = await #expect(throws: SliceError.self) {
        try await place.announce([String(repeating: "x", count: Bounds.eventBytesLimit)])
      }
      guard case .eventTooLarge = error else {
        Issue.record("\(String(describing: error))")
        return
      }
    }
  }

  @Test func `a backlog larger than one message leaves in several`() async throws {
    try await TestPlace.with([Fixture.source, Fixture.sink()], now: Fixture.start) { place in
      let large = (0..<40).map { "\($0)-" + String(repeating: "x", count: 200_000) }
      try await place.announce(large)
      try await place.settle()
      let taken = try await place.taken()
      #expect(taken == large)
    }
  }

  @Test func `a slice that a newer program wrote is refused`() throws {
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("slice-\(UUID().uuidString).sqlite").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let clock = FixedClock(Fixture.start)
    let newer = Worker(
      name: "source",
      migrations: Fixture.source.migrations + [
        Migration("source-2", "CREATE TABLE more (text TEXT NOT NULL)")
      ])
    try Slice.open(path: path, for: newer, clock: clock).close()
    #expect(throws: StorageFailure(.newerSchema(["source-2"]), path: path)) {
      try Slice.open(path: path, for: Fixture.source, clock: clock)
    }
  }
}
