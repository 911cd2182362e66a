import ArgumentParser
import Foundation
import PluginPackages

/// `recourse plugin add`: lets a plugin in.
struct PluginAddCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Show what a plugin asks for, and let it in.",
    discussion: """
      PATH is its plugin.yaml, or the folder that it is in; NAME is a plugin that ships (`recourse plugin list`). What \
      it asks for is shown with a digest of manifest and program. At a terminal you are asked; elsewhere give the \
      digest that you have seen (--seen). Only then is the program run for the first time: it must say of itself what \
      its manifest says. Its program and manifest are copied, a key is made and enrolled for it, and what it asks for \
      is approved: all of it or nothing. `recourse up` starts it within a second; if nothing runs, at its next start.

      Secrets are given by --secret NAME alone: never on the command line.

      Example: recourse plugin add housing-provider --data DIR
      """)

  @Argument(
    help: ArgumentHelp("Its plugin.yaml or folder, or its name.", valueName: "path-or-name"))
  var plugin: String

  @OptionGroup var settings: PluginSettingsOptions
  @OptionGroup var approval: PluginApprovalOptions
  @OptionGroup var options: PluginOptions

  func run() async throws {
    let keeper = try options.keeper
    let offer = try keeper.offer(adding: try keeper.package(plugin))
    if !options.output.json { for line in offer.lines { Output.line(line) } }
    // Looked at first: nobody should type a secret for what cannot be let in.
    guard try approval.approves(offer) else { throw offer.notSeen("plugin add") }
    let values = try settings.values(for: offer.manifest)
    try await keeper.add(offer, settings: values, now: Date())
    let process = try await PluginStart(directory: keeper.directory, name: offer.manifest.name.text)
      .settled()
    if options.output.json {
      Output.line(
        .object(offer.fields + [("added", .bool(true)), ("process", process.json)]))
    } else {
      Output.line("\(offer.manifest.name) is added. \(process.sentence)")
    }
  }
}

extension PluginKeeper.Offer {
  /// What an operator reads before it is let in.
  var lines: [String] {
    let title = manifest.title == manifest.name.text ? "" : ": \(manifest.title)"
    let before = current.map { ", in the place of \($0.record.version)" } ?? ""
    var lines = ["\(manifest.name) \(manifest.version)\(title)\(before)", "  \(manifest.purpose)"]
    switch manifest.source {
    case .shipped: lines.append("  It ships in this program.")
    case .program: lines.append("  It is a program of its own: \(package.program ?? "")")
    case .webhook(let webhook): lines.append("  It needs no program: notices go to \(webhook.url)")
    }
    let change = change
    lines += change.more.map { "+ \($0)" } + change.less.map { "- \($0)" }
    if change.more.isEmpty {
      lines.append("  It asks for nothing \(current == nil ? "" : "more").")
    }
    for setting in manifest.settings {
      let kind = [setting.isRequired ? "needed" : nil, setting.isSecret ? "secret" : nil]
        .compactMap(\.self).joined(separator: ", ")
      lines.append("  set \(setting.name)\(kind.isEmpty ? "" : " (\(kind))"): \(setting.says)")
    }
    return lines + ["Digest: \(digests.shown)"]
  }

  var fields: [(String, JSON)] {
    [
      ("name", .text(manifest.name.text)), ("version", .text(manifest.version.text)),
      ("purpose", .text(manifest.purpose)), ("asksMore", .texts(change.more)),
      ("asksLess", .texts(change.less)), ("digest", .text(digests.shown)),
    ]
  }

  /// Nobody has approved it.
  func notSeen(_ command: String) -> Failure {
    Failure.input(
      "not-approved", path: manifest.name.text,
      "Nobody has let \(manifest.name) in: nothing is changed."
    ).with(
      wayOut: "If that is what it may do, give the command again with --seen \(digests.shown)")
  }
}
