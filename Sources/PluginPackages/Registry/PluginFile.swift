import Foundation
import Glibc

/// Small files of a plugin's folder: read within a bound, written whole and on the medium.
enum PluginFile {
  /// Of a file that its owner alone may read and write.
  static let mode: mode_t = 0o600
  static let folderMode: mode_t = 0o700

  /// Reads a file.
  /// - Parameter isSecret: nobody but its owner may read it; without, nobody else may write it.
  /// - Throws: ``PluginRegistryError``.
  static func text(
    of path: String, bytesLimit: Int, isSecret: Bool = false
  ) throws(PluginRegistryError) -> String {
    // Who opens a pipe would wait for its writer.
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else {
      if errno == ENOENT {
        throw PluginRegistryError(.unknown, path: path, "There is no such file.")
      }
      throw .unreadable(path)
    }
    let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    defer { try? file.close() }
    var found = stat()
    guard fstat(descriptor, &found) == 0, found.st_mode & S_IFMT == S_IFREG else {
      throw .unreadable(path)
    }
    guard !isSecret || found.st_mode & 0o077 == 0 else {
      throw PluginRegistryError(
        .tooOpen, path: path,
        "Others than its owner can read or write this file, which has secrets.")
    }
    guard let data = try? file.read(upToCount: bytesLimit + 1) ?? Data(),
      let text = String(validating: data, as: UTF8.self)
    else { throw .unreadable(path) }
    guard data.count <= bytesLimit else {
      throw PluginRegistryError(
        .unreadable, path: path, "This file has more than \(bytesLimit) bytes.")
    }
    return text
  }

  /// Writes a file whole or not at all, on the medium, readable by its owner alone.
  /// - Throws: ``PluginRegistryError``.
  static func write(_ text: String, to path: String) throws(PluginRegistryError) {
    let aside = "\(path).new"
    unlink(aside)
    let descriptor = open(aside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    guard descriptor >= 0 else { throw .unwritable(path, errno) }
    let isWritten =
      writeAll(Data(text.utf8), to: descriptor) && fchmod(descriptor, mode) == 0
      && fsync(descriptor) == 0
    let code = errno
    close(descriptor)
    guard isWritten, rename(aside, path) == 0 else {
      let error = PluginRegistryError.unwritable(path, isWritten ? errno : code)
      unlink(aside)
      throw error
    }
    sync(folder: URL(filePath: path).deletingLastPathComponent().path)
  }

  static func writeAll(_ data: Data, to descriptor: Int32) -> Bool {
    data.withUnsafeBytes { bytes in
      var done = 0
      while done < bytes.count {
        let count = Glibc.write(
          descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return false }
        done += count
      }
      return true
    }
  }

  /// Makes a folder that its owner alone may enter.
  /// - Throws: ``PluginRegistryError``.
  static func makeFolder(_ path: String) throws(PluginRegistryError) {
    if mkdir(path, folderMode) != 0, errno != EEXIST { throw .unwritable(path, errno) }
  }

  /// Forces what is in a folder, by name, to the medium. A folder that cannot be is left as it is.
  static func sync(folder: String) {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }
}
