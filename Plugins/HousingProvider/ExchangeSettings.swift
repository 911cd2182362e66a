import Foundation
import WorkerKit

/// Which bodies are served, and where each has its drop folder.
struct ExchangeSettings: Sendable {
  /// A body with which files are exchanged.
  struct Body: Sendable, Hashable {
    /// Its key in the policy pack.
    let key: String
    /// Its drop folder, where an operator named one; else it is named by the key, in the output directory.
    let folder: String?
  }

  let bodies: [Body]
  /// From one look into the inboxes to the next.
  let interval: Duration

  /// Bodies that one instance serves at most.
  static let bodiesLimit = 500
  /// Milliseconds between two looks, where nothing is set.
  static let intervalByDefault = 1_000

  /// Reads `bodies` (keys between commas, each with `=FOLDER` or without) and `look-every-ms`.
  /// - Throws: `SettingError` where a setting is there and makes no sense. Nothing set is no body.
  init(_ settings: PluginSettings) throws {
    interval = .milliseconds(
      try settings.number(
        "look-every-ms", in: 20...3_600_000, otherwise: Self.intervalByDefault))
    bodies = try settings.list("bodies").map { text in
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
      guard let key = parts.first, Self.isKey(key), parts.count == 1 || parts[1].hasPrefix("/")
      else {
        throw SettingError(
          name: "bodies",
          what: "is not a list of bodies' keys, such as livewest, each alone or with =/FOLDER")
      }
      return Body(key: key, folder: parts.count == 2 ? parts[1] : nil)
    }
    guard Set(bodies.map(\.key)).count == bodies.count else {
      throw SettingError(name: "bodies", what: "names a body twice")
    }
    guard bodies.count <= Self.bodiesLimit else {
      throw SettingError(name: "bodies", what: "names more than \(Self.bodiesLimit) bodies")
    }
  }

  func serves(_ body: String) -> Bool { bodies.contains { $0.key == body } }

  /// The drop folder of a body.
  /// - Throws: ``NoDropFolder`` if the body is not served, or there is no place for files.
  func folder(of body: String, _ context: WorkerContext) throws -> DropFolder {
    guard let served = bodies.first(where: { $0.key == body }) else { throw NoDropFolder() }
    if let folder = served.folder {
      return DropFolder(url: URL(filePath: folder, directoryHint: .isDirectory))
    }
    guard let output = context.outputDirectory else { throw NoDropFolder() }
    return DropFolder(url: output.appending(path: body, directoryHint: .isDirectory))
  }

  /// A key names a folder, so it is nothing but letters, digits and hyphens.
  private static func isKey(_ text: String) -> Bool {
    (1...100).contains(text.utf8.count)
      && text.utf8.allSatisfy {
        (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D
      }
  }
}

/// A body has no drop folder: it is not served any more, or the worker has no place for files.
struct NoDropFolder: Error {}
