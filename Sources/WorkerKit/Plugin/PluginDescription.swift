import Bus
import Foundation
package import Messages
import SwiftProtobuf

/// What a plugin's program says of itself, without running: `describe`.
package struct PluginDescription: Sendable, Hashable {
  package let name: String
  /// The program's own version; empty if it says none.
  package let version: String
  /// Wire versions that its kit speaks.
  package let wireVersions: [UInt32]
  /// What it asks the broker for.
  package let manifest: Recourse_Bus_V1_Manifest
  /// The same without what the kit needs for itself: what `plugin.yaml` says.
  package let own: Recourse_Bus_V1_Manifest
  /// Names of the settings that it reads, in order.
  package let settings: [String]

  /// Makes the worker once, with settings that stand in for those that will be set, and asks it.
  /// - Throws: what the maker throws, or is wrong with the worker's migrations.
  package init(
    version: String = "", _ make: (PluginSettings) throws -> Worker
  ) throws {
    let settings = PluginSettings.standIn
    let worker = try make(settings)
    name = worker.name
    self.version = version
    wireVersions = [UInt32(WireLimits.version)]
    let services = try worker.serviceNames()
    manifest = worker.manifest(serving: services)
    own = worker.ownManifest(serving: services)
    self.settings = settings.askedNames.sorted()
  }

  /// One object of JSON on one line.
  package var json: String {
    get throws {
      var fields = ["\"name\":\(Self.quoted(name))"]
      if !version.isEmpty { fields.append("\"version\":\(Self.quoted(version))") }
      let versions = wireVersions.map(String.init).joined(separator: ",")
      fields.append(
        "\"kit\":{\"version\":\(Self.quoted(ProgramVersion.current)),\"wire\":[\(versions)]}")
      fields.append("\"manifest\":\(try manifest.jsonString())")
      fields.append("\"own\":\(try own.jsonString())")
      fields.append("\"settings\":[\(settings.map(Self.quoted).joined(separator: ","))]")
      return "{\(fields.joined(separator: ","))}"
    }
  }

  private static func quoted(_ text: String) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .withoutEscapingSlashes
    let bytes = (try? encoder.encode(text)) ?? Data("\"\"".utf8)
    return String(decoding: bytes, as: UTF8.self)
  }
}
