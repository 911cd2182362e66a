import Crypto
import Foundation
import Glibc

/// The file of a plugin's program.
enum PluginProgram {
  /// Bytes of a program at most.
  static let bytesLimit: UInt64 = 1 << 30
  /// Of the copy that is run: its owner may run it, and nobody writes to it.
  static let mode: mode_t = 0o500
  private static let partBytes = 1 << 20

  /// - Throws: ``PluginRegistryError`` if it is none that this machine runs.
  static func check(_ path: String) throws(PluginRegistryError) {
    var found = stat()
    guard stat(path, &found) == 0 else {
      throw PluginRegistryError(
        .noProgram, path: path, "The manifest names this program, and it is not there.")
    }
    guard found.st_mode & S_IFMT == S_IFREG, access(path, X_OK) == 0 else {
      throw PluginRegistryError(.notExecutable, path: path, "This is no program that can be run.")
    }
    guard UInt64(clamping: found.st_size) <= bytesLimit else {
      throw PluginRegistryError(
        .notExecutable, path: path, "This program has more than \(bytesLimit) bytes.")
    }
    let file = FileHandle(forReadingAtPath: path)
    defer { try? file?.close() }
    guard let head = try? file?.read(upToCount: 20), isOfThisMachine([UInt8](head)) else {
      throw PluginRegistryError(
        .otherSystem, path: path, "This is no program for this machine: \(machine.name) on Linux.")
    }
  }

  /// ELF, 64 bits, in this machine's order of bytes, for its kind of processor.
  static func isOfThisMachine(_ head: [UInt8]) -> Bool {
    head.count == 20 && head.prefix(6) == [0x7f, 0x45, 0x4c, 0x46, 2, 1]
      && UInt16(head[18]) | UInt16(head[19]) << 8 == machine.number
  }

  /// As ELF numbers processors.
  static var machine: (name: String, number: UInt16) {
    #if arch(arm64)
      ("aarch64", 183)
    #else
      ("x86_64", 62)
    #endif
  }

  /// SHA-256 in hexadecimal digits.
  /// - Throws: ``PluginRegistryError`` if it cannot be read.
  static func digest(of path: String) throws(PluginRegistryError) -> String {
    var hash = SHA256()
    try parts(of: path) { hash.update(data: $0) }
    return PluginDigests.hexadecimal(hash.finalize())
  }

  /// Copies a program to a file that is not there yet, on the medium, and says what it has copied.
  /// - Throws: ``PluginRegistryError``.
  static func copy(_ path: String, to copy: String) throws(PluginRegistryError) -> String {
    let descriptor = open(copy, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    guard descriptor >= 0 else { throw .unwritable(copy, errno) }
    defer { close(descriptor) }
    var hash = SHA256()
    var isWritten = true
    try parts(of: path) { part in
      hash.update(data: part)
      isWritten = isWritten && PluginFile.writeAll(part, to: descriptor)
    }
    guard isWritten, fchmod(descriptor, mode) == 0, fsync(descriptor) == 0 else {
      throw .unwritable(copy, errno)
    }
    return PluginDigests.hexadecimal(hash.finalize())
  }

  private static func parts(
    of path: String, _ take: (Data) -> Void
  ) throws(PluginRegistryError) {
    guard let file = FileHandle(forReadingAtPath: path) else { throw .unreadable(path) }
    defer { try? file.close() }
    var bytes: UInt64 = 0
    do {
      while let part = try file.read(upToCount: partBytes), !part.isEmpty {
        bytes += UInt64(part.count)
        guard bytes <= bytesLimit else { throw PluginRegistryError.unreadable(path) }
        take(part)
      }
    } catch { throw .unreadable(path) }
  }
}
