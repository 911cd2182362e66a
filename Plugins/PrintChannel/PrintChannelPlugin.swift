public import NoticeChannel
public import WorkerKit

/// Puts letters for post into a folder. See README.md beside this file.
public enum PrintChannelPlugin {
  /// Its manifest: what an operator reads before it is let in.
  public static let manifest = String(decoding: PackageResources.plugin_yaml, as: UTF8.self)

  /// The plugin's name: its principal, its process, its slice.
  static let name = "print"

  /// The worker as it is declared.
  /// - Parameters:
  ///   - patience: how long it goes on where a letter cannot be written.
  ///   - bounds: of the program that makes a PDF.
  /// - Throws: `SettingError` for a setting that makes no sense.
  public static func worker(
    _ settings: PluginSettings, patience: Patience = Patience(),
    bounds: RenderingBounds = RenderingBounds()
  ) throws -> Worker {
    let makesPDF = try settings.makesPDF
    let python = settings.optional("python") ?? PageRenderer.usualPython
    let renderer = makesPDF ? PageRenderer(python: python, bounds) : nil
    return NoticeChannel(
      name: name, ways: try settings.ways(of: [.post], otherwise: [.post]), objection: nil,
      patience: patience,
      ask: { key, context in try PrintFolder(context).hasTaken(key) },
      send: { notice, context in
        try await PutLetter(notice, renderer).perform(in: PrintFolder(context))
      }
    ).worker
  }
}

extension PluginSettings {
  fileprivate var makesPDF: Bool {
    get throws(SettingError) {
      switch optional("pdf") {
      case nil, "yes": true
      case "no": false
      default: throw SettingError(name: "pdf", what: "is neither yes nor no")
      }
    }
  }
}
