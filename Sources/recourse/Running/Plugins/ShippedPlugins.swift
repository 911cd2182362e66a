import HousingProvider
import MailChannel
import NotifyChannel
import Open311
import Outreach
import PluginPackages
import PrintChannel
import VictimSupport
import Webhook
import WorkerKit

/// A plugin that ships in this program: its manifest, and how its worker is made.
struct ShippedPlugin: Sendable {
  /// The text of its `plugin.yaml`.
  let text: String
  let make: @Sendable (PluginSettings) throws -> Worker

  init(_ text: String, _ make: @escaping @Sendable (PluginSettings) throws -> Worker) {
    self.text = text
    self.make = make
  }

  /// - Throws: ``Failure`` if the manifest is wrong, which a test keeps it from being.
  var package: PluginPackage {
    get throws {
      try Failure.ofPlugins { () throws(PluginRegistryError) in
        do throws(PluginManifestError) {
          return PluginPackage(
            manifest: try PluginManifest(parsing: text), text: text, program: nil)
        } catch {
          throw PluginRegistryError(.invalidManifest, path: "plugin.yaml", "\(error)")
        }
      }
    }
  }
}

/// The plugins that ship. Each is added like any other before it runs: `recourse plugin add NAME`.
enum ShippedPlugins {
  /// In the order of their names.
  static let all = [
    ShippedPlugin(HousingProviderPlugin.manifest) { try HousingProviderPlugin.worker($0) },
    ShippedPlugin(MailChannelPlugin.manifest) { try MailChannelPlugin.worker($0) },
    ShippedPlugin(NotifyChannelPlugin.manifest) { try NotifyChannelPlugin.worker($0) },
    ShippedPlugin(Open311Plugin.manifest) { try Open311Plugin.worker($0) },
    ShippedPlugin(OutreachPlugin.manifest) { try OutreachPlugin.worker($0) },
    ShippedPlugin(PrintChannelPlugin.manifest) { try PrintChannelPlugin.worker($0) },
    ShippedPlugin(VictimSupportPlugin.manifest) { try VictimSupportPlugin.worker($0) },
  ]

  /// Those by name.
  static let byName: [String: ShippedPlugin] = Dictionary(
    all.compactMap { plugin in (try? plugin.package.manifest.name.text).map { ($0, plugin) } },
    uniquingKeysWith: { one, _ in one })

  static var names: [String] { byName.keys.sorted() }

  /// Which there are, in a sentence.
  static var told: String {
    names.isEmpty ? "None ships." : "These ship: \(names.joined(separator: ", "))."
  }

  /// What the worker of a plugin says of itself, in one line of JSON.
  /// - Throws: ``Failure`` `unknown-plugin` if none of that name ships.
  static func description(of name: String) throws -> String {
    guard let plugin = byName[name] else {
      throw Failure.usage("unknown-plugin", path: "NAME", "No plugin of that name ships.")
        .with(wayOut: told)
    }
    return try WorkerKit.PluginDescription(plugin.make).json
  }

  /// The worker of a plugin that ships or, in an installation, of a webhook that was added; nil if there is none of
  /// that name.
  /// - Throws: ``Failure``, or what the maker cannot do without.
  static func worker(_ name: String, in directory: DataDirectory?) throws -> Worker? {
    guard let name = PluginName(name) else { return nil }
    let registered = try directory.flatMap { try $0.registeredPlugin(name) }
    let values = try registered.map { plugin in
      try Failure.ofPlugins { () throws(PluginRegistryError) in try plugin.settings() }
    }
    let settings = PluginSettings(values ?? [:])
    do {
      switch registered?.manifest.source {
      case .webhook(let webhook): return try self.webhook(webhook, of: name, settings)
      case .program: return nil
      case .shipped, nil: return try byName[name.text]?.make(settings)
      }
    } catch let error as SettingError {
      throw Failure(
        exit: .unavailable, code: "bad-setting", path: error.name, message: "\(error)",
        wayOut: "Set it: recourse plugin upgrade \(name) --set \(error.name)=VALUE, or --secret.")
    }
  }

  /// The worker that sends a webhook's notices.
  static func webhook(
    _ webhook: PluginWebhook, of name: PluginName, _ settings: PluginSettings
  ) throws -> Worker {
    let notices = WebhookNotices(
      name: name.text, events: webhook.events, url: webhook.url, attempts: webhook.attempts)
    do throws(WebhookError) { return try WebhookPlugin.worker(notices, settings) } catch {
      throw Failure(
        exit: .input, code: error.code, path: name.text, message: "\(error)",
        wayOut: "Put its manifest right, and upgrade it: recourse plugin upgrade \(name) PATH.")
    }
  }
}
