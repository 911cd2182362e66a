import ArgumentParser
import PluginPackages

/// `recourse plugin`: agencies and services that join by a plugin.
struct PluginCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plugin",
    abstract: "Write, check, add, look at, upgrade and remove plugins.",
    discussion: """
      A plugin is a worker with a manifest (plugin.yaml) that says what it is for, what it reaches and what it \
      asks for. An operator reads that and lets it in; the broker lets it do nothing else. `recourse up` runs what \
      is added, watches it and starts it again like all others, from a copy whose digest is compared before each \
      start.
      """,
    subcommands: [
      PluginAddCommand.self, PluginListCommand.self, PluginUpgradeCommand.self,
      PluginRemoveCommand.self, PluginNewCommand.self, PluginCheckCommand.self,
    ])
}

/// What all of them need.
struct PluginOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "The data directory, else RECOURSE_DATA, else \(ServerOptions.directoryByDefault).",
      valueName: "dir"))
  var data: String?

  @OptionGroup var output: OutputOptions

  var directory: DataDirectory { get throws { try ServerOptions.directory(data) } }
  var keeper: PluginKeeper { get throws { PluginKeeper(directory: try directory) } }

  /// A plugin's name, as it was typed.
  /// - Throws: ``Failure`` `bad-name`.
  func name(_ text: String) throws -> PluginName {
    guard let name = PluginName(text) else {
      throw Failure.input(
        "bad-name", path: "NAME",
        "A plugin's name is 1 to \(PluginName.lengthLimit) of a-z, 0-9 and single hyphens inside.")
    }
    return name
  }
}
