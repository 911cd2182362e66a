import Broker
import Foundation
import Messages
import PluginPackages
import Testing
import WorkerKit

@testable import recourse

/// What is decided before a plugin is let in, and what an operator is told of those that were.
@Suite struct PluginKeeperTests {
  static func manifest(_ name: String, version: String = "1", asks: String = "{}") -> String {
    """
    recourse-plugin: 1
    name: \(name)
    version: "\(version)"
    purpose: Does little.
    webhook:
      events: [recourse.intake.v1.ApplicationReceived]
      url: https://desk.example.org/\(asks)
    """
  }

  /// A webhook's package: it needs no program.
  static func package(
    _ name: String, version: String = "1", path: String = "a", in directory: DataDirectory
  ) throws -> PluginPackage {
    let file = "\(directory.path)/\(name).yaml"
    try Data(manifest(name, version: version, asks: path).utf8).write(to: URL(filePath: file))
    return try PluginPackage(at: file)
  }

  static func add(_ name: String, in directory: DataDirectory) throws {
    let package = try package(name, in: directory)
    try PluginPlacing(
      package, package.digests(), settings: [:], in: directory.plugins, .add, at: Picture.moment
    ).run()
  }

  @Test(arguments: ["intake", "operator", "broker", "client", "supervisor"])
  func `a plugin gets no name of what is built in`(name: String) throws {
    try withDirectory { directory in
      let keeper = PluginKeeper(directory: directory)
      let failure = #expect(throws: Failure.self) {
        try keeper.offer(adding: Self.package(name, in: directory))
      }
      #expect(failure?.code == "name-taken")
    }
  }

  @Test func `one that is not built yet is checked as it is added: with the word to build it`()
    throws
  {
    try withDirectory { directory in
      let file = "\(directory.path)/alerts.yaml"
      let text = Self.manifest("alerts").components(separatedBy: "webhook:")[0]
      let program = """
        program: .build/release/alerts
        asks:
          subscribes: [recourse.intake.v1.ApplicationReceived]

        """
      try Data((text + program).utf8).write(to: URL(filePath: file))
      let failure = try #require(throws: Failure.self) { try CheckedPlugin.found(file) }
      #expect(failure.code == "no-program")
      #expect(failure.path == "\(directory.path)/.build/release/alerts")
      #expect(failure.wayOut.hasPrefix("Build it first"))
      // As `plugin add` says it.
      let adding = try #require(throws: PluginRegistryError.self) {
        try PluginPackage(at: file).digests()
      }
      #expect(adding.code == failure.code && adding.wayOut == failure.wayOut)
    }
  }

  @Test func `one that is there, or whose removal was cut short, is not added`() throws {
    try withDirectory { directory in
      let keeper = PluginKeeper(directory: directory)
      try Self.add("desk", in: directory)
      let package = try Self.package("desk", in: directory)
      #expect(throws: Failure.self) { try keeper.offer(adding: package) }
      try directory.plugins.beginRemoval(package.manifest.name)
      let failure = #expect(throws: Failure.self) { try keeper.offer(adding: package) }
      #expect(failure?.code == "half-removed")
      #expect(PluginRow.findings(in: directory).inShort == ["problem half-removed desk"])
    }
  }

  @Test func `an upgrade says what is more, and is of the same plugin`() throws {
    try withDirectory { directory in
      let keeper = PluginKeeper(directory: directory)
      try Self.add("desk", in: directory)
      let name = try #require(PluginName("desk"))
      let next = try Self.package("desk", version: "2", path: "b", in: directory)
      let offer = try keeper.offer(upgrading: name, to: "\(directory.path)/desk.yaml")
      #expect(offer.digests == (try next.digests()))
      #expect(offer.change.more == ["sends to https://desk.example.org/b"])
      #expect(offer.change.less == ["sends to https://desk.example.org/a"])
      _ = try Self.package("other", in: directory)
      let failure = #expect(throws: Failure.self) {
        try keeper.offer(upgrading: name, to: "\(directory.path)/other.yaml")
      }
      #expect(failure?.code == "other-plugin")
    }
  }

  @Test func `an upgrade to another address waits, though it asks for no more rights`() async throws
  {
    let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let directory = DataDirectory(path)
    try directory.create()
    let keeper = PluginKeeper(directory: directory)
    try Self.add("desk", in: directory)
    let name = try #require(PluginName("desk"))
    _ = try Self.package("desk", version: "2", path: "b", in: directory)
    let offer = try keeper.offer(upgrading: name, to: "\(directory.path)/desk.yaml")
    let outcome = try await keeper.upgrade(
      offer, settings: [:], isApproved: false, now: Picture.moment)
    #expect(outcome == .waits)
    #expect(PluginRow.findings(in: directory).inShort == ["note upgrade-waits desk"])
    let again = try keeper.offer(upgrading: name, to: nil)
    #expect(again.isWaiting)
    let taken = try await keeper.upgrade(
      again, settings: [:], isApproved: true, now: Picture.moment)
    #expect(taken == .taken)
    #expect(try directory.plugins.plugin(name).record.version == "2")
    #expect(PluginRow.findings(in: directory).isEmpty)
    let approved = try directory.approvals.approved(for: "desk")
    #expect(approved?.subscribes == ["recourse.intake.v1.ApplicationReceived"])
  }

  @Test func `what somebody has written into a manifest is more than was approved, and waits`()
    async throws
  {
    let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let directory = DataDirectory(path)
    try directory.create()
    let keeper = PluginKeeper(directory: directory)
    try Self.add("desk", in: directory)
    let name = try #require(PluginName("desk"))
    let file = directory.plugins.folder(of: name).manifestPath
    try Data(Self.manifest("desk", asks: "elsewhere").utf8).write(to: URL(filePath: file))
    let offer = try keeper.offer(upgrading: name, to: nil)
    #expect(offer.change.more.contains("sends to https://desk.example.org/elsewhere"))
    let outcome = try await keeper.upgrade(
      offer, settings: [:], isApproved: false, now: Picture.moment)
    #expect(outcome == .waits)
    #expect(try directory.approvals.approved(for: "desk") == nil)
  }

  @Test func `what is changed on disk, or open to others, is found with a way out`() throws {
    try withDirectory { directory in
      try Self.add("desk", in: directory)
      let name = try #require(PluginName("desk"))
      #expect(PluginRow.findings(in: directory).isEmpty)
      #expect(directory.plugins.objection(to: "desk") == nil)
      #expect(directory.plugins.objection(to: "intake") == nil)
      let folder = directory.plugins.folder(of: name)
      #expect(chmod(folder.settingsPath, 0o644) == 0)
      #expect(PluginRow.findings(in: directory).codes == ["secret-too-open"])
      #expect(chmod(folder.settingsPath, 0o600) == 0)
      let text = Self.manifest("desk", asks: "elsewhere")
      try Data(text.utf8).write(to: URL(filePath: folder.manifestPath))
      let finding = try #require(PluginRow.findings(in: directory).first)
      #expect(finding.code == "changed-on-disk")
      #expect(finding.wayOut.contains("recourse plugin upgrade desk PATH"))
      #expect(directory.plugins.objection(to: "desk")?.contains("changed-on-disk") == true)
    }
  }

  // MARK: What is approved

  @Test func `what is approved is what the kit asks for with what is declared`() throws {
    let worker = Worker(
      name: "desk", emits: [Recourse_Support_V1_ReferralMade.self],
      routes: [.on(Recourse_Intake_V1_ApplicationReceived.self) { _, _ in }],
      calls: [Recourse_Intake_V1_Intake.Method.GetConsents.descriptor],
      disclosures: [
        DisclosureNeed(
          Recourse_Intake_V1_Intake.Method.GetReferralDetails.descriptor,
          purpose: "support-referral", fields: ["name", "ways"])
      ])
    let asked = try worker.manifest()
    var own = Recourse_Bus_V1_Manifest()
    own.publishes = asked.publishes
    own.subscribes = asked.subscribes
    own.calls = ["recourse.intake.v1.Intake/GetConsents"]
    own.disclosures = asked.disclosures
    let approved = try PluginRights.manifest(for: PluginAsks(own: own))
    #expect(Set(Grants(approved).lines) == Set(Grants(asked).lines))
    let silent = try PluginRights.manifest(for: PluginAsks())
    #expect(Set(Grants(silent).lines) == Set(Grants(try Worker(name: "desk").manifest()).lines))
  }

  @Test func `every plugin that ships says of itself what its manifest says`() async throws {
    for plugin in ShippedPlugins.all {
      let package = try plugin.package
      #expect(package.manifest.source == .shipped)
      #expect(!package.manifest.purpose.isEmpty)
      try await PluginWord.check(package, package.digests())
    }
    #expect(ShippedPlugins.byName.count == ShippedPlugins.all.count)
  }
}
