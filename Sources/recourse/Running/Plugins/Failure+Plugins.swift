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
  /// Audits of workers that were removed.
  var auditsPath: String { "\(path)/audits" }
}
