import Foundation
import Policy
import PolicyDocuments

/// The procedures that an installation decides by: those that are built in, and the files in `packs` of its
/// data directory, in the order of their names.
enum AdoptedPacks {
  /// Files that there may be.
  static let filesLimit = 1_000

  /// - Parameter directory: nil for what is built in alone.
  /// - Throws: ``Failure`` `invalid-policy` with file, line and path, or that a file cannot be read.
  static func documents(in directory: DataDirectory?) throws -> [String] {
    BuiltInPolicyDocuments.all + (try directory.map(files(in:))?.map(\.text) ?? [])
  }

  /// The files alone.
  /// - Throws: the same.
  static func files(in directory: DataDirectory) throws -> [PackDocument] {
    try paths(directory).map(document)
  }

  private static func paths(_ directory: DataDirectory) throws -> [String] {
    guard FileManager.default.fileExists(atPath: directory.packsPath) else { return [] }
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: directory.packsPath)
    else { throw unreadable(directory.packsPath) }
    let packs = names.filter { $0.hasSuffix(".yaml") }.sorted()
    guard packs.count <= filesLimit else {
      throw Failure(
        exit: .unavailable, code: "too-many-packs", path: directory.packsPath,
        message: "There are \(packs.count) packs; expected \(filesLimit) at most.",
        wayOut: "Keep those elsewhere that no case can need any more.")
    }
    return packs.map { "\(directory.packsPath)/\($0)" }
  }

  private static func document(_ file: String) throws -> PackDocument {
    guard let bytes = FileManager.default.contents(atPath: file),
      let text = String(validating: bytes, as: UTF8.self)
    else { throw unreadable(file) }
    return try PackDocument.parse(text, at: file, from: .adopted)
  }

  private static func unreadable(_ path: String) -> Failure {
    Failure(
      exit: .unavailable, code: "unreadable", path: path,
      message: "What is adopted cannot be read.",
      wayOut: "Make it readable for whoever runs this, and UTF-8; or take it away.")
  }
}
