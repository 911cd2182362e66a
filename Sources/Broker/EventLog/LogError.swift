import Bus
import CaseModel
import GRDB

/// What is wrong with the log's files, told so that an operator can put it right.
public struct LogError: Error, Sendable, Hashable, CustomStringConvertible {
  /// Stable, lower case with hyphens.
  public var code: String
  /// The file that it is about.
  public var place: String
  public var what: String
  public var wayOut: String

  public var description: String { "\(code) at \(place): \(what) \(wayOut)" }

  /// What an error of the storage means for a file.
  init(_ error: any Error, at place: String) {
    if let known = error as? LogError {
      self = known
      return
    }
    self.init(code: "log-storage", place: place, what: "", wayOut: Self.restore)
    if let error = error as? UnsyncedFileError {
      what = "\(error)."
      if error.isFull { (code, wayOut) = ("disk-full", Self.room) }
      if error.isReadOnly { (code, wayOut) = ("log-not-writable", Self.permission) }
      if !error.isFull, !error.isReadOnly { wayOut = Self.check }
      return
    }
    guard let error = error as? DatabaseError else {
      what = "The log failed: \(type(of: error))."
      return
    }
    switch error.resultCode {
    case .SQLITE_FULL:
      code = "disk-full"
      wayOut = Self.room
    case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_CANTOPEN, .SQLITE_AUTH:
      code = "log-not-writable"
      wayOut = Self.permission
    case .SQLITE_NOTADB: code = "log-not-a-log"
    case .SQLITE_CORRUPT: code = "log-damaged"
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      code = "log-in-use"
      wayOut = "Stop whatever else has the file open."
    default: wayOut = Self.check
    }
    what = "\(Self.reason(error)).".capitalizedSentence
  }

  init(code: String, place: String, what: String, wayOut: String) {
    self.code = code
    self.place = place
    self.what = what
    self.wayOut = wayOut
  }

  /// A newer version of the program wrote the file.
  static func newer(_ path: String) -> LogError {
    LogError(
      code: "log-newer", place: path, what: "A newer version of the program wrote this log.",
      wayOut: "Start that version, or restore a backup that this one made.")
  }

  /// There is nothing to read.
  static func missing(_ path: String) -> LogError {
    LogError(
      code: "log-missing", place: path, what: "There is no log here.",
      wayOut: "Name the directory that holds it: --data DIR. " + restore)
  }

  /// The folder of the file does not exist.
  static func homeless(_ path: String, _ folder: String) -> LogError {
    LogError(
      code: "log-folder-missing", place: path, what: "\(folder) does not exist.",
      wayOut: "Name the right directory, or make this one.")
  }

  /// There was a log here, and there is none.
  static func gone(_ path: String) -> LogError {
    LogError(
      code: "log-lost", place: path, what: "The log was here before and is missing, or empty.",
      wayOut: """
        Bring the file back, or restore a backup: `recourse restore`. To begin a new log, which takes no worker that \
        knows this one, remove the file \(path).lock.
        """)
  }

  /// The live file is new, but there is an archive.
  static func lost(_ path: String, _ folder: String) -> LogError {
    LogError(
      code: "log-lost", place: path,
      what: "The log is empty, yet \(folder) holds events of it: its newest events are lost.",
      wayOut: restore)
  }

  private static let room = "Free space on that disk; nothing that was acknowledged is lost."
  private static let permission =
    "Let this user write to the file and its folder, on a disk that is not read-only."
  private static let check = "Check the disk; if it is sound, restore a backup."
  static let restore = "Restore a backup, the whole of it: `recourse restore`."
  /// A backup holds no files of the archive: their events are in its one copy of the log.
  static let restoreArchive = "Later events can be read meanwhile. " + restore

  /// What went wrong, without the statement and its values.
  static func reason(_ error: any Error) -> String {
    guard let error = error as? DatabaseError else { return "\(type(of: error))" }
    let sentence =
      switch error.resultCode {
      case .SQLITE_FULL: "the disk is full; the log goes on when there is room again"
      case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH: "the file cannot be written to"
      case .SQLITE_CANTOPEN: "the file cannot be opened"
      case .SQLITE_IOERR: "the disk failed to read or write"
      case .SQLITE_CORRUPT: "the file is damaged; `recourse log verify` says more"
      case .SQLITE_NOTADB: "the file is no database"
      case .SQLITE_BUSY, .SQLITE_LOCKED: "another process holds the file"
      default: "the storage refused"
      }
    return "\(sentence) (\(error.resultCode))"
  }
}
