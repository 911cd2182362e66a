import Foundation
import PluginPackages
import Testing

/// A registry in a folder of its own, and packages with a program of this system.
struct RegistryPlace {
  let root: String
  let registry: PluginRegistry
  static let moment = Date(timeIntervalSince1970: 1_790_000_000)

  init() throws {
    root =
      FileManager.default.temporaryDirectory.appending(
        path: "plugins-\(UUID().uuidString)"
      ).path
    try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
    registry = PluginRegistry("\(root)/plugins")
  }

  func clear() { try? FileManager.default.removeItem(atPath: root) }

  /// A package in a folder; its program is a copy of a program of this machine, with something at its end.
  func package(version: String = "1.0", ending: String = "") throws -> PluginPackage {
    let folder = "\(root)/package-\(version)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let manifest = PluginManifestTests.whole.replacing("0.1.0", with: version)
      .replacing(".build/release/council-alerts", with: "program")
    try Data(manifest.utf8).write(to: URL(filePath: "\(folder)/plugin.yaml"))
    let program = try #require(FileManager.default.contents(atPath: "/bin/true"))
    try (program + Data(ending.utf8)).write(to: URL(filePath: "\(folder)/program"))
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: "\(folder)/program")
    return try PluginPackage(at: folder)
  }

  func placing(
    _ package: PluginPackage, _ purpose: PluginPlacing.Purpose = .add,
    settings: [String: String] = ["endpoint": "https://alerts.example.org"]
  ) throws -> PluginPlacing {
    PluginPlacing(
      package, try package.digests(), settings: settings, in: registry, purpose, at: Self.moment)
  }
}

@Suite struct PluginRegistryTests {
  let place: RegistryPlace
  let name = PluginName("council-alerts")!

  init() throws { place = try RegistryPlace() }

  @Test func `what is added is there as it was given, with its settings and its digests`() throws {
    defer { place.clear() }
    let package = try place.package()
    try place.placing(package).run()
    #expect(place.registry.names == [name])
    let plugin = try place.registry.plugin(name)
    try plugin.verify()
    #expect(plugin.record.version == "1.0")
    #expect(plugin.record.at == RegistryPlace.moment)
    #expect(plugin.record.digests == (try package.digests()))
    #expect(try plugin.settings() == ["endpoint": "https://alerts.example.org"])
    #expect(plugin.package.program == plugin.folder.programPath)
    let modes = try [plugin.folder.programPath, plugin.folder.settingsPath].map {
      try FileManager.default.attributesOfItem(atPath: $0)[.posixPermissions] as? Int
    }
    #expect(modes == [0o500, 0o600])
  }

  @Test(arguments: PluginPlacing.Step.allCases)
  func
    `whoever is cut short after a step leaves a plugin whole or not there, and it can be done again`(
      last: PluginPlacing.Step
    ) throws
  {
    defer { place.clear() }
    let steps = PluginPlacing.Step.allCases
    let cut = try #require(steps.firstIndex(of: last))
    let placing = try place.placing(place.package())
    for step in steps[...cut] { try placing.perform(step) }
    let isNamed = cut >= steps.firstIndex(of: .name)!
    #expect(place.registry.has(name) == isNamed)
    #expect(place.registry.names == (isNamed ? [name] : []))
    if isNamed {
      try place.registry.plugin(name).verify()
    } else {
      try placing.run()
      try place.registry.plugin(name).verify()
    }
    #expect(!place.registry.hasBegun(name))
  }

  @Test(arguments: PluginPlacing.Step.allCases)
  func `an upgrade that is cut short leaves the old one or the new one, whole`(
    last: PluginPlacing.Step
  ) throws {
    defer { place.clear() }
    try place.placing(place.package()).run()
    let steps = PluginPlacing.Step.allCases
    let cut = try #require(steps.firstIndex(of: last))
    let placing = try place.placing(place.package(version: "2.0", ending: "x"), .replace)
    for step in steps[...cut] { try placing.perform(step) }
    let isNamed = cut >= steps.firstIndex(of: .name)!
    let plugin = try place.registry.plugin(name)
    try plugin.verify()
    #expect(plugin.record.version == (isNamed ? "2.0" : "1.0"))
    #expect(place.registry.names == [name])
  }

  @Test func `what throws before the naming leaves nothing that starts`() throws {
    struct Stop: Error {}
    defer { place.clear() }
    let placing = try place.placing(place.package())
    #expect(throws: Stop.self) { try placing.run { throw Stop() } }
    #expect(place.registry.names.isEmpty)
    #expect(place.registry.hasBegun(name))
    place.registry.endRemoval(name)
    #expect(!place.registry.hasBegun(name))
  }

  @Test func `one that is there is not added again`() throws {
    defer { place.clear() }
    try place.placing(place.package()).run()
    let error = #expect(throws: PluginRegistryError.self) {
      try place.placing(place.package(version: "2.0")).run()
    }
    #expect(error?.kind == .alreadyThere)
    #expect(try place.registry.plugin(name).record.version == "1.0")
  }

  @Test func `an upgrade that waits changes nothing until it is taken`() throws {
    defer { place.clear() }
    try place.placing(place.package()).run()
    try place.placing(place.package(version: "2.0", ending: "x"), .wait).run()
    var plugin = try place.registry.plugin(name)
    #expect(plugin.record.version == "1.0")
    #expect(try plugin.waiting()?.record.version == "2.0")
    try place.registry.takeWaiting(name, at: RegistryPlace.moment)
    plugin = try place.registry.plugin(name)
    try plugin.verify()
    #expect(plugin.record.version == "2.0")
    #expect(try plugin.waiting() == nil)
    #expect(try plugin.settings() == ["endpoint": "https://alerts.example.org"])
  }

  @Test(arguments: ["program", "plugin.yaml"])
  func `a file that was changed on disk is found`(file: String) throws {
    defer { place.clear() }
    try place.placing(place.package()).run()
    let plugin = try place.registry.plugin(name)
    let path = "\(plugin.folder.path)/\(file)"
    let old = try #require(FileManager.default.contents(atPath: path))
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
    try (old + Data("\n".utf8)).write(to: URL(filePath: path))
    try FileManager.default.setAttributes([.posixPermissions: 0o500], ofItemAtPath: path)
    let found = try place.registry.plugin(name)
    let error = #expect(throws: PluginRegistryError.self) { try found.verify() }
    #expect(error?.kind == .changedOnDisk)
  }

  @Test func `a program that changes between look and copy is not taken`() throws {
    defer { place.clear() }
    let package = try place.package()
    let placing = try place.placing(package)
    let program = try #require(package.program)
    try (try #require(FileManager.default.contents(atPath: program)) + Data("x".utf8))
      .write(to: URL(filePath: program))
    let error = #expect(throws: PluginRegistryError.self) { try placing.run() }
    #expect(error?.kind == .changedMeanwhile)
    #expect(place.registry.names.isEmpty)
  }

  @Test func `a removal that was begun leaves nothing that starts`() throws {
    defer { place.clear() }
    try place.placing(place.package()).run()
    try place.registry.beginRemoval(name)
    #expect(place.registry.names.isEmpty)
    #expect(place.registry.leaving == [name])
    place.registry.endRemoval(name)
    #expect(place.registry.leaving.isEmpty)
    #expect(try FileManager.default.contentsOfDirectory(atPath: place.registry.path) == [])
  }

  @Test func `what is no program of this machine is refused with its code`() throws {
    defer { place.clear() }
    let package = try place.package()
    let program = try #require(package.program)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: program)
    var error = #expect(throws: PluginRegistryError.self) { try package.digests() }
    #expect(error?.code == "not-executable")
    try Data("#!/bin/sh\nexit 0\n".utf8).write(to: URL(filePath: program))
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
    error = #expect(throws: PluginRegistryError.self) { try package.digests() }
    #expect(error?.code == "other-system")
    try FileManager.default.removeItem(atPath: program)
    error = #expect(throws: PluginRegistryError.self) { try package.digests() }
    #expect(error?.code == "no-program")
  }

  // MARK: Settings

  @Test func `a setting is declared, there where it must be, and not too long`() throws {
    defer { place.clear() }
    let manifest = try place.package().manifest
    try manifest.check(["endpoint": "x", "token": "y"])
    let long = String(repeating: "x", count: PluginSettingsFile.valueBytesLimit + 1)
    let wrong: [([String: String], String)] = [
      ([:], "missing-setting"), (["endpoint": ""], "missing-setting"),
      (["endpoint": "x", "other": "y"], "bad-setting"), (["endpoint": long], "bad-setting"),
    ]
    for (values, code) in wrong {
      let error = #expect(throws: PluginRegistryError.self) { try manifest.check(values) }
      #expect(error?.code == code)
      #expect(error?.description.contains(long) != true)
    }
  }

  @Test func `settings that others can read are not read`() throws {
    defer { place.clear() }
    try place.placing(place.package()).run()
    let plugin = try place.registry.plugin(name)
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o640], ofItemAtPath: plugin.folder.settingsPath)
    let error = #expect(throws: PluginRegistryError.self) { try plugin.settings() }
    #expect(error?.code == "secret-too-open")
  }
}
