import Foundation

/// The checkout that these tests were compiled from, read once.
enum Checkout {
  /// The folder that has `Package.swift` in it.
  static let root: URL = {
    var folder = URL(filePath: #filePath).deletingLastPathComponent()
    while folder.path != "/" {
      if FileManager.default.fileExists(atPath: folder.appending(path: "Package.swift").path) {
        return folder
      }
      folder.deleteLastPathComponent()
    }
    return folder
  }()

  static var rootPath: String { root.path }

  /// Every Swift file that a person wrote, by path.
  static let swift: [SourceFile] = files(under: ["Package.swift", "Sources", "Plugins", "Tests"]) {
    $0.hasSuffix(".swift") && !$0.contains("/Generated/")
  }

  /// Every text file that a person wrote, by path.
  static let everything: [SourceFile] =
    swift
    + files(under: [
      ".ci", "Makefile", "README.md", "Sources", "Plugins", "Tests", "docker", "proto",
    ]) { path in
      !path.hasSuffix(".swift") && !path.contains("/.")
    }

  /// The text of one file, or nil if it is not there.
  static func text(_ path: String) -> String? {
    try? String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  private static func files(
    under places: [String], where isWanted: (String) -> Bool
  ) -> [SourceFile] {
    places.flatMap { place -> [String] in
      let paths = paths(below: place)
      return paths.isEmpty ? [place] : paths.sorted()
    }
    .filter(isWanted)
    .compactMap { path in text(path).map { SourceFile(path: path, text: $0) } }
  }

  /// Without what builds leave.
  private static func paths(below place: String) -> [String] {
    guard
      let below = FileManager.default.enumerator(atPath: root.appending(path: place).path)
    else { return [] }
    var paths: [String] = []
    while let path = below.nextObject() as? String {
      if path.hasPrefix(".build") || path.contains("/.build") {
        below.skipDescendants()
      } else {
        paths.append("\(place)/\(path)")
      }
    }
    return paths
  }
}
