import Foundation
import Glibc
import WorkerKit

/// The folder in which referrals wait to be fetched: `referrals/` in the worker's output directory, a file
/// for each, named by the referral alone and readable by the owner alone.
///
/// A file is there whole or not at all, also after a power cut. Whoever fetches them may remove a file once
/// its referral is shown as sent. An empty file beside it stays and tells that it was there: a worker that was
/// restored from a backup does not send it again.
struct ReferralOutbox: Sendable {
  let folder: URL

  /// - Throws: ``NoOutputDirectory`` if the worker was given no place for files.
  init(of context: WorkerContext) throws {
    guard let directory = context.outputDirectory else { throw NoOutputDirectory() }
    self.init(folder: directory.appending(path: "referrals", directoryHint: .isDirectory))
  }

  init(folder: URL) {
    self.folder = folder
  }

  /// True if a referral is in the outbox, or was and has been fetched.
  func hasTaken(_ name: String) throws -> Bool {
    if FileManager.default.fileExists(atPath: marker(of: name)) { return true }
    guard FileManager.default.fileExists(atPath: path(of: name)) else { return false }
    // Cut off between the two.
    try mark(name)
    return true
  }

  /// Puts a referral in. Doing so again changes nothing that can be seen.
  func put(_ bytes: Data, as name: String) throws {
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    // The same name at every attempt, so that one that was cut off leaves nothing behind.
    let partial = folder.appending(path: ".\(name).partial").path
    do {
      try write(bytes, to: partial)
      guard rename(partial, path(of: name)) == 0 else { throw OutboxFailure("rename") }
    } catch {
      unlink(partial)
      throw error
    }
    try synchronize(folder.path)
    try synchronize(folder.deletingLastPathComponent().path)
    try mark(name)
  }

  /// Notes for ever that a referral, which is durable, was put in.
  private func mark(_ name: String) throws {
    try write(Data(), to: marker(of: name))
    try synchronize(folder.path)
  }

  private func marker(of name: String) -> String {
    folder.appending(path: "\(name).sent").path
  }

  private func path(of name: String) -> String {
    folder.appending(path: "\(name).json").path
  }

  private func write(_ bytes: Data, to path: String) throws {
    unlink(path)
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw OutboxFailure("open") }
    defer { close(descriptor) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { throw OutboxFailure("write") }
      rest = rest.dropFirst(written)
    }
    guard fsync(descriptor) == 0 else { throw OutboxFailure("fsync") }
  }

  /// Makes durable which names a directory has.
  private func synchronize(_ directory: String) throws {
    let descriptor = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw OutboxFailure("open") }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw OutboxFailure("fsync") }
  }
}

/// The worker has no place for files: its referrals stay intended until it is given one.
struct NoOutputDirectory: Error {}

/// A file of the outbox could not be written.
struct OutboxFailure: Error {
  /// The step that failed, such as `fsync`.
  let step: String
  /// The system's number for why.
  let number: Int32

  init(_ step: String) {
    self.step = step
    number = errno
  }
}
