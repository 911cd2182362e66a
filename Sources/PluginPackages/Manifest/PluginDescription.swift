public import Foundation
public import Messages
import SwiftProtobuf

/// What a plugin's program says of itself when it is asked to describe itself.
public struct PluginDescription: Sendable, Hashable {
  /// Bytes of a description at most.
  public static let bytesLimit = 1024 * 1024

  public let name: String
  /// Nil if the program does not say.
  public let version: String?
  /// Wire versions that its kit speaks.
  public let wire: [Int]
  /// What it asks the broker for, with what the kit adds.
  public let manifest: Recourse_Bus_V1_Manifest
  /// The same without what the kit adds.
  public let own: Recourse_Bus_V1_Manifest
  /// Names of the settings that it has read.
  public let settings: [String]

  /// Nil if it is no description: one JSON object, as the kit prints it.
  public init?(json: Data) {
    guard json.count <= Self.bytesLimit,
      let object = try? JSONSerialization.jsonObject(with: json) as? [String: Any],
      let name = object["name"] as? String,
      let manifest = Self.manifest(object["manifest"]), let own = Self.manifest(object["own"])
    else { return nil }
    self.name = name
    version = object["version"] as? String
    wire = (object["kit"] as? [String: Any])?["wire"] as? [Int] ?? []
    self.manifest = manifest
    self.own = own
    settings = object["settings"] as? [String] ?? []
  }

  private static func manifest(_ value: Any?) -> Recourse_Bus_V1_Manifest? {
    guard let object = value as? [String: Any],
      let data = try? JSONSerialization.data(withJSONObject: object)
    else { return nil }
    return try? Recourse_Bus_V1_Manifest(jsonUTF8Bytes: data)
  }
}

extension PluginManifest {
  /// What a program says otherwise than its manifest, a line each; empty if they agree.
  public func differences(from description: PluginDescription) -> [String] {
    var lines: [String] = []
    if description.name != name.text {
      lines.append("the manifest is of \(name), the program is \(Self.shown(description.name))")
    }
    if let told = description.version, told != version.text {
      lines.append("the manifest is of version \(version), the program is \(Self.shown(told))")
    }
    let declared = PluginAsks(own: description.own)
    lines += declared.lines(notIn: asks).map { "only the program \(Self.shown($0))" }
    lines += asks.lines(notIn: declared).map { "only the manifest says that it \($0)" }
    lines += description.settings.filter { setting($0) == nil }.sorted().map {
      "the program reads the setting \(Self.shown($0)), which the manifest does not declare"
    }
    return lines
  }

  /// What a program says, as a terminal may show it: one line of what can be printed.
  private static func shown(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.prefix(512).map { (0x20..<0x7f).contains($0.value) ? $0 : "?" }))
  }
}
