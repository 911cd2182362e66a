import ArgumentParser
import Logging

/// The commands that every plugin's program has.
struct PluginCommand: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    let program = PluginProgram.current
    return CommandConfiguration(
      commandName: program.name,
      abstract: "A plugin of Recourse.",
      discussion: "An operator adds it by `recourse plugin add`, which has it run from then on.",
      version: program.version.isEmpty ? "not told" : program.version,
      subcommands: [PluginRunCommand.self, PluginDescribeCommand.self])
  }
}

/// `NAME run`: runs the plugin.
struct PluginRunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run the plugin as this process.",
    discussion: """
      \(WorkerProcess.discussion)

      What is set for it is in plugins/NAME/settings.json of its data directory.
      """)

  @OptionGroup var process: WorkerProcess

  func run() async throws {
    let program = PluginProgram.current
    do {
      try await process.run(program.name) { place in
        try program.worker(PluginSettings.read(of: program.name, in: place))
      }
    } catch let failure as ProcessFailure {
      // Whoever reads the log file later finds it there, as lines with fields.
      ProcessLog.logger(program.name).error("\(failure.message)", metadata: failure.metadata)
      throw failure
    }
  }
}

/// `NAME describe`: what the plugin asks for.
struct PluginDescribeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "describe",
    abstract: "Say in one line of JSON what the plugin asks for, without running it.")

  func run() throws {
    let program = PluginProgram.current
    let description = try PluginDescription(version: program.version) { settings in
      try program.worker(settings)
    }
    StandardStream.line(try description.json)
  }
}
