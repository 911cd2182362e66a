import Foundation
import Supervisor

/// How the process of a plugin gets on that was just added or exchanged.
struct PluginStart: Sendable {
  let directory: DataDirectory
  let name: String

  /// How long it is watched.
  static let waitLimit: Duration = .seconds(15)
  /// Between two looks at what the supervisor writes down.
  static let lookInterval: Duration = .milliseconds(50)

  /// What there is to say.
  enum Process: Sendable, Hashable {
    /// No `recourse up` runs here.
    case nobodyRuns
    case ready(ProcessBoard.Entry)
    /// It does not get ready, or has not yet.
    case notReady(ProcessBoard.Entry?)
  }

  /// Waits until it is ready, has failed, or time is up.
  /// - Parameter since: how it stood before; then another run of it is waited for.
  func settled(since before: ProcessBoard.Entry? = nil) async throws -> Process {
    let clock = ContinuousClock()
    let end = clock.now + Self.waitLimit
    while clock.now < end {
      guard let supervisor = directory.supervisor else { return .nobodyRuns }
      if let entry = supervisor.entry(name), entry.starts > (before?.starts ?? 0) {
        if entry.state == .ready { return .ready(entry) }
        if entry.lastEnding != nil, entry.state != .starting { return .notReady(entry) }
      }
      try await clock.sleep(for: Self.lookInterval)
    }
    return .notReady(directory.supervisor?.entry(name))
  }
}

extension PluginStart.Process {
  var sentence: String {
    switch self {
    case .nobodyRuns: "It starts with `recourse up`, which does not run on this directory."
    case .ready(let entry): "It is ready as \(entry.pid ?? 0)."
    case .notReady(let entry):
      (entry?.lastEnding.map { "It is not ready: it \($0)." } ?? "It is not ready yet.")
        + " `recourse status` says more."
    }
  }

  var json: JSON {
    switch self {
    case .nobodyRuns: .null
    case .ready(let entry): entry.json
    case .notReady(let entry): entry?.json ?? .null
    }
  }
}
