import Foundation
import PluginPackages

/// What may get nowhere in a check: markers that stand for what is secret and for what is personal, and where to look.
struct Secrets: Sendable {
  /// The plugin's secret key.
  let key: String
  /// Stands in every personal field that the plugin is told.
  let personal: String
  /// Values of secret settings, by their names.
  private(set) var values: [String: String] = [:]

  init(_ subject: Subject, key: String) {
    self.key = key
    personal = "Quellenmarker\(Self.letters())"
    for setting in subject.manifest?.settings ?? [] where setting.isSecret {
      values[setting.name] = subject.settings[setting.name] ?? "geheim\(Self.letters())"
    }
  }

  /// Letters that are nowhere by chance.
  private static func letters() -> String {
    String((0..<12).map { _ in "abcdefghijklmnopqrstuvwxyz".randomElement() ?? "q" })
  }

  /// Values for all settings: those that are given, the secret ones, and for others what their names ask for.
  func settings(
    of subject: Subject, named names: [String], outsideAt address: String, folder: String
  ) -> [String: String] {
    var settings = subject.settings.merging(values) { given, _ in given }
    let declared = subject.manifest?.settings ?? []
    for name in Set(names).union(declared.map(\.name)) where settings[name] == nil {
      let isRequired = declared.contains { $0.name == name && $0.isRequired }
      settings[name] = Self.invented(name, address, folder) ?? (isRequired ? "conformance" : nil)
    }
    return settings
  }

  /// Nil where nothing is known of what such a setting would be.
  private static func invented(_ name: String, _ address: String, _ folder: String) -> String? {
    func has(_ words: String...) -> Bool { words.contains { name.contains($0) } }
    if has("endpoint", "url", "address", "uri") { return "\(address)/\(name)" }
    if has("from", "mailbox") { return "someone@example.org" }
    if has("template") { return "00000000-0000-4000-8000-000000000001" }
    if has("server") { return address.replacingOccurrences(of: "http:", with: "smtp:") }
    if has("folder", "directory", "path") { return folder }
    if has("agency", "agencies", "recipient") { return "victim-support" }
    if has("area") { return "plymouth" }
    if has("body", "bodies", "landlord") { return InventedCase.body }
    if has("service", "code", "type", "jurisdiction") { return "asb" }
    return nil
  }

  /// All that is secret, with what it is called.
  var all: [(name: String, value: String)] {
    [("the plugin's secret key", key)]
      + values.sorted { $0.key < $1.key }.map { ("the setting \($0.key)", $0.value) }
  }

  /// True if a text has the word, as it is or in the forms in which it would travel.
  static func isIn(_ text: some StringProtocol, _ word: String) -> Bool {
    forms(of: word).contains { text.contains($0) }
  }

  /// True if bytes have the word, as it is or in the forms in which it would travel.
  static func isIn(_ bytes: [UInt8], _ word: String) -> Bool {
    let data = Data(bytes)
    return forms(of: word).contains { data.range(of: Data($0.utf8)) != nil }
  }

  private static func forms(of word: String) -> [String] {
    let bytes = Data(word.utf8)
    let digits = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    return [word, digits, digits.uppercased(), bytes.base64EncodedString()]
  }
}
