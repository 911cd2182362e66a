import Foundation
import Testing

@testable import WorkerKit

/// What an operator sets reaches the plugin, and nobody else.
@Suite struct PluginSettingsTests {
  static let settings = PluginSettings([
    "endpoint": "https://alerts.example.org", "empty": "", "batch": "20",
    "wards": " north, ,south ",
  ])

  @Test func `a setting is read as what it is set to`() throws {
    #expect(try Self.settings.text("endpoint") == "https://alerts.example.org")
    #expect(try Self.settings.number("batch", in: 1...50, otherwise: 10) == 20)
    #expect(try Self.settings.number("attempts", in: 1...50, otherwise: 10) == 10)
    #expect(Self.settings.list("wards") == ["north", "south"])
    #expect(Self.settings.optional("empty") == nil)
  }

  @Test func `what is missing, empty or no such number is told by its name, without its value`() {
    #expect(throws: SettingError(name: "token", what: "is not set")) {
      try Self.settings.text("token")
    }
    #expect(throws: SettingError(name: "empty", what: "is not set")) {
      try Self.settings.text("empty")
    }
    #expect(throws: SettingError(name: "batch", what: "is not a whole number from 1 to 10")) {
      try Self.settings.number("batch", in: 1...10, otherwise: 1)
    }
  }

  @Test func `the names that were asked for are known, also those of a copy`() throws {
    let settings = PluginSettings(["endpoint": "a"])
    let copy = settings
    _ = try copy.text("endpoint")
    _ = settings.optional("token")
    #expect(settings.askedNames == ["endpoint", "token"])
  }

  @Test func `settings that stand in have a value for what must be set, and for nothing else`()
    throws
  {
    let settings = PluginSettings.standIn
    #expect(try settings.text("endpoint") == "https://endpoint.invalid")
    #expect(settings.optional("token") == nil)
    #expect(try settings.number("batch", in: 1...10, otherwise: 5) == 5)
  }

  // MARK: - The file

  @Test func `without a file nothing is set`() throws {
    try Self.inPlace { place in
      let settings = try PluginSettings.read(of: "council-alerts", in: place)
      #expect(settings.names.isEmpty)
    }
  }

  @Test func `a file that is its owner's alone is read`() throws {
    try Self.inPlace { place in
      try Self.write("{\"token\": \"secret-1\"}", mode: 0o600, in: place)
      let settings = try PluginSettings.read(of: "council-alerts", in: place)
      #expect(try settings.text("token") == "secret-1")
    }
  }

  @Test(arguments: [
    (text: "{\"token\": \"secret-1\"}", mode: 0o644), (text: "{\"token\": 1}", mode: 0o600),
    (text: "[\"secret-1\"]", mode: 0o600),
    (text: String(repeating: " ", count: PluginSettings.bytesLimit + 1), mode: 0o600),
  ])
  func `another file is refused, and what is in it is not told`(text: String, mode: Int) throws {
    try Self.inPlace { place in
      try Self.write(text, mode: mode, in: place)
      let failure = #expect(throws: ProcessFailure.self) {
        try PluginSettings.read(of: "council-alerts", in: place)
      }
      #expect(failure?.code == "settings-file")
      #expect(failure?.text(of: "council-alerts").contains("secret-1") == false)
      #expect(failure?.wayOut.isEmpty == false)
    }
  }

  private static func inPlace(_ body: (WorkerPlace) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "settings-" + UUID().uuidString.lowercased())
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(WorkerPlace(path: folder.path))
  }

  private static func write(_ text: String, mode: Int, in place: WorkerPlace) throws {
    let folder = place.plugin("council-alerts")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let path = "\(folder)/\(PluginSettings.fileName)"
    try Data(text.utf8).write(to: URL(filePath: path))
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
  }
}
