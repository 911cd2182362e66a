import Bus
import Dispatch
import Foundation
import GRDB
import Synchronization

extension Slice {
  /// The slice as it stands now, whatever is written later; nil for a slice in memory.
  func snapshot() throws -> SliceSnapshot? {
    guard let pool = database as? DatabasePool else { return nil }
    let snapshot = try pool.makeSnapshot()
    let taken = try snapshot.read { try InboxTable.taken(in: SliceReader($0)) }
    return SliceSnapshot(
      database: snapshot, file: URL(filePath: pool.path), isInline: isInline, taken: taken)
  }
}

/// A state of a slice, to be copied while the worker goes on.
struct SliceSnapshot: Sendable {
  fileprivate let database: DatabaseSnapshot
  fileprivate let file: URL
  fileprivate let isInline: Bool
  /// How far it has taken the log into account.
  let taken: UInt64

  /// Copies it to `backups/NAME/slices/` in the data directory; nothing is left of a copy that fails or whose
  /// task is cancelled.
  func copy(to name: String) async throws -> BackupFile {
    if isInline { return try copy(to: name) { Task.isCancelled } }
    let isAbandoned = Mark()
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        // It blocks for as long as the disk takes.
        DispatchQueue.global().async {
          continuation.resume(with: Result { try copy(to: name) { isAbandoned.isSet } })
        }
      }
    } onCancel: {
      isAbandoned.set()
    }
  }

  private func copy(to name: String, isAbandoned: @escaping () -> Bool) throws -> BackupFile {
    let folder = file.deletingLastPathComponent()
    let isInDataDirectory = folder.lastPathComponent == "slices"
    return try BackupFile.make(
      "backups/\(name)/slices/\(file.lastPathComponent)",
      in: isInDataDirectory ? folder.deletingLastPathComponent() : folder
    ) { path in
      let copy = try DatabaseQueue(path: path)
      try database.backup(to: copy, pagesPerStep: Bounds.backupPagesPerStep) { _ in
        if isAbandoned() { throw CancellationError() }
      }
      // Closing it would do so too, and not say that it failed.
      try copy.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
      try copy.close()
    }
  }
}

/// Set once, from any thread.
private final class Mark: Sendable {
  private let state = Mutex(false)
  var isSet: Bool { state.withLock { $0 } }
  func set() { state.withLock { $0 = true } }
}
