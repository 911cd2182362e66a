import Bus
import Foundation
import Glibc

/// What a backup consists of. It is written last: a backup without it is none.
struct BackupManifest: Codable, Sendable {
  struct File: Codable, Sendable {
    /// `log.sqlite` or `slices/NAME.sqlite`, within the backup.
    let path: String
    let bytes: UInt64
    /// In hexadecimal digits.
    let sha256: String
    /// The log's head, or how far the slice had taken the log into account.
    let logPosition: UInt64
  }

  static let currentVersion = 1
  static let fileName = "manifest.json"
  static let logFile = "log.sqlite"
  /// Where the log keeps what it has archived; a backup's log holds all of it itself.
  static let archiveFolder = "log-archive"

  var version = currentVersion
  let name: String
  /// In ISO 8601.
  let madeAt: String
  let logHead: UInt64
  /// The log first, then the slices by name.
  let files: [File]
  /// Plugins that were added where it was made, by name; nil in a backup from before there were any.
  var plugins: [Plugin]?
  /// Audits of workers that were removed before it was made: `audits/NAME.sqlite`, within the backup; nil in one from
  /// before there were any.
  var audits: [File]?

  /// A plugin whose slice may be in it. Its program, key, approval and settings, with their secrets, are not: whoever
  /// restores into an empty directory adds it again.
  struct Plugin: Codable, Sendable, Hashable {
    let name: String
    let version: String
    /// SHA-256 of its program; nil for one that ships in `recourse`.
    let program: String?
  }

  /// - Parameter folder: of the backup.
  /// - Throws: ``Failure`` if there is no backup, or none that this program understands.
  static func read(in folder: String) throws -> BackupManifest {
    guard let data = FileManager.default.contents(atPath: "\(folder)/\(fileName)") else {
      throw Failure.input(
        "unknown-backup", path: folder, "There is no whole backup here: \(fileName) is missing."
      ).with(wayOut: "Name a folder in DIR/backups that has one, or a path with a /.")
    }
    guard let manifest = try? JSONDecoder().decode(BackupManifest.self, from: data),
      manifest.version == currentVersion, manifest.isPlausible
    else {
      throw Failure.input(
        "unreadable-backup", path: "\(folder)/\(fileName)",
        "This is no manifest of version \(currentVersion).")
    }
    return manifest
  }

  /// Nothing in it leads out of the backup, and the log is there.
  private var isPlausible: Bool {
    Set(files.map(\.path)).count == files.count && files.contains { $0.path == Self.logFile }
      && (audits ?? []).allSatisfy { Self.isPlausible($0.path, in: "audits") }
      && files.allSatisfy { file in
        if file.path == Self.logFile { return true }
        return Self.isPlausible(file.path, in: "slices")
      }
  }

  private static func isPlausible(_ path: String, in folder: String) -> Bool {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    return parts.count == 2 && parts[0] == folder && parts[1].hasSuffix(".sqlite")
      && BackupFile.isName(String(parts[1].dropLast(".sqlite".count)))
  }

  /// Where a worker's slice is, within the backup and within a data directory.
  static func slice(of worker: String) -> String { "slices/\(worker).sqlite" }

  /// Workers whose slices it has.
  var slices: [String] {
    files.filter { $0.path != Self.logFile }.map {
      String($0.path.dropFirst("slices/".count).dropLast(".sqlite".count))
    }
  }

  /// Written whole or not at all.
  func write(to folder: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let data = try encoder.encode(self) + Data("\n".utf8)
    _ = try BackupFile.make(Self.fileName, in: URL(filePath: folder)) { path in
      try data.write(to: URL(filePath: path))
    }
    try BackupFile.sync(URL(filePath: folder).deletingLastPathComponent().path)
  }
}

extension BackupManifest.File {
  /// - Parameter place: where the file, or its copy, is.
  /// - Throws: ``Failure`` `damaged-backup` if it is not what was written.
  func check(at place: String) throws {
    guard let found = try? BackupFile(path, at: place) else {
      throw Failure.input("damaged-backup", path: place, "This file of the backup cannot be read.")
        .with(wayOut: "Take another backup.")
    }
    guard found.bytes == bytes, found.sha256.hexadecimal == sha256 else {
      throw Failure.input(
        "damaged-backup", path: place, "This file is not what was written: its digest is another."
      ).with(wayOut: "Take another backup.")
    }
  }
}

extension Data {
  /// Two lower-case digits for each byte.
  var hexadecimal: String {
    map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
  }
}
