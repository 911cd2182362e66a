import Broker
import Bus
import Foundation
import Messages
import PluginPackages
import WorkerKit

/// Looks after the plugins of an installation: takes them in and exchanges them. Each change is there whole or not at
/// all, whether the system runs or not; `recourse up` sees it by itself.
struct PluginKeeper: Sendable {
  let directory: DataDirectory

  var registry: PluginRegistry { directory.plugins }

  /// What is offered to an operator: a package, and what it would change.
  struct Offer: Sendable {
    let package: PluginPackage
    let digests: PluginDigests
    /// The plugin that it would take the place of.
    let current: RegisteredPlugin?
    /// The same package waits already.
    let isWaiting: Bool

    var manifest: PluginManifest { package.manifest }
    /// Against what was approved, and not against what somebody has written in its place since.
    var change: PluginChange { PluginChange(from: current?.approvedManifest, to: manifest) }
  }

  /// What became of an upgrade.
  enum Outcome: Sendable, Hashable {
    /// It is the one that runs from now on.
    case taken
    /// It waits beside the one that runs, until somebody approves it.
    case waits
    /// It was that already.
    case same
  }

  /// Names that are other principals' or processes'.
  private static let taken: Set = Set(RightsKeeper.builtIn).union([
    KeyFolder.broker, PeerIdentity.clientName, "supervisor",
  ])

  // MARK: What is offered

  /// The package at a path, or the plugin of that name that ships.
  /// - Throws: ``Failure``.
  func package(_ text: String) throws -> PluginPackage {
    if let shipped = ShippedPlugins.byName[text] { return try shipped.package }
    if PluginName(text) != nil, !FileManager.default.fileExists(atPath: text) {
      throw Failure.input("unknown-plugin", path: text, "No plugin of that name ships.").with(
        wayOut: "\(ShippedPlugins.told) "
          + "Of another one give the path of its plugin.yaml.")
    }
    return try Failure.ofPlugins { () throws(PluginRegistryError) in try PluginPackage(at: text) }
  }

  /// What adding a package means.
  /// - Throws: ``Failure`` if it cannot be added under this name.
  func offer(adding package: PluginPackage) throws -> Offer {
    let name = package.manifest.name
    guard !Self.taken.contains(name.text) else {
      throw Failure.input(
        "name-taken", path: name.text, "\(name) is the name of something that is built in."
      ).with(wayOut: "Give the plugin another name, in plugin.yaml and in its program.")
    }
    guard !registry.has(name) else {
      throw Failure(
        PluginRegistryError(.alreadyThere, path: name.text, "\(name) is added already."))
    }
    guard !registry.leaving.contains(name) else {
      throw Failure.input(
        "half-removed", path: name.text, "The removal of an earlier \(name) was cut short."
      ).with(wayOut: "Finish it first: recourse plugin remove \(name) --data \(directory.path)")
    }
    return Offer(
      package: package, digests: try digests(package), current: nil, isWaiting: false)
  }

  /// What an upgrade means.
  /// - Parameter path: of the package; nil for the upgrade that waits or, of a plugin that ships, for what ships now.
  ///   If there is neither, what runs is offered again, to be set otherwise.
  /// - Throws: ``Failure``.
  func offer(upgrading name: PluginName, to path: String?) throws -> Offer {
    let current = try Failure.ofPlugins { () throws(PluginRegistryError) in
      try registry.plugin(name)
    }
    let waiting = try Failure.ofPlugins { () throws(PluginRegistryError) in
      try current.waiting()
    }
    var package = waiting?.package ?? current.package
    if let path {
      package = try self.package(path)
    } else if waiting == nil, current.manifest.source == .shipped {
      package = try self.package(name.text)
    }
    guard package.manifest.name == name else {
      throw Failure.input(
        "other-plugin", path: package.manifest.name.text,
        "This is a package of \(package.manifest.name), not of \(name)."
      ).with(wayOut: "Add it under its own name: recourse plugin add.")
    }
    let digests = try digests(package)
    return Offer(
      package: package, digests: digests, current: current,
      isWaiting: waiting?.record.digests == digests)
  }

  private func digests(_ package: PluginPackage) throws -> PluginDigests {
    try Failure.ofPlugins { () throws(PluginRegistryError) in try package.digests() }
  }

  // MARK: What is done

  /// Takes a plugin in that an operator has approved.
  /// - Throws: ``Failure``; then nothing is there that would start.
  func add(_ offer: Offer, settings: [String: String], now: Date) async throws {
    let name = offer.manifest.name
    try check(settings, for: offer.manifest)
    try await PluginWord.check(offer.package, offer.digests)
    let rights = try PluginRights.manifest(for: offer.manifest.asks)
    try directory.create()
    let lock = try directory.lockPlugins()
    defer { withExtendedLifetime(lock) {} }
    let keys = KeyKeeper(directory.keys)
    try keys.prepare([KeyFolder.operatorName])
    // What is built in is approved before anything else is, or nobody would see that it was not.
    let keeper = RightsKeeper(directory)
    try keeper.prepare()
    let isAgain = registry.hasBegun(name)
    if !isAgain { try keys.refuseKnown(name.text) }
    let placing = PluginPlacing(
      offer.package, offer.digests, settings: settings, in: registry, .add, at: now)
    try failing {
      try placing.run {
        try keys.enrolForPlugin(name.text)
        _ = try keeper.approve(name.text, rights)
      }
    }
  }

  /// Takes an upgrade in, or lets it wait where it asks for more than an operator has approved.
  /// - Throws: ``Failure``; then all is as it was.
  func upgrade(
    _ offer: Offer, settings: [String: String], isApproved: Bool, now: Date
  ) async throws -> Outcome {
    guard let current = offer.current else { return .same }
    let name = offer.manifest.name
    let lock = try directory.lockPlugins()
    defer { withExtendedLifetime(lock) {} }
    try check(settings, for: offer.manifest)
    let isSame = current.record.digests == offer.digests && current.isWhole
    if isSame {
      registry.dropWaiting(name)
      directory.approvals.forget(askedBy: name.text)
      let old = try Failure.ofPlugins { () throws(PluginRegistryError) in try current.settings() }
      guard old != settings else { return .same }
      try Failure.ofPlugins { () throws(PluginRegistryError) in
        try registry.set(settings, for: name)
      }
      return .taken
    }
    let waits = !offer.change.more.isEmpty && !isApproved
    // What nobody has approved is not run, not even to hear what it says.
    if !waits { try await PluginWord.check(offer.package, offer.digests) }
    let rights = try PluginRights.manifest(for: offer.manifest.asks)
    if waits {
      registry.dropWaiting(name)
      try failing { try placing(offer, settings, .wait, now).run() }
      try ask(rights, name)
      return .waits
    }
    let keeper = RightsKeeper(directory)
    try failing {
      // More before it is needed, less when it is not needed any more: who runs is never without.
      try placing(offer, settings, .replace, now).run { _ = try keeper.approve(name.text, rights) }
    }
    return .taken
  }

  private func placing(
    _ offer: Offer, _ settings: [String: String], _ purpose: PluginPlacing.Purpose, _ now: Date
  ) -> PluginPlacing {
    PluginPlacing(
      offer.package, offer.digests, settings: settings, in: registry, purpose, at: now)
  }

  /// So `recourse rights diff` shows it, and `recourse rights approve` lets it in.
  private func ask(_ rights: Recourse_Bus_V1_Manifest, _ name: PluginName) throws {
    try RightsKeeper.failing { () throws(ApprovalError) in
      try directory.approvals.keep(asked: rights, by: name.text)
    }
  }

  private func check(_ settings: [String: String], for manifest: PluginManifest) throws {
    try Failure.ofPlugins { () throws(PluginRegistryError) in try manifest.check(settings) }
  }

  private func failing(_ body: () throws -> Void) throws {
    do { try body() } catch let error as PluginRegistryError { throw Failure(error) }
  }
}

extension RegisteredPlugin {
  /// What lies there is what was approved.
  fileprivate var isWhole: Bool {
    do throws(PluginRegistryError) {
      try verify()
      return true
    } catch { return false }
  }
}

extension KeyKeeper {
  /// A plugin gets no name that somebody else is admitted by.
  /// - Throws: ``Failure`` `name-taken`.
  fileprivate func refuseKnown(_ name: String) throws {
    let now = Date()
    guard try list().rows.contains(where: { $0.entry.name == name && $0.entry.isValid(at: now) })
    else { return }
    throw Failure.input(
      "name-taken", path: name, "\(name) has a key already, and is no plugin here."
    )
    .with(
      wayOut:
        "If it is the same one, run apart until now: recourse keys revoke \(name), then add it. "
        + "Else give the plugin another name.")
  }

  /// Enrols a plugin, unless that was done by somebody who was cut short then.
  fileprivate func enrolForPlugin(_ name: String) throws {
    let now = Date()
    let isEnrolled = try list().rows.contains {
      $0.entry.name == name && $0.entry.isValid(at: now) && $0.secret == "here"
    }
    if !isEnrolled { _ = try enrol(name, nil) }
  }
}
