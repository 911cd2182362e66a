public import Foundation
import Glibc

/// Files that a worker puts out for the outside world. Each is there whole or not at all, also after a power cut.
public enum OutputFile {
  /// Of a file that its owner alone may read and write.
  public static let ownersMode: UInt32 = 0o600

  /// Puts a file into a folder, which is made where it is missing, or one of the same name in its place. It is on the
  /// medium when this returns.
  /// - Parameters:
  ///   - name: without a path, and without anything personal.
  ///   - mode: who may read it, as far as the folder lets them.
  /// - Throws: ``OutputFailure``, or why the folder cannot be made.
  public static func put(
    _ bytes: Data, as name: String, in folder: URL, mode: UInt32 = ownersMode
  ) throws {
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    // The same name at every attempt, so that one that was cut off leaves nothing behind.
    let partial = folder.appending(path: ".\(name).partial").path
    do {
      try write(bytes, to: partial, mode)
      guard rename(partial, folder.appending(path: name).path) == 0 else {
        throw OutputFailure("rename")
      }
    } catch {
      unlink(partial)
      throw error
    }
    try synchronize(folder)
    try synchronize(folder.deletingLastPathComponent())
  }

  /// Forces to the medium which names a folder has.
  /// - Throws: ``OutputFailure``.
  public static func synchronize(_ folder: URL) throws {
    let descriptor = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw OutputFailure("open") }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw OutputFailure("fsync") }
  }

  private static func write(_ bytes: Data, to path: String, _ mode: UInt32) throws {
    unlink(path)
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
    guard descriptor >= 0 else { throw OutputFailure("open") }
    defer { close(descriptor) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { throw OutputFailure("write") }
      rest = rest.dropFirst(written)
    }
    guard fsync(descriptor) == 0 else { throw OutputFailure("fsync") }
  }
}

extension WorkerContext {
  /// A folder of this name in the worker's output directory.
  /// - Throws: ``NoOutputDirectory`` if the worker was given no place for files.
  public func outputFolder(_ name: String) throws -> URL {
    guard let outputDirectory else { throw NoOutputDirectory() }
    return outputDirectory.appending(path: name, directoryHint: .isDirectory)
  }
}

/// The worker has no place for files: what it intends to put out stays intended until it is given one.
public struct NoOutputDirectory: Error, Hashable {}

/// A file for the outside world could not be written, read or moved.
public struct OutputFailure: Error, Hashable {
  /// The step that failed, such as `fsync`.
  public let step: String
  /// The system's number for why.
  public let number: Int32

  /// With the number that the system has given last.
  public init(_ step: String) {
    self.step = step
    number = errno
  }
}
