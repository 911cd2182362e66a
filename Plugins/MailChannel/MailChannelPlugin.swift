public import NoticeChannel
public import WorkerKit

/// Takes notices out by e-mail. See README.md beside this file.
public enum MailChannelPlugin {
  /// Its manifest: what an operator reads before it is let in.
  public static let manifest = String(decoding: PackageResources.plugin_yaml, as: UTF8.self)

  /// The plugin's name: its principal, its process, its slice.
  static let name = "mail"

  /// Eight connections at once: those where the server takes long are not to hold the others.
  public static var usualBounds: MailBounds {
    var bounds = MailBounds()
    bounds.sendingLimit = 8
    return bounds
  }

  /// The worker as it is declared. It is unready until it is told where the mail server is and who writes.
  /// - Parameters:
  ///   - patience: how long it goes on where the server does not take a notice.
  ///   - bounds: of each message.
  /// - Throws: `SettingError` for a setting that makes no sense.
  public static func worker(
    _ settings: PluginSettings, patience: Patience = Patience(), bounds: MailBounds = usualBounds
  ) throws -> Worker {
    let desk = try MailDesk(settings, bounds)
    return NoticeChannel(
      name: name, ways: try settings.ways(of: [.email], otherwise: [.email]),
      objection: desk.objection, patience: patience,
      // No mail server can be asked whether it has a message.
      ask: nil,
      send: { notice, context in try await desk.send(notice, context) }
    ).worker
  }
}
