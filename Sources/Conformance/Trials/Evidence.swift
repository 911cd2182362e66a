import Broker
import Foundation
import Synchronization

/// What all trials have brought to light about the rules that hold everywhere, collected before a stage is taken down.
final class Evidence: Sendable {
  struct Found: Sendable {
    /// What the broker has refused the plugin, once each.
    var refused: [Refused] = []
    /// Where something secret is, in words.
    var secrets: [String] = []
    /// Where something personal is.
    var personal: [String] = []
    /// Times from start to `ready`.
    var readyAfter: [Duration] = []
  }

  private let found = Mutex(Found())

  var all: Found { found.withLock { $0 } }

  /// Looks at everything that a stage has, and remembers what is wrong with it.
  func take(_ stage: Stage) async {
    let consequences = await stage.consequences()
    let running = stage.process?.state.value
    let runs = stage.said.value + (running.map { [$0] } ?? [])
    let shown = stage.process?.shownToAll ?? ""
    var (secrets, personal): ([String], [String]) = ([], [])
    for (name, value) in stage.secrets.all {
      secrets += Self.places(of: value, runs, shown, consequences).map { "\(name) is in \($0)" }
      secrets += Self.files(with: value, in: stage).map { "\(name) is in the file \($0)" }
    }
    let word = stage.secrets.personal
    personal += Self.places(of: word, runs, shown, consequences).map { "the marker is in \($0)" }
    personal += Self.names(with: word, in: stage).map { "the marker is in the name of \($0)" }
    let name = stage.subject.name
    let refused = stage.refusals.value.filter { $0.principal == name }
    found.withLock { found in
      for one in refused where !found.refused.contains(where: { $0.detail == one.detail }) {
        found.refused.append(one)
      }
      found.secrets += secrets.filter { !found.secrets.contains($0) }
      found.personal += personal.filter { !found.personal.contains($0) }
      found.readyAfter += runs.compactMap(\.readyAfter)
    }
  }

  private static func places(
    of word: String, _ runs: [PluginProcess.State], _ shown: String, _ seen: Consequences
  ) -> [String] {
    var places: [String] = []
    if runs.contains(where: { Secrets.isIn($0.log, word) }) { places.append("its log") }
    if runs.contains(where: { Secrets.isIn($0.output, word) }) { places.append("its output") }
    if Secrets.isIn(shown, word) { places.append("its arguments") }
    for event in seen.announced where Secrets.isIn(event.payload + Array(event.key.utf8), word) {
      places.append("the event \(event.type)")
    }
    for request in seen.requests where Secrets.isIn(request.path, word) {
      places.append("the address of a \(request.method) request")
    }
    return places
  }

  /// Files, but those that are there to hold it.
  private static func files(with word: String, in stage: Stage) -> [String] {
    paths(in: stage).filter { path in
      guard !path.hasSuffix("settings.json"), !path.hasPrefix("keys/") else { return false }
      let bytes = FileManager.default.contents(atPath: stage.data.appending(path: path).path)
      return bytes.map { Secrets.isIn(Array($0), word) } ?? false
    }
  }

  private static func names(with word: String, in stage: Stage) -> [String] {
    paths(in: stage).filter { Secrets.isIn($0, word) }.map { path in
      path.replacing(word, with: "…")
    }
  }

  private static func paths(in stage: Stage) -> [String] {
    let all = FileManager.default.enumerator(atPath: stage.data.path)?.allObjects ?? []
    return all.compactMap { $0 as? String }
  }
}
