public import Foundation

/// What stands of a registered plugin beside its files: which bytes were approved, and when.
public struct PluginRecord: Sendable, Hashable, Codable {
  /// Of the file's form.
  public static let current = 1
  static let fileName = "record.json"
  static let bytesLimit = 16 * 1024

  public var format = Self.current
  public let name: String
  public let version: String
  public let digests: PluginDigests
  /// Which place it has among the plugins, from 0, for as long as it is registered: where it is watched.
  public let place: Int
  /// When it was added, or upgraded to this; to the second.
  public let at: Date

  init(_ package: PluginPackage, _ digests: PluginDigests, place: Int, at: Date) {
    name = package.manifest.name.text
    version = package.manifest.version.text
    self.digests = digests
    self.place = place
    self.at = Date(timeIntervalSince1970: at.timeIntervalSince1970.rounded(.down))
  }

  /// Nil if the text is no record of this form.
  init?(json: String) {
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    guard let record = try? decoder.decode(Self.self, from: Data(json.utf8)),
      record.format == Self.current
    else { return nil }
    self = record
  }

  var json: String {
    let encoder = JSONEncoder()
    encoder.dateEncodingStrategy = .iso8601
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(self) else { return "{}\n" }
    return String(decoding: data, as: UTF8.self) + "\n"
  }
}
