import Foundation

/// What an operator has set for a plugin, in its file: one JSON object of strings, readable by its owner alone.
public enum PluginSettingsFile {
  static let fileName = "settings.json"
  /// Bytes of the file at most, and of one value.
  public static let bytesLimit = 64 * 1024
  public static let valueBytesLimit = 16 * 1024

  /// Reads values that stand in a file.
  /// - Parameter isSecret: nobody but its owner may read it.
  /// - Throws: ``PluginRegistryError``; it repeats no value.
  public static func read(
    _ path: String, isSecret: Bool = true
  ) throws(PluginRegistryError) -> [String: String] {
    let text = try PluginFile.text(of: path, bytesLimit: bytesLimit, isSecret: isSecret)
    guard let values = try? JSONDecoder().decode([String: String].self, from: Data(text.utf8))
    else {
      throw PluginRegistryError(
        .badSetting, path: path, "One JSON object is expected, whose values are texts.")
    }
    return values
  }

  static func text(of values: [String: String]) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(values) else { return "{}\n" }
    return String(decoding: data, as: UTF8.self) + "\n"
  }
}

extension PluginManifest {
  /// - Throws: ``PluginRegistryError`` for a setting that is not declared, is missing or too long. It repeats no value.
  public func check(_ values: [String: String]) throws(PluginRegistryError) {
    for (name, value) in values.sorted(by: { $0.key < $1.key }) {
      guard setting(name) != nil else {
        let known = settings.map(\.name).joined(separator: ", ")
        throw PluginRegistryError(
          .badSetting, path: PluginSetting.isName(name) ? name : "settings",
          "\(self.name) has no such setting; "
            + (known.isEmpty ? "it has none." : "it has \(known)."))
      }
      guard value.utf8.count <= PluginSettingsFile.valueBytesLimit else {
        throw PluginRegistryError(
          .badSetting, path: name,
          "This setting has more than \(PluginSettingsFile.valueBytesLimit) bytes.")
      }
      guard !value.utf8.contains(0) else {
        throw PluginRegistryError(.badSetting, path: name, "This setting has a byte 0.")
      }
    }
    for setting in settings where setting.isRequired && values[setting.name, default: ""].isEmpty {
      throw PluginRegistryError(
        .missingSetting, path: setting.name, "\(name) needs this setting: \(setting.sentence)")
    }
    guard PluginSettingsFile.text(of: values).utf8.count <= PluginSettingsFile.bytesLimit else {
      throw PluginRegistryError(
        .badSetting, path: "settings",
        "All settings together have more than \(PluginSettingsFile.bytesLimit) bytes.")
    }
  }
}
