import CLinux
public import Foundation
import Glibc

/// How a package gets into a registry, step by step. Whoever carries the steps out may be cut short after each: before
/// ``Step/name`` nothing is registered that was not before, after it all is.
public struct PluginPlacing: Sendable {
  /// One thing that is done.
  public enum Step: Sendable, Hashable, CaseIterable {
    case makeFolder
    case copyManifest
    case copyProgram
    case writeSettings
    case writeRecord
    /// The folder gets the name that counts; an older one is exchanged for it in the same instant.
    case name
    /// What was exchanged goes.
    case clear
  }

  /// What is placed where.
  public enum Purpose: Sendable, Hashable {
    /// It is new.
    case add
    /// It takes the place of the one that is there.
    case replace
    /// It waits beside the one that is there.
    case wait
  }

  private let registry: PluginRegistry
  private let package: PluginPackage
  private let digests: PluginDigests
  private let settings: [String: String]
  private let purpose: Purpose
  private let now: Date

  /// - Parameters:
  ///   - digests: of the package as it was approved.
  ///   - settings: all that is set for it.
  public init(
    _ package: PluginPackage, _ digests: PluginDigests, settings: [String: String],
    in registry: PluginRegistry, _ purpose: Purpose, at now: Date
  ) {
    self.package = package
    self.digests = digests
    self.settings = settings
    self.registry = registry
    self.purpose = purpose
    self.now = now
  }

  private var name: PluginName { package.manifest.name }
  private var draft: PluginFolder { registry.newFolder(of: name) }
  private var place: PluginFolder {
    purpose == .wait ? registry.folder(of: name).next : registry.folder(of: name)
  }

  /// All steps, in their order.
  /// - Parameter beforeNaming: what must be done before the plugin is there; where it throws nothing is.
  /// - Throws: ``PluginRegistryError``, or what is thrown before the naming.
  public func run(beforeNaming: () throws -> Void = {}) throws {
    for step in Step.allCases {
      if step == .name { try beforeNaming() }
      try perform(step)
    }
  }

  /// One step.
  /// - Throws: ``PluginRegistryError``.
  public func perform(_ step: Step) throws(PluginRegistryError) {
    switch step {
    case .makeFolder: try makeFolder()
    case .copyManifest: try PluginFile.write(package.text, to: draft.manifestPath)
    case .copyProgram: try copyProgram()
    case .writeSettings:
      try PluginFile.write(PluginSettingsFile.text(of: settings), to: draft.settingsPath)
    case .writeRecord:
      let record = PluginRecord(package, digests, place: registry.place(of: name), at: now)
      try PluginFile.write(record.json, to: draft.recordPath)
    case .name: try nameFolder()
    case .clear: clear()
    }
  }

  private func makeFolder() throws(PluginRegistryError) {
    try PluginFile.makeFolder(registry.path)
    guard
      purpose != .add || registry.has(name) || registry.names.count < PluginRegistry.pluginsLimit
    else {
      throw PluginRegistryError(
        .tooMany, path: registry.path,
        "There are \(PluginRegistry.pluginsLimit) plugins, and no more can be.")
    }
    // What somebody began who was cut short.
    try? FileManager.default.removeItem(atPath: draft.path)
    try PluginFile.makeFolder(draft.path)
  }

  private func copyProgram() throws(PluginRegistryError) {
    guard let program = package.program else { return }
    let copied = try PluginProgram.copy(program, to: draft.programPath)
    // What was looked at is what is run.
    guard copied == digests.program else {
      throw PluginRegistryError(
        .changedMeanwhile, path: program, "This program was changed while it was looked at.")
    }
  }

  private func nameFolder() throws(PluginRegistryError) {
    PluginFile.sync(folder: draft.path)
    let isExchanged = place.isThere
    guard !isExchanged || purpose != .add else {
      throw PluginRegistryError(.alreadyThere, path: name.text, "\(name) is added already.")
    }
    let isNamed =
      isExchanged
      ? recourse_exchange(draft.path, place.path) : recourse_rename_new(draft.path, place.path)
    guard isNamed == 0 else {
      throw .unwritable(place.path, errno)
    }
    PluginFile.sync(folder: registry.path)
  }

  private func clear() { try? FileManager.default.removeItem(atPath: draft.path) }
}

extension PluginRegistry {
  /// Puts an upgrade that waited in the place of what it waited beside; what is set now stays set.
  /// - Throws: ``PluginRegistryError``.
  public func takeWaiting(_ name: PluginName, at now: Date) throws(PluginRegistryError) {
    let current = try plugin(name)
    guard let next = try current.waiting() else {
      throw PluginRegistryError(.unknown, path: name.text, "No upgrade of \(name) waits.")
    }
    try next.verify()
    let placing = PluginPlacing(
      next.package, next.record.digests, settings: try next.settings(), in: self, .replace, at: now)
    for step in PluginPlacing.Step.allCases { try placing.perform(step) }
  }

  /// Lets go of an upgrade that waits, if one does.
  public func dropWaiting(_ name: PluginName) {
    try? FileManager.default.removeItem(atPath: folder(of: name).next.path)
  }

  /// Writes what is set for a plugin that is there.
  /// - Throws: ``PluginRegistryError``.
  public func set(_ values: [String: String], for name: PluginName) throws(PluginRegistryError) {
    try PluginFile.write(
      PluginSettingsFile.text(of: values), to: folder(of: name).settingsPath)
  }

  /// Takes a plugin's name away, so that nothing starts from its folder any more.
  /// - Throws: ``PluginRegistryError``.
  public func beginRemoval(_ name: PluginName) throws(PluginRegistryError) {
    guard has(name) else { return }
    let gone = goneFolder(of: name)
    try? FileManager.default.removeItem(atPath: gone.path)
    guard rename(folder(of: name).path, gone.path) == 0 else {
      throw .unwritable(gone.path, errno)
    }
    PluginFile.sync(folder: path)
  }

  /// Removes what is left of a plugin whose removal has begun, and of one that was begun to be added.
  public func endRemoval(_ name: PluginName) {
    for folder in [newFolder(of: name), goneFolder(of: name)] {
      try? FileManager.default.removeItem(atPath: folder.path)
    }
    PluginFile.sync(folder: path)
  }
}
