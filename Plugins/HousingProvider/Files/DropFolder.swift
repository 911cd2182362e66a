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
    try OutputFile.put(bytes, as: name, in: folder(place), mode: 0o640)
  }

  func has(_ name: String, in place: Place) -> Bool {
    access(path(name, in: place), F_OK) == 0
  }

  /// Takes a file away, if it is there.
  func remove(_ name: String, from place: Place) throws {
    guard unlink(path(name, in: place)) == 0 || errno == ENOENT else {
      throw OutputFailure("unlink")
    }
    try OutputFile.synchronize(folder(place))
  }

  /// Moves an answer out of the inbox; one that has the name already stays, and this one gets the suffix.
  func settle(_ name: String, into place: Place, suffix: String) throws {
    let target = has(name, in: place) ? "\(name).\(suffix)" : name
    guard rename(path(name, in: .inbox), path(target, in: place)) == 0 || errno == ENOENT else {
      throw OutputFailure("rename")
    }
    try OutputFile.synchronize(folder(place))
    try OutputFile.synchronize(folder(.inbox))
  }

  func path(_ name: String, in place: Place) -> String {
    folder(place).appending(path: name).path
  }

  func folder(_ place: Place) -> URL {
    url.appending(path: place.rawValue, directoryHint: .isDirectory)
  }
}
