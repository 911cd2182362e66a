public import WorkerKit

extension PluginSettings {
  /// The word that stands for no way at all.
  private static let none = "none"

  /// The ways that the setting `channels` names, with commas between.
  /// - Parameters:
  ///   - possible: those that the plugin knows how to serve.
  ///   - otherwise: those that it serves if nothing is set.
  /// - Throws: `SettingError` for a word that is none of these.
  public func ways(
    of possible: [NoticeChannel.Way], otherwise: [NoticeChannel.Way]
  ) throws(SettingError) -> [NoticeChannel.Way] {
    let words = list("channels")
    if words.isEmpty { return otherwise }
    if words == [Self.none] { return [] }
    var ways: [NoticeChannel.Way] = []
    for word in words {
      guard let way = NoticeChannel.Way(rawValue: word), possible.contains(way) else {
        let known = (possible.map(\.rawValue) + [Self.none]).joined(separator: ", ")
        throw SettingError(name: "channels", what: "has a word that is none of: \(known)")
      }
      if !ways.contains(way) { ways.append(way) }
    }
    return ways
  }
}
