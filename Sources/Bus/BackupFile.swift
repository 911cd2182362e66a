import Crypto
public import Foundation
import Glibc

/// One file of a backup, whole and on the medium.
public struct BackupFile: Sendable, Hashable {
  /// Within the data directory.
  public let path: String
  /// Its length.
  public let bytes: UInt64
  /// SHA-256 over all bytes.
  public let sha256: Data

  /// A file that somebody else has looked at.
  public init(path: String, bytes: UInt64, sha256: Data) {
    self.path = path
    self.bytes = bytes
    self.sha256 = sha256
  }

  /// Characters of a backup's name at most.
  public static let nameLimit = 64

  /// True for 1 to 64 of `a-z 0-9 -`: it is the name of a folder.
  public static func isName(_ name: String) -> Bool {
    (1...nameLimit).contains(name.utf8.count)
      && name.utf8.allSatisfy { byte in
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
          || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
      }
  }

  /// Makes a file under another name, forces it to the medium and gives it its own name: under that it is whole
  /// or not there.
  /// - Parameters:
  ///   - path: within the directory; a folder that is missing is made.
  ///   - write: fills the file, which is there and empty, at the path that it is given.
  /// - Throws: ``BackupFileError``, or what `write` throws; then nothing is left of the file.
  public static func make(
    _ path: String, in directory: URL, write: (String) throws -> Void
  ) throws -> BackupFile {
    let url = directory.appending(path: path)
    let draft = url.path + ".part"
    let folder = url.deletingLastPathComponent().path
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    guard access(url.path, F_OK) != 0 else { throw BackupFileError.exists(path) }
    // What an interrupted backup left must not get into this one.
    for end in [""] + databaseEnds { unlink(draft + end) }
    let descriptor = open(draft, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw BackupFileError.failed(path, code: errno) }
    close(descriptor)
    do {
      try write(draft)
      for end in databaseEnds {
        // What SQLite could not take into the file would stay behind.
        var status = stat()
        if end != "-shm", stat(draft + end, &status) == 0, status.st_size > 0 {
          throw BackupFileError.unfinished(path)
        }
        unlink(draft + end)
      }
      let file = try BackupFile(path, at: draft)
      try sync(draft)
      guard rename(draft, url.path) == 0 else { throw BackupFileError.failed(path, code: errno) }
      try sync(folder)
      return file
    } catch {
      for end in [""] + databaseEnds { unlink(draft + end) }
      throw error
    }
  }

  /// What SQLite has beside a database.
  private static let databaseEnds = ["-journal", "-wal", "-shm"]

  /// Looks at a file that is there.
  /// - Throws: ``BackupFileError`` if it cannot be read.
  public init(_ path: String, at place: String) throws {
    guard let file = FileHandle(forReadingAtPath: place) else {
      throw BackupFileError.failed(path, code: errno)
    }
    defer { try? file.close() }
    var hash = SHA256()
    var bytes: UInt64 = 0
    while let part = try file.read(upToCount: Self.partBytes), !part.isEmpty {
      hash.update(data: part)
      bytes += UInt64(part.count)
    }
    self.init(path: path, bytes: bytes, sha256: Data(hash.finalize()))
  }

  private static let partBytes = 1024 * 1024

  /// Forces a file or a folder to the medium.
  public static func sync(_ path: String) throws {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw BackupFileError.failed(path, code: errno) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw BackupFileError.failed(path, code: errno) }
  }
}

/// Why a file of a backup could not be made or read.
public enum BackupFileError: Error, Sendable, Hashable, CustomStringConvertible {
  /// Nothing is written over.
  case exists(String)
  /// A part of it is beside the file.
  case unfinished(String)
  /// The system refused, with its code.
  case failed(String, code: Int32)

  public var description: String {
    switch self {
    case .exists(let path): "\(path) is there already"
    case .unfinished(let path): "\(path) could not be written to the end"
    case .failed(let path, let code): "\(path): \(String(cString: strerror(code)))"
    }
  }
}
