import ArgumentParser
import Foundation
import PluginPackages

/// `recourse plugin upgrade`: exchanges a plugin, or sets it otherwise.
struct PluginUpgradeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "upgrade",
    abstract: "Exchange a plugin for another edition, or set it otherwise.",
    discussion: """
      What asks for the same or less is taken at once: the process leaves in order, and the new one starts. What asks \
      for more is shown and waits, while the one that is there runs on, until you let it in: with --seen and the digest \
      that is shown, or `recourse rights approve NAME`. Settings that are not named stay as they are.

      Without PATH it is the upgrade that waits, or what ships in this program now; or only the settings change.

      Example: recourse plugin upgrade council-alerts ./council-alerts --data DIR
      """)

  @Argument(help: "The plugin.")
  var name: String

  @Argument(help: "The plugin.yaml of the new one, or the folder that it is in.")
  var path: String?

  @OptionGroup var settings: PluginSettingsOptions
  @OptionGroup var approval: PluginApprovalOptions
  @OptionGroup var options: PluginOptions

  func run() async throws {
    let keeper = try options.keeper
    let name = try options.name(name)
    let offer = try keeper.offer(upgrading: name, to: path)
    let isMore = !offer.change.more.isEmpty
    if !options.output.json { for line in offer.lines { Output.line(line) } }
    let isApproved = try approval.seen != nil || isMore ? approval.approves(offer) : true
    let before = keeper.directory.supervisor?.entry(name.text)
    let outcome = try await keeper.upgrade(
      offer, settings: try values(offer), isApproved: isApproved, now: Date())
    switch outcome {
    case .taken:
      let process = try await PluginStart(directory: keeper.directory, name: name.text)
        .settled(since: before)
      say(offer, outcome, "\(name) is upgraded to \(offer.manifest.version). \(process.sentence)")
    case .waits:
      let directory = keeper.directory.path
      say(
        offer, outcome,
        "\(name) \(offer.manifest.version) waits, for it asks for more; what is there runs on. Let it in: "
          + "recourse plugin upgrade \(name) --seen \(offer.digests.shown) --data \(directory)")
    case .same: say(offer, outcome, "\(name) is that already: nothing has changed.")
    }
  }

  private func values(_ offer: PluginKeeper.Offer) throws -> [String: String] {
    guard let current = offer.current else { return [:] }
    let old = try Failure.ofPlugins { () throws(PluginRegistryError) in
      // What was set for an upgrade that waits was set later.
      try offer.isWaiting ? current.waiting()?.settings() ?? [:] : current.settings()
    }
    return try settings.values(for: offer.manifest, after: old)
  }

  private func say(
    _ offer: PluginKeeper.Offer, _ outcome: PluginKeeper.Outcome, _ sentence: String
  ) {
    guard options.output.json else { return Output.line(sentence) }
    Output.line(
      .object(
        offer.fields + [
          ("upgraded", .bool(outcome == .taken)), ("waits", .bool(outcome == .waits)),
        ]))
  }
}
