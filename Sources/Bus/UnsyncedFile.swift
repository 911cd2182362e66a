import Glibc

/// A file that an earlier process has left, of which nobody knows whether it is on the medium.
public enum UnsyncedFile {
  private static let partBytes = 1 << 20

  /// Writes all bytes anew as they are, and forces them and the file's name to the medium. Nobody else writes to the
  /// file. One that is not there is left so.
  ///
  /// After a failed fsync the system takes a file's pages for clean: they are read, and neither written nor reported
  /// again, so that another fsync alone does nothing (Rebello et al., USENIX ATC 2020).
  /// - Throws: ``UnsyncedFileError``; the file must not be built on then.
  public static func force(_ path: String) throws(UnsyncedFileError) {
    let descriptor = open(path, O_RDWR | O_CLOEXEC)
    if descriptor < 0, errno == ENOENT { return }
    guard descriptor >= 0 else { throw UnsyncedFileError(path: path, code: errno) }
    defer { close(descriptor) }
    var part = [UInt8](repeating: 0, count: partBytes)
    var offset: off_t = 0
    while true {
      let count = pread(descriptor, &part, part.count, offset)
      guard count >= 0 else { throw UnsyncedFileError(path: path, code: errno) }
      if count == 0 { break }
      guard pwrite(descriptor, part, count, offset) == count else {
        throw UnsyncedFileError(path: path, code: errno)
      }
      offset += off_t(count)
    }
    guard fsync(descriptor) == 0 else { throw UnsyncedFileError(path: path, code: errno) }
    try syncFolder(of: path)
  }

  private static func syncFolder(of path: String) throws(UnsyncedFileError) {
    let end = path.lastIndex(of: "/")
    let folder = end.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw UnsyncedFileError(path: folder, code: errno) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw UnsyncedFileError(path: folder, code: errno) }
  }
}

/// A file could not be forced to the medium.
public struct UnsyncedFileError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The file, or its folder.
  public let path: String
  /// The system's code.
  public let code: Int32

  /// True if there is no room.
  public var isFull: Bool { code == ENOSPC || code == EDQUOT }
  /// True if it may only be read.
  public var isReadOnly: Bool { code == EROFS || code == EACCES || code == EPERM }

  public var description: String {
    "\(path) cannot be forced to the medium: \(String(cString: strerror(code)))"
  }
}
