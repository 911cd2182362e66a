import Foundation
import Glibc

/// Keys in files: one key on a line.
public enum KeyFile {
  /// Bytes of the largest file that is read.
  static let bytesLimit = 1 << 10
  /// Of a file with a secret: its owner alone may read and write it.
  public static let secretMode: UInt32 = 0o600
  /// Of a folder with secrets.
  public static let folderMode: UInt32 = 0o700

  /// Reads a secret key.
  /// - Throws: ``KeyError``, also if others than the file's owner could read or write it.
  public static func readSecret(_ path: String) throws(KeyError) -> SecretKey {
    let text = try text(of: path, isSecret: true, bytesLimit: bytesLimit)
    guard let key = SecretKey(line(text)) else { throw .malformed(path: path) }
    return key
  }

  /// Reads a public key.
  /// - Throws: ``KeyError``.
  public static func readPublic(_ path: String) throws(KeyError) -> PublicKey {
    let text = try text(of: path, isSecret: false, bytesLimit: bytesLimit)
    guard let key = PublicKey(line(text)) else { throw .malformed(path: path) }
    return key
  }

  /// Reads a secret key from a descriptor up to the end of its line, byte by byte, so that whatever follows is left
  /// to who reads next. Blocks until the line is there.
  /// - Parameter name: what the descriptor is called in an error.
  /// - Throws: ``KeyError`` if no key comes.
  public static func readSecretLine(
    from descriptor: Int32, called name: String
  ) throws(KeyError) -> SecretKey {
    var bytes: [UInt8] = []
    var byte: UInt8 = 0
    while bytes.count < bytesLimit {
      let count = read(descriptor, &byte, 1)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .unreadable(path: name, code: errno) }
      if count == 0 || byte == UInt8(ascii: "\n") { break }
      bytes.append(byte)
    }
    guard let key = SecretKey(line(String(decoding: bytes, as: UTF8.self))) else {
      throw .malformed(path: name)
    }
    return key
  }

  /// Writes a file whole or not at all, and forces it to the medium. It is never readable by others, not even
  /// for a moment.
  /// - Parameter mode: who may read it.
  /// - Throws: ``KeyError``.
  public static func write(
    _ text: String, to path: String, mode: UInt32 = secretMode
  ) throws(KeyError) {
    let aside = "\(path).\(getpid()).new"
    unlink(aside)
    let descriptor = Glibc.open(aside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    guard descriptor >= 0 else { throw .unwritable(path: path, code: errno) }
    let bytes = Array(text.utf8)
    let isWritten =
      Glibc.write(descriptor, bytes, bytes.count) == bytes.count && fchmod(descriptor, mode) == 0
      && fsync(descriptor) == 0
    let code = errno
    close(descriptor)
    guard isWritten, rename(aside, path) == 0 else {
      let error = KeyError.unwritable(path: path, code: isWritten ? errno : code)
      unlink(aside)
      throw error
    }
    syncFolder(of: path)
  }

  /// Reads a file that is not larger than it may be.
  /// - Parameter isSecret: nobody but its owner may read it; without, nobody else may write it.
  /// - Throws: ``KeyError``.
  public static func text(
    of path: String, isSecret: Bool, bytesLimit: Int
  ) throws(KeyError) -> String {
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      let code = errno
      if code == ENOENT { throw .missing(path: path) }
      throw .unreadable(path: path, code: code)
    }
    defer { close(descriptor) }
    // Asked of what is open, not of the name, behind which another file could be put meanwhile.
    var found = stat()
    guard fstat(descriptor, &found) == 0 else { throw .unreadable(path: path, code: errno) }
    // Who could change a public key or the ring could let himself in.
    guard found.st_mode & (isSecret ? 0o077 : 0o022) == 0 else {
      throw .open(path: path, mode: found.st_mode & 0o777)
    }
    guard found.st_uid == geteuid() || found.st_uid == 0 || geteuid() == 0 else {
      throw .foreign(path: path)
    }
    var bytes = [UInt8](repeating: 0, count: bytesLimit + 1)
    var filled = 0
    while filled < bytes.count {
      let count = bytes[filled...].withUnsafeMutableBytes {
        read(descriptor, $0.baseAddress, $0.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .unreadable(path: path, code: errno) }
      if count == 0 { break }
      filled += count
    }
    guard filled <= bytesLimit else { throw .malformed(path: path) }
    return String(decoding: bytes[..<filled], as: UTF8.self)
  }

  private static func line(_ text: String) -> String {
    text.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// Forces to the medium what stands under which name in the folder that a file, or a folder, is in.
  public static func syncFolder(of path: String) {
    let end = path.lastIndex(of: "/")
    let folder = end.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    let descriptor = Glibc.open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }
}
