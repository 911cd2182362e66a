/// What a package asks for beyond what another edition of the plugin was let in with, and what it has let go of, a line
/// each, as a person reads it.
public struct PluginChange: Sendable, Hashable {
  /// What it asks of the system that it did not ask before.
  public let moreRights: [String]
  /// Hosts outside that it did not speak to before.
  public let moreHosts: [String]
  /// What it does not ask for any more.
  public let less: [String]

  /// - Parameter old: nil for a plugin that is new: then everything is more.
  public init(from old: PluginManifest?, to new: PluginManifest) {
    moreRights = new.asks.lines(notIn: old?.asks ?? PluginAsks())
    moreHosts = Self.hosts(new).filter { !Self.hosts(old).contains($0) }
    less =
      (old?.asks ?? PluginAsks()).lines(notIn: new.asks)
      + Self.hosts(old).filter { !Self.hosts(new).contains($0) }
  }

  /// What somebody has to approve.
  public var more: [String] { moreRights + moreHosts }

  private static func hosts(_ manifest: PluginManifest?) -> [String] {
    guard let manifest else { return [] }
    var lines = manifest.reaches.map { "speaks to \($0)" }
    if case .webhook(let webhook) = manifest.source { lines.append("sends to \(webhook.url)") }
    return lines
  }
}
