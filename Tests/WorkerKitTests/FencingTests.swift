import Bus
import CaseModel
import Dispatch
import Foundation
import Logging
import Messages
import Testing
import WorkerKitTesting

@testable import WorkerKit

@Suite("Fencing", .timeLimit(.minutes(1)))
struct FencingTests {
  private func withFile(_ body: (String) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "slice-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try await body(folder.appending(path: "source.sqlite").path)
  }

  private func open(_ path: String) throws -> Slice {
    try Slice.open(path: path, for: Fixture.source, clock: FixedClock(Fixture.start))
  }

  private func announce(_ area: String, in slice: Slice) async throws {
    let key = try EventKey(parsing: "case/A")
    try await slice.write { transaction in
      var event = Recourse_Intake_V1_ApplicationReceived()
      event.area = area
      try transaction.emit(event, key: key)
    }
  }

  @Test func `one that was taken over neither writes nor announces when it comes back`()
    async throws
  {
    try await withFile { path in
      let old = try open(path)
      try await announce("before", in: old)
      let new = try open(path)
      await #expect(throws: SliceError.fenced(epoch: 1, current: 2)) {
        try await announce("after", in: old)
      }
      await #expect(throws: SliceError.fenced(epoch: 1, current: 2)) {
        try await pump(old).nextBatch(after: 0)
      }
      let batch = try await pump(new).nextBatch(after: 0)
      #expect(batch?.0.events.map(\.sequence) == [1])
      try old.close()
      try new.close()
    }
  }

  @Test func `one that stands in a transaction keeps the next out, and no longer than that`()
    async throws
  {
    try await withFile { path in
      let old = try open(path)
      let (started, start) = AsyncStream<Void>.makeStream()
      let goOn = DispatchSemaphore(value: 0)
      let writing = Task {
        try await old.write { transaction in
          try transaction.execute("INSERT INTO note (text) VALUES ('old')")
          start.finish()
          goOn.wait()
        }
      }
      for await _ in started {}
      #expect(throws: StorageFailure(.busy, path: path)) { try open(path) }
      goOn.signal()
      try await writing.value
      let new = try open(path)
      await #expect(throws: SliceError.fenced(epoch: 1, current: 2)) {
        try await old.write { try $0.execute("INSERT INTO note (text) VALUES ('late')") }
      }
      let notes = try await new.read { reader in
        try reader.rows("SELECT text FROM note").map { try $0.text("text") }
      }
      #expect(notes == ["old"])
      try old.close()
      try new.close()
    }
  }

  private func pump(_ slice: Slice) -> OutboxPump {
    let network = MemoryNetwork()
    let peer = Peer(
      PeerIdentity(worker: "source", instance: "test", processID: 0), over: network.makeLink())
    let context = WorkerContext(
      slice: slice, client: BusClient(peer: peer), clock: FixedClock(Fixture.start),
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, outputDirectory: nil,
      progress: Progress())
    return OutboxPump(worker: "source", context: context, signal: Signal())
  }
}
