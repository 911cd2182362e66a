import Foundation
import Glibc
import WorkerKit

/// The folder in which invitations wait for somebody to send them: `invitations/` in the worker's output directory.
///
/// A file is there whole or not at all, also after a power cut. It is named by ids of the plan and by its sequence;
/// whoever has sent it may remove it.
struct InvitationFolder: Sendable {
  static let name = "invitations"

  private let folder: URL

  /// - Throws: ``NoOutputDirectory`` if the worker was given no place for files.
  init(of context: WorkerContext) throws {
    guard let directory = context.outputDirectory else { throw NoOutputDirectory() }
    folder = directory.appending(path: Self.name, directoryHint: .isDirectory)
  }

  func has(_ name: String) -> Bool { access(path(name), F_OK) == 0 }

  /// Puts a file in, or one of the same name in its place.
  func put(_ text: String, as name: String) throws {
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    // The same name at every attempt, so that one that was cut off leaves nothing behind.
    let partial = path(".\(name).partial")
    do {
      try Self.write(Array(text.utf8), to: partial)
      guard rename(partial, path(name)) == 0 else { throw InvitationFailure("rename") }
    } catch {
      unlink(partial)
      throw error
    }
    try Self.synchronize(folder.path)
    try Self.synchronize(folder.deletingLastPathComponent().path)
  }

  private func path(_ name: String) -> String { folder.appending(path: name).path }

  private static func write(_ bytes: [UInt8], to path: String) throws {
    unlink(path)
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw InvitationFailure("open") }
    defer { close(descriptor) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { throw InvitationFailure("write") }
      rest = rest.dropFirst(written)
    }
    guard fsync(descriptor) == 0 else { throw InvitationFailure("fsync") }
  }

  /// Makes durable which names a directory has.
  private static func synchronize(_ directory: String) throws {
    let descriptor = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw InvitationFailure("open") }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw InvitationFailure("fsync") }
  }
}

/// The worker has no place for files: its invitations stay intended until it is given one.
struct NoOutputDirectory: Error {}

/// A file could not be made.
struct InvitationFailure: Error {
  /// The step that failed, such as `fsync`.
  let step: String
  let code: Int32

  init(_ step: String) {
    self.step = step
    code = errno
  }
}
