import Bus
import PluginPackages

extension Failure {
  /// What an error of a package or of the registry means for the command.
  init(_ error: PluginRegistryError) {
    let isOfPlace = [.unwritable, .changedOnDisk].contains(error.kind)
    self.init(
      exit: isOfPlace ? .unavailable : .input, code: error.code, path: error.path,
      message: error.what, wayOut: error.wayOut)
  }

  /// Runs something that reads or writes plugins.
  /// - Throws: ``Failure`` in the place of an error of the registry.
  static func ofPlugins<Result>(
    _ body: () throws(PluginRegistryError) -> Result
  ) throws -> Result {
    do throws(PluginRegistryError) { return try body() } catch { throw Failure(error) }
  }
}

extension DataDirectory {
  /// The plugins that are added here.
  var plugins: PluginRegistry { PluginRegistry("\(path)/\(PluginRegistry.folderName)") }
  /// The plugin of that name that is added here; nil if there is none.
  /// - Throws: ``Failure`` if its files cannot be used.
  func registeredPlugin(_ name: PluginName) throws -> RegisteredPlugin? {
    guard plugins.has(name) else { return nil }
    return try Failure.ofPlugins { () throws(PluginRegistryError) in try plugins.plugin(name) }
  }
  /// Keeps everybody else from changing the plugins, as long as it is held.
  /// - Throws: ``Failure`` `try-again` if somebody does already.
  func lockPlugins() throws -> FileLock {
    do throws(FileLockError) { return try FileLock(path: "\(path)/plugins.lock") } catch {
      guard case .held(let path) = error else { throw Failure(error) }
      throw Failure(
        exit: .tryAgain, code: "try-again", path: path,
        message: "Another command is changing the plugins.", wayOut: "Try again.")
    }
  }
  /// Audits of workers that were removed.
  var auditsPath: String { "\(path)/audits" }
}
