import Foundation
import Glibc

/// Why a plugin cannot be taken in, or what is registered cannot be used.
public struct PluginRegistryError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What kind of thing is wrong. Its raw value is the stable code that a command prints.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    case unknown = "unknown-plugin"
    case alreadyThere = "already-added"
    case tooMany = "too-many-plugins"
    case invalidManifest = "invalid-plugin"
    case noProgram = "no-program"
    case notExecutable = "not-executable"
    case otherSystem = "other-system"
    case changedOnDisk = "changed-on-disk"
    case changedMeanwhile = "changed-meanwhile"
    case tooOpen = "secret-too-open"
    case badSetting = "bad-setting"
    case missingSetting = "missing-setting"
    case unreadable
    case unwritable
  }

  public let kind: Kind
  /// The file, or the name.
  public let path: String
  /// What is wrong, in a sentence.
  public let what: String

  public init(_ kind: Kind, path: String, _ what: String) {
    self.kind = kind
    self.path = path
    self.what = what
  }

  /// Stable code.
  public var code: String { kind.rawValue }

  /// What to do about it.
  public var wayOut: String {
    switch kind {
    case .unknown: "`recourse plugin list` shows what is added and what ships."
    case .alreadyThere: "For another edition of it: `recourse plugin upgrade`."
    case .tooMany: "Remove one that is not needed: `recourse plugin remove NAME`."
    case .invalidManifest: "Put the manifest right; Sources/PluginPackages/README.md has its form."
    case .noProgram: "Build it first, or name its place in the manifest: program."
    case .notExecutable: "Build it anew, or make it executable: chmod +x."
    case .otherSystem: "Build it on a machine like this one."
    case .changedOnDisk:
      "Put back what was there, or give the package again: `recourse plugin upgrade NAME PATH`."
    case .changedMeanwhile: "Look at it again, then give the command again."
    case .tooOpen: "Take their rights away: chmod 600 FILE."
    case .badSetting: "Put it right: --set NAME=VALUE, or --secret NAME for a secret one."
    case .missingSetting: "Set it: --set NAME=VALUE, or --secret NAME for a secret one."
    case .unreadable: "Make it a readable file of UTF-8 text, of the size that is said."
    case .unwritable: "Make room, and see that you may write there."
    }
  }

  public var description: String { "\(path): \(what)" }

  static func unreadable(_ path: String) -> Self {
    Self(.unreadable, path: path, "This file cannot be read.")
  }

  static func unwritable(_ path: String, _ code: Int32) -> Self {
    Self(
      .unwritable, path: path,
      "This cannot be written: \(String(cString: strerror(code))).")
  }
}
