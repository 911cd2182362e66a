import ArgumentParser
import Foundation
import PluginPackages

/// `recourse plugin remove`: takes a plugin away.
struct PluginRemoveCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: "Stop a plugin and remove all of it but its audit.",
    discussion: """
      It leaves in order; its key is revoked, and its approval, settings, slice, output, log files, program and manifest \
      are removed. Its audit is kept in DIR/audits, where `recourse audit verify` reads it with the others. What it has \
      announced stays in the log, which nothing is removed from; the ring of keys remembers that its key was its own.

      A removal that was cut short is finished by giving the command again.

      Example: recourse plugin remove council-alerts --data DIR
      """)

  @Argument(help: "The plugin.")
  var name: String

  @OptionGroup var options: PluginOptions

  func run() async throws {
    let name = try options.name(name)
    let report = try await PluginRemoval(directory: try options.directory, name: name)
      .run(now: Date())
    guard !options.output.json else {
      return Output.line(
        .object([
          ("removed", .text(name.text)), ("audit", report.audit.map { .text($0) } ?? .null),
          ("did", .texts(report.lines)),
        ]))
    }
    Output.line("\(name) is removed.")
    for line in report.lines { Output.line("  \(line)") }
  }
}
