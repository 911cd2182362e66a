import Foundation
import Glibc

/// The plugins of an installation: a folder for each in `DIR/plugins`.
///
///     plugins/NAME/plugin.yaml     the manifest, as it was approved
///     plugins/NAME/record.json     its version, and the digests of what was approved
///     plugins/NAME/program         a copy of its program; none for one that ships
///     plugins/NAME/settings.json   what is set for it, secrets too
///     plugins/NAME/next/           an upgrade that waits for approval, in the same form
///     plugins/.new-NAME/           what is being added; nothing starts from it
///     plugins/.gone-NAME/          what is being removed
///
/// A folder gets its name when all is in it and on the medium, so whatever cuts a command short leaves a plugin whole
/// or not there.
public struct PluginRegistry: Sendable, Hashable {
  /// Plugins that there may be.
  public static let pluginsLimit = 64
  public static let folderName = "plugins"

  public let path: String

  /// - Parameter path: of the folder, which need not be there.
  public init(_ path: String) { self.path = path }

  /// The plugins that are registered, by name. What cannot be a plugin's folder is passed over.
  public var names: [PluginName] {
    entries.compactMap { PluginName($0) }
  }

  /// Plugins whose removal was begun and not ended.
  public var leaving: [PluginName] {
    entries.filter { $0.hasPrefix(Self.gone) }
      .compactMap { PluginName(String($0.dropFirst(Self.gone.count))) }
  }

  private var entries: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }

  static let new = ".new-"
  static let gone = ".gone-"

  /// The folder of a plugin that is registered, or would be.
  public func folder(of name: PluginName) -> PluginFolder { PluginFolder("\(path)/\(name)") }
  func newFolder(of name: PluginName) -> PluginFolder { PluginFolder("\(path)/\(Self.new)\(name)") }
  public func goneFolder(of name: PluginName) -> PluginFolder {
    PluginFolder("\(path)/\(Self.gone)\(name)")
  }

  /// Whether a plugin of that name is registered.
  public func has(_ name: PluginName) -> Bool { folder(of: name).isThere }
  /// Whether somebody began to add one, and was cut short.
  public func hasBegun(_ name: PluginName) -> Bool { newFolder(of: name).isThere }

  /// The place that a plugin has, or would get: the first that is free.
  func place(of name: PluginName) -> Int {
    let taken = names.compactMap { other -> (PluginName, Int)? in
      (try? plugin(other)).map { (other, $0.record.place) }
    }
    if let own = taken.first(where: { $0.0 == name }) { return own.1 }
    let places = Set(taken.map(\.1))
    return (0...places.count).first { !places.contains($0) } ?? 0
  }

  /// As many places as it takes for each plugin to have its own.
  public var placesCount: Int {
    (names.compactMap { try? plugin($0).record.place }.max() ?? -1) + 1
  }

  /// A plugin that is registered.
  /// - Throws: ``PluginRegistryError`` if there is none, or its files cannot be used.
  public func plugin(_ name: PluginName) throws(PluginRegistryError) -> RegisteredPlugin {
    guard has(name) else {
      throw PluginRegistryError(.unknown, path: name.text, "No plugin of that name is added.")
    }
    return try folder(of: name).read(as: name)
  }
}

/// The folder of one plugin, and what is what in it.
public struct PluginFolder: Sendable, Hashable {
  public let path: String

  init(_ path: String) { self.path = path }

  public var manifestPath: String { "\(path)/\(PluginManifest.fileName)" }
  public var recordPath: String { "\(path)/\(PluginRecord.fileName)" }
  public var programPath: String { "\(path)/program" }
  public var settingsPath: String { "\(path)/\(PluginSettingsFile.fileName)" }
  /// Of an upgrade that waits.
  public var next: PluginFolder { PluginFolder("\(path)/next") }

  public var isThere: Bool { access(path, F_OK) == 0 }

  /// What is registered in it.
  /// - Throws: ``PluginRegistryError``.
  func read(as name: PluginName) throws(PluginRegistryError) -> RegisteredPlugin {
    let text = try PluginFile.text(of: recordPath, bytesLimit: PluginRecord.bytesLimit)
    guard let record = PluginRecord(json: text), record.name == name.text else {
      throw PluginRegistryError(
        .unreadable, path: recordPath,
        "This is no record of form \(PluginRecord.current) of \(name).")
    }
    let manifest = try PluginFile.text(of: manifestPath, bytesLimit: PluginManifest.bytesLimit)
    let package = try PluginPackage(text: manifest, file: manifestPath)
    guard package.manifest.name == name else {
      throw PluginRegistryError(
        .changedOnDisk, path: manifestPath, "This is the manifest of another plugin.")
    }
    let program = package.program == nil ? nil : programPath
    return RegisteredPlugin(
      folder: self, record: record,
      package: PluginPackage(manifest: package.manifest, text: manifest, program: program))
  }
}

/// A plugin as it is registered.
public struct RegisteredPlugin: Sendable, Hashable {
  public let folder: PluginFolder
  public let record: PluginRecord
  /// As it lies there now; its program is the copy.
  public let package: PluginPackage

  public var manifest: PluginManifest { package.manifest }
  public var name: PluginName { package.manifest.name }
  /// The manifest that was approved; nil if another lies there now.
  public var approvedManifest: PluginManifest? {
    PluginDigests.hexadecimal(of: package.text) == record.digests.manifest ? manifest : nil
  }

  /// - Throws: ``PluginRegistryError`` `changed-on-disk` if manifest or program are not what was approved.
  public func verify() throws(PluginRegistryError) {
    let found: PluginDigests
    do throws(PluginRegistryError) { found = try package.digests() } catch {
      throw PluginRegistryError(.changedOnDisk, path: error.path, error.what)
    }
    guard found.manifest == record.digests.manifest else {
      throw PluginRegistryError(
        .changedOnDisk, path: folder.manifestPath, "This manifest is not the one that was approved."
      )
    }
    guard found.program == record.digests.program else {
      throw PluginRegistryError(
        .changedOnDisk, path: folder.programPath, "This program is not the one that was approved.")
    }
  }

  /// What is set for it; nothing, if there is no file.
  /// - Throws: ``PluginRegistryError``.
  public func settings() throws(PluginRegistryError) -> [String: String] {
    guard access(folder.settingsPath, F_OK) == 0 else { return [:] }
    return try PluginSettingsFile.read(folder.settingsPath)
  }

  /// An upgrade of it that waits for approval.
  /// - Throws: ``PluginRegistryError`` if its files cannot be used.
  public func waiting() throws(PluginRegistryError) -> RegisteredPlugin? {
    guard folder.next.isThere else { return nil }
    return try folder.next.read(as: name)
  }
}
