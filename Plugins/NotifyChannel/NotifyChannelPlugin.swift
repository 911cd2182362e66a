public import NoticeChannel
public import WorkerKit

/// Takes notices out by GOV.UK Notify. See README.md beside this file.
public enum NotifyChannelPlugin {
  /// Its manifest: what an operator reads before it is let in.
  public static let manifest = String(decoding: PackageResources.plugin_yaml, as: UTF8.self)

  /// The plugin's name: its principal, its process, its slice.
  static let name = "notify"

  /// For so long Notify is asked what became of a notice: it tries e-mails and text messages for 72 hours.
  static let followLimit: Duration = .seconds(5 * 24 * 3_600)

  /// The worker as it is declared. It is unready until it has a key and a template.
  /// - Parameter patience: how long it goes on where Notify does not take a notice.
  /// - Throws: `SettingError` for a setting that makes no sense.
  public static func worker(
    _ settings: PluginSettings, patience: Patience = Patience()
  ) throws -> Worker {
    let notify = try NotifyService(settings)
    let interval = try settings.number(
      "poll-milliseconds", in: 20...86_400_000, otherwise: 300_000)
    return NoticeChannel(
      name: name, ways: notify.ways, objection: notify.objection, patience: patience,
      following: Following(every: .milliseconds(interval), for: followLimit) { key, context in
        try await notify.fate(of: key, context)
      },
      ask: { key, context in try await notify.has(key, context) },
      send: { notice, context in try await notify.send(notice, context) }
    ).worker
  }
}
