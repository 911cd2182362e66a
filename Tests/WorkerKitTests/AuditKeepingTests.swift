import Foundation
import GRDB
import Testing

@testable import WorkerKit

@Suite(.timeLimit(.minutes(1))) struct AuditKeepingTests {
  @Test func `what is kept of an audit is read as the slice was, and nothing else is kept`()
    async throws
  {
    let folder = FileManager.default.temporaryDirectory.appending(path: "kept-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let worker = Worker(
      name: "going",
      migrations: [Migration("first", "CREATE TABLE secret (word TEXT NOT NULL) STRICT")])
    let path = folder.appending(path: "going.sqlite").path
    let slice = try Slice.open(path: path, for: worker, clock: SystemClock())
    for number in 1...3 {
      try await slice.write { transaction in
        try transaction.execute("INSERT INTO secret (word) VALUES (?)", "MARKER-WORD")
        try transaction.audit(
          actor: "somebody", action: "did.it", subject: "\(number)", words: "because")
      }
    }
    try slice.close()

    let copy = folder.appending(path: "kept.sqlite").path
    try SliceAudit.keep(from: path, to: copy)
    let before = try SliceAudit(path: path, restoredAfter: nil) { _ in [] }
    let after = try SliceAudit(path: copy, restoredAfter: nil) { _ in [] }
    #expect(after.sliceID == before.sliceID)
    #expect(after.worker == "going")
    #expect(after.rows == 3)
    #expect(after.faults.isEmpty)
    var words: [String?] = []
    try SliceAudit.forEachEntry(path: copy, about: nil) { words.append($0.words) }
    #expect(words == ["because", "because", "because"])
    let bytes = try Data(contentsOf: URL(filePath: copy))
    #expect(bytes.range(of: Data("MARKER-WORD".utf8)) == nil)
    let mode = try FileManager.default.attributesOfItem(atPath: copy)[.posixPermissions] as? Int
    #expect(mode == 0o600)
  }

  @Test func `of a slice that is not there nothing is kept`() throws {
    let copy = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    #expect(throws: StorageFailure.self) {
      try SliceAudit.keep(from: "\(copy)-missing", to: copy)
    }
    #expect(!FileManager.default.fileExists(atPath: copy))
    #expect(!FileManager.default.fileExists(atPath: "\(copy).part"))
  }
}
