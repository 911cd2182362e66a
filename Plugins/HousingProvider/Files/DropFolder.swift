import Foundation
import Glibc
import WorkerKit

/// One body's drop folder, with what goes out, what comes in and what became of it.
///
/// A file that is put here is there whole or not at all, also after a power cut, and readable by the owner alone unless
/// the folder says otherwise. Whoever fetches a request may remove it: that it was there is noted in `sent`.
struct DropFolder: Sendable {
  enum Place: String, Sendable, CaseIterable {
    /// Requests and reminders, for the body to fetch.
    case outbox
    /// Answers, put here by the body.
    case inbox
    /// Answers that were taken.
    case done
    /// Answers of which nothing was taken.
    case refused
    /// What became of each answer.
    case reports
    /// An empty file for each that was put into the outbox.
    case sent
  }

  let url: URL

  /// Makes the folders that are not there yet.
  func make() throws {
    for place in Place.allCases {
      try FileManager.default.createDirectory(
        at: folder(place), withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
    }
  }

  /// Puts a file in, or one of the same name in its place.
  func put(_ bytes: Data, as name: String, in place: Place) throws {
    try make()
    // The same name at every attempt, so that one that was cut off leaves nothing behind.
    let partial = path(".\(name).part", in: place)
    do {
      try Self.write(bytes, to: partial)
      guard rename(partial, path(name, in: place)) == 0 else { throw FileFailure("rename") }
    } catch {
      unlink(partial)
      throw error
    }
    try Self.synchronize(folder(place).path)
    try Self.synchronize(url.path)
  }

  func has(_ name: String, in place: Place) -> Bool {
    access(path(name, in: place), F_OK) == 0
  }

  /// Takes a file away, if it is there.
  func remove(_ name: String, from place: Place) throws {
    guard unlink(path(name, in: place)) == 0 || errno == ENOENT else { throw FileFailure("unlink") }
    try Self.synchronize(folder(place).path)
  }

  /// Moves an answer out of the inbox; one that has the name already stays, and this one gets the suffix.
  func settle(_ name: String, into place: Place, suffix: String) throws {
    let target = has(name, in: place) ? "\(name).\(suffix)" : name
    guard rename(path(name, in: .inbox), path(target, in: place)) == 0 || errno == ENOENT else {
      throw FileFailure("rename")
    }
    try Self.synchronize(folder(place).path)
    try Self.synchronize(folder(.inbox).path)
  }

  func path(_ name: String, in place: Place) -> String {
    folder(place).appending(path: name).path
  }

  func folder(_ place: Place) -> URL {
    url.appending(path: place.rawValue, directoryHint: .isDirectory)
  }

  private static func write(_ bytes: Data, to path: String) throws {
    unlink(path)
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o640)
    guard descriptor >= 0 else { throw FileFailure("open") }
    defer { close(descriptor) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { throw FileFailure("write") }
      rest = rest.dropFirst(written)
    }
    guard fsync(descriptor) == 0 else { throw FileFailure("fsync") }
  }

  /// Makes durable which names a directory has.
  private static func synchronize(_ directory: String) throws {
    let descriptor = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileFailure("open") }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw FileFailure("fsync") }
  }
}

/// A file of a drop folder could not be written, read or moved.
struct FileFailure: Error {
  /// The step that failed, such as `fsync`.
  let step: String
  /// The system's number for why.
  let number: Int32

  init(_ step: String) {
    self.step = step
    number = errno
  }
}
