import Bus
import Foundation
import GRDB
public import GRPCCore
import Logging

/// Why a slice cannot be opened, or not be written to or read just now. It is never the fault of an event or a
/// request, and what was being written is undone as a whole.
public struct StorageFailure: Error, Sendable, Hashable {
  /// The faults that there are.
  public enum Kind: Sendable, Hashable {
    /// There is no room on the disk.
    case full
    /// The file or its disk may not be written to.
    case readOnly
    /// Another process holds it for longer than is waited for.
    case busy
    /// The system cannot open it, or cannot read or write it; the code, SQLite's or the system's, says more.
    case failed(code: Int32)
    /// The slice was there at an earlier start.
    case missing
    /// A restore of the data directory was interrupted, or goes on.
    case halfRestored
    /// What is stored contradicts itself.
    case damaged
    /// The file holds something else.
    case notADatabase
    /// A newer version of the program wrote it: these are its steps that are not known here.
    case newerSchema([String])
    /// It belongs to the worker of this name.
    case ofAnotherWorker(String)
  }

  /// What is wrong.
  public let kind: Kind
  /// The slice's file.
  public let path: String

  init(_ kind: Kind, path: String) {
    self.kind = kind
    self.path = path
  }

  /// Nil if an error is not about the storage.
  init?(_ error: any Error, path: String) {
    if let error = error as? UnsyncedFileError {
      let failed = Kind.failed(code: error.code)
      self.init(error.isFull ? .full : error.isReadOnly ? .readOnly : failed, path: path)
      return
    }
    guard let error = error as? DatabaseError else { return nil }
    let code = error.extendedResultCode.rawValue
    switch error.resultCode {
    case .SQLITE_FULL: self.init(.full, path: path)
    case .SQLITE_READONLY: self.init(.readOnly, path: path)
    case .SQLITE_BUSY, .SQLITE_PROTOCOL: self.init(.busy, path: path)
    case .SQLITE_CORRUPT: self.init(.damaged, path: path)
    case .SQLITE_NOTADB: self.init(.notADatabase, path: path)
    case .SQLITE_IOERR, .SQLITE_CANTOPEN, .SQLITE_PERM: self.init(.failed(code: code), path: path)
    default: return nil
    }
  }

  /// Waiting does not help: the worker ends.
  var isFinal: Bool { kind == .damaged || kind == .notADatabase }
}

// MARK: - In words

extension StorageFailure: CustomStringConvertible {
  /// Stable, lower case with hyphens.
  public var code: String {
    switch kind {
    case .full: "storage-full"
    case .readOnly: "storage-read-only"
    case .busy: "storage-busy"
    case .failed: "storage-failed"
    case .missing: "storage-missing"
    case .halfRestored: "half-restored"
    case .damaged, .notADatabase: "storage-damaged"
    case .newerSchema: "storage-newer"
    case .ofAnotherWorker: "storage-of-another-worker"
    }
  }

  /// What is wrong, as the end of a sentence, without the place.
  public var description: String {
    switch kind {
    case .full: "the disk with its slice is full"
    case .readOnly: "its slice may only be read"
    case .busy: "another process holds its slice"
    case .failed(let code): "its slice cannot be opened, read or written (code \(code))"
    case .missing: "its slice was there before and is missing"
    case .halfRestored: "a restore of its data directory was interrupted, or goes on"
    case .damaged: "its slice is damaged"
    case .notADatabase: "the file of its slice holds something else"
    case .newerSchema(let steps):
      "its slice was written by a newer version of the program (\(steps.joined(separator: ", ")))"
    case .ofAnotherWorker(let name): "the slice belongs to the worker \(name)"
    }
  }

  /// What to do about it.
  public var wayOut: String {
    switch kind {
    case .full: "Make room on the disk; nothing is lost."
    case .readOnly: "Let this process write to the file, its folder and its disk; nothing is lost."
    case .busy: "End the other process, such as a shell that looks into the slice."
    case .failed: "See to the folder and to the disk, and what the system's log says of them."
    case .missing:
      "Bring the file back, or restore a backup. To begin with an empty slice, remove the file \(path).lock."
    case .halfRestored:
      "Give `recourse restore` again; restore.json in the data directory names the backup."
    case .damaged, .notADatabase: "Keep the file for those who look into it, and restore a backup."
    case .newerSchema: "Run the version that wrote it, or a newer one."
    case .ofAnotherWorker: "Bring this worker's own file back, or restore a backup."
    }
  }
}

extension StorageFailure {
  var metadata: Logger.Metadata {
    ["code": "\(code)", "why": "\(self)", "slice": "\(path)", "wayOut": "\(wayOut)"]
  }
}

/// A caller hears that it may try again; the operator sees the rest in the log and in the worker's status.
extension StorageFailure: RPCErrorConvertible {
  public var rpcErrorCode: RPCError.Code { refusal.rpcErrorCode }
  public var rpcErrorMessage: String { refusal.rpcErrorMessage }
  public var rpcErrorMetadata: Metadata { refusal.rpcErrorMetadata }

  private var refusal: Refusal {
    Refusal(
      .tryAgain, code: kind == .full ? "storage-full" : "storage-failed",
      message: "The worker cannot keep anything just now: \(self). Nothing was changed; try again.")
  }
}
