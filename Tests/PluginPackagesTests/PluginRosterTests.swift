import Foundation
import PluginPackages
import Testing

@Suite struct PluginRosterTests {
  let place: RegistryPlace
  let name = PluginName("council-alerts")!

  init() throws { place = try RegistryPlace() }

  private func changes(_ roster: inout PluginRoster) -> [PluginRoster.Change] {
    roster.take(place.registry.standings, of: place.registry.names)
  }

  @Test func `what comes, changes and goes is told once each`() throws {
    defer { place.clear() }
    var roster = PluginRoster()
    #expect(changes(&roster).isEmpty)
    try place.placing(place.package()).run()
    #expect(changes(&roster) == [.add(name)])
    #expect(changes(&roster).isEmpty)
    try place.registry.set(["endpoint": "elsewhere"], for: name)
    #expect(changes(&roster) == [.exchange(name)])
    try place.placing(place.package(version: "2.0", ending: "x"), .replace).run()
    #expect(changes(&roster) == [.exchange(name)])
    try place.placing(place.package(version: "3.0", ending: "y"), .wait).run()
    #expect(changes(&roster).isEmpty, "what waits changes nothing")
    try place.registry.beginRemoval(name)
    #expect(changes(&roster) == [.remove(name)])
    #expect(changes(&roster).isEmpty)
  }

  @Test func `one that cannot be read just now stays as it is`() throws {
    defer { place.clear() }
    var roster = PluginRoster()
    try place.placing(place.package()).run()
    _ = changes(&roster)
    let record = place.registry.folder(of: name).recordPath
    try Data("{".utf8).write(to: URL(filePath: record))
    #expect(place.registry.standings.isEmpty)
    #expect(changes(&roster).isEmpty)
  }

  @Test func `each plugin keeps its place, and a new one gets the first that is free`() throws {
    defer { place.clear() }
    func add(_ other: String) throws -> Int {
      let text = "recourse-plugin: 1\nname: \(other)\nversion: 1\npurpose: x\nasks: {}\n"
      let file = "\(place.root)/\(other).yaml"
      try Data(text.utf8).write(to: URL(filePath: file))
      try place.placing(PluginPackage(at: file), settings: [:]).run()
      return try place.registry.plugin(PluginName(other)!).record.place
    }
    #expect(try add("b") == 0)
    #expect(try add("a") == 1)
    #expect(try add("c") == 2)
    try place.registry.beginRemoval(PluginName("a")!)
    #expect(try add("d") == 1)
  }

  // MARK: What an upgrade asks for beyond what was approved

  @Test func `more rights, another host and what is let go of are told apart`() throws {
    let old = try PluginManifest(parsing: PluginManifestTests.whole)
    let new = try PluginManifest(
      parsing: PluginManifestTests.whole.replacing("alerts.example.org:443", with: "b.example:443")
        .replacing("serves: []", with: "publishes: [a.Told]")
        .replacing("fields: [name, ways]", with: "fields: [name, address]"))
    let change = PluginChange(from: old, to: new)
    let asked = "asks recourse.intake.v1.Intake/GetReferralDetails for"
    #expect(change.moreRights == ["announces a.Told", "\(asked) address, for support-referral"])
    #expect(change.moreHosts == ["speaks to b.example:443"])
    #expect(
      change.less == ["\(asked) ways, for support-referral", "speaks to alerts.example.org:443"])
    #expect(PluginChange(from: old, to: old).more.isEmpty)
    #expect(PluginChange(from: nil, to: old).more.count == 4)
  }

  @Test func `a digest is of manifest and program, and typed as a person types`() throws {
    defer { place.clear() }
    let digests = try place.package().digests()
    #expect(digests.isSame(as: digests.shown))
    #expect(digests.isSame(as: digests.shown.uppercased().replacing("-", with: "")))
    #expect(!digests.isSame(as: String(digests.shown.dropLast())))
    #expect(try place.package(ending: "x").digests().shown != digests.shown)
    #expect(try place.package(version: "9").digests().shown != digests.shown)
  }
}
