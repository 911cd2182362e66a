import Foundation
import Glibc

/// Which plugins a supervisor runs, held against those that are registered: a value that says what has changed.
public struct PluginRoster: Sendable {
  /// A plugin as it is registered at one moment. One that stands otherwise has changed, and is started anew.
  public struct Standing: Sendable, Hashable {
    public let name: PluginName
    public let record: PluginRecord
    /// Of the file of the record, which every placing writes anew.
    let placed: FileStamp?
    /// Of the file of settings; nil if there is none.
    let settings: FileStamp?
  }

  /// What is to be done.
  public enum Change: Sendable, Hashable {
    case add(PluginName)
    /// It was upgraded, or set otherwise.
    case exchange(PluginName)
    case remove(PluginName)
  }

  private var running: [PluginName: Standing] = [:]

  /// Nothing runs.
  public init() {}

  /// Takes in what is registered now.
  /// - Parameters:
  ///   - found: those whose records can be read.
  ///   - names: all that are there. One that cannot be read just now stays as it is.
  public mutating func take(_ found: [Standing], of names: [PluginName]) -> [Change] {
    var changes: [Change] = []
    for name in running.keys.sorted(by: { $0.text < $1.text }) where !names.contains(name) {
      running[name] = nil
      changes.append(.remove(name))
    }
    for standing in found {
      let old = running.updateValue(standing, forKey: standing.name)
      guard old != standing else { continue }
      changes.append(old == nil ? .add(standing.name) : .exchange(standing.name))
    }
    return changes
  }
}

/// Tells a file that was written anew from what it was.
struct FileStamp: Sendable, Hashable {
  private let inode: UInt64
  private let size: Int64
  private let nanoseconds: Int64

  /// Nil if there is no such file.
  init?(_ path: String) {
    var found = stat()
    guard stat(path, &found) == 0 else { return nil }
    inode = UInt64(found.st_ino)
    size = Int64(found.st_size)
    nanoseconds = Int64(found.st_mtim.tv_sec) * 1_000_000_000 + Int64(found.st_mtim.tv_nsec)
  }
}

extension PluginRegistry {
  /// How the plugins are registered now, by name; those that cannot be read are left out.
  public var standings: [PluginRoster.Standing] {
    names.compactMap { name in
      guard let plugin = try? plugin(name) else { return nil }
      return PluginRoster.Standing(
        name: name, record: plugin.record, placed: FileStamp(plugin.folder.recordPath),
        settings: FileStamp(plugin.folder.settingsPath))
    }
  }
}
