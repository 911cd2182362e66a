import Bus
import Foundation

extension PluginSettings {
  /// Bytes of the largest file of settings.
  package static let bytesLimit = 64 * 1024
  /// What the file is called, in the plugin's folder.
  package static let fileName = "settings.json"

  /// What is set for a plugin in a data directory: `plugins/NAME/settings.json`, an object of strings. Without a file
  /// nothing is set.
  /// - Throws: ``ProcessFailure``, also if others than the file's owner could read or write it.
  package static func read(
    of plugin: String, in place: WorkerPlace
  ) throws(ProcessFailure) -> PluginSettings {
    let path = "\(place.plugin(plugin))/\(fileName)"
    let text: String
    do {
      // Settings may be secret, and are kept as keys are.
      text = try KeyFile.text(of: path, isSecret: true, bytesLimit: bytesLimit)
    } catch .missing {
      return PluginSettings()
    } catch {
      throw ProcessFailure(
        .unavailable, code: "settings-file", path: path, unusable(error),
        wayOut:
          "Make it yours alone (chmod 600), or set its values again by `recourse plugin upgrade`.")
    }
    guard let values = try? JSONDecoder().decode([String: String].self, from: Data(text.utf8))
    else {
      throw ProcessFailure(
        .unavailable, code: "settings-file", path: path, "This is no object of texts in JSON.",
        wayOut: "Write it like {\"name\": \"value\"}.")
    }
    return PluginSettings(values)
  }

  /// Without what an error says of keys.
  private static func unusable(_ error: KeyError) -> String {
    switch error {
    case .malformed: "The file of settings is longer than \(bytesLimit) bytes."
    case .open: "Others than its owner may read or change the file of settings."
    default: "The file of settings cannot be read, or belongs to somebody else."
    }
  }
}
