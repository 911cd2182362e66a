import ArgumentParser
import CaseModel
import Foundation
import PluginPackages
import Supervisor

/// `recourse plugin list`: what is added, and what ships.
struct PluginListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Show the plugins that are added and how they are, and those that ship.",
    discussion: """
      STATE is what `recourse up` knows of its process; “-” if that does not run here. NOTE says if an upgrade waits for \
      approval, or if something was changed on disk, so that it is not started.

      Example: recourse plugin list --data DIR
      """)

  @OptionGroup var options: PluginOptions

  func run() async throws {
    let directory = try options.directory
    let rows = PluginRow.all(in: directory)
    let shipped = ShippedPlugins.names.filter { name in !rows.contains { $0.name.text == name } }
    guard !options.output.json else {
      return Output.line(
        .object([("plugins", .list(rows.map(\.json))), ("ships", .texts(shipped))]))
    }
    if !rows.isEmpty {
      var table = Table("NAME", "VERSION", "DIGEST", "STATE", "NOTE")
      for row in rows {
        let plugin = row.plugin
        table.add(
          row.name.text, plugin?.record.version ?? "-", plugin?.record.digests.shown ?? "-",
          row.process?.state.rawValue ?? "-", row.notes.joined(separator: "; "))
      }
      table.print()
    } else {
      Output.line("No plugin is added.")
    }
    if !shipped.isEmpty {
      Output.line("Ships, and is not added: \(shipped.joined(separator: ", "))")
    }
  }
}

/// A plugin that is added, and how it is.
struct PluginRow: Sendable {
  let name: PluginName
  /// Nil if its files cannot be used.
  let plugin: RegisteredPlugin?
  /// Nil if no `recourse up` looks after it.
  let process: ProcessBoard.Entry?
  /// The version of an upgrade that waits.
  let waiting: String?
  /// Why it is not started.
  let problem: PluginRegistryError?

  static func all(in directory: DataDirectory) -> [PluginRow] {
    let supervisor = directory.supervisor
    return directory.plugins.names.map { name in
      let process = supervisor?.entry(name.text)
      do throws(PluginRegistryError) {
        let plugin = try directory.plugins.plugin(name)
        var problem: PluginRegistryError?
        do throws(PluginRegistryError) {
          try plugin.verify()
          try plugin.manifest.check(plugin.settings())
        } catch { problem = error }
        return PluginRow(
          name: name, plugin: plugin, process: process,
          waiting: (try? plugin.waiting())?.record.version, problem: problem)
      } catch {
        return PluginRow(name: name, plugin: nil, process: process, waiting: nil, problem: error)
      }
    }
  }

  var notes: [String] {
    [waiting.map { "\($0) waits for approval" }, problem.map { "\($0.code): \($0.what)" }]
      .compactMap(\.self)
  }

  var json: JSON {
    .object([
      ("name", .text(name.text)),
      ("version", plugin.map { .text($0.record.version) } ?? .null),
      ("digest", plugin.map { .text($0.record.digests.shown) } ?? .null),
      ("addedAt", plugin.map { .text(Moment.text($0.record.at)) } ?? .null),
      ("asks", .texts(plugin?.manifest.asks.lines() ?? [])),
      ("process", process?.json ?? .null),
      ("waits", waiting.map { .text($0) } ?? .null),
      ("problem", problem.map { .text($0.code) } ?? .null),
    ])
  }

  // MARK: What an operator should know

  /// Of `recourse status` and `recourse doctor`.
  func findings(in directory: DataDirectory) -> [Finding] {
    var found: [Finding] = []
    if let problem {
      found.append(
        .problem(
          problem.code, name.text, "It is not started: \(problem.what)",
          wayOut: problem.wayOut.replacing("NAME", with: name.text)))
    }
    if let waiting {
      found.append(
        .note(
          "upgrade-waits", name.text, "Version \(waiting) asks for more, and waits for approval.",
          wayOut:
            "See it, and let it in: recourse plugin upgrade \(name) --data \(directory.path)"))
    }
    return found
  }

  /// Of all that are added, and of those whose removal was cut short.
  static func findings(in directory: DataDirectory) -> [Finding] {
    all(in: directory).flatMap { $0.findings(in: directory) }
      + directory.plugins.leaving.map { name in
        .problem(
          "half-removed", name.text, "Its removal was cut short.",
          wayOut: "Finish it: recourse plugin remove \(name) --data \(directory.path)")
      }
  }
}
