import Broker
import Foundation
import Logging
import Messages
import PluginPackages
import Supervisor

/// Keeps the plugins running that are registered, while `recourse up` runs: it looks again and again at what is there,
/// and has the supervisor add, exchange and remove.
///
/// It begins when everything that is built in is ready, so no plugin can keep the system from starting.
struct PluginWatch: Sendable {
  let directory: DataDirectory
  let logger: Logger
  /// How a plugin is started.
  let child: @Sendable (RegisteredPlugin) -> ChildSpecification

  /// Between two looks.
  static let lookInterval: Duration = .milliseconds(500)

  /// Until the task is cancelled.
  /// - Parameter isReady: whether what is built in runs.
  func run(_ supervisor: Supervisor, isReady: @Sendable () -> Bool) async {
    var roster = PluginRoster()
    var told: Set<String> = []
    while !Task.isCancelled {
      if isReady() {
        takeApproved(&told)
        let changes = roster.take(directory.plugins.standings, of: directory.plugins.names)
        for change in changes { await carryOut(change, supervisor) }
      }
      try? await ContinuousClock().sleep(for: Self.lookInterval)
    }
  }

  private func carryOut(_ change: PluginRoster.Change, _ supervisor: Supervisor) async {
    switch change {
    case .add(let name), .exchange(let name):
      do {
        try await supervisor.add(child(directory.plugins.plugin(name)))
      } catch { logger.warning("\(name) is not started: \(error)") }
    case .remove(let name): await supervisor.remove(name.text)
    }
  }

  /// An upgrade that waited is taken when what it asks for has been approved, and it speaks to nobody new.
  private func takeApproved(_ told: inout Set<String>) {
    for name in directory.plugins.names {
      do {
        let plugin = try directory.plugins.plugin(name)
        guard let next = try plugin.waiting(), try isApproved(next, after: plugin) else { continue }
        // Whoever holds it is at this plugin perhaps, and it is looked at again soon.
        guard let lock = try? directory.lockPlugins() else { continue }
        defer { withExtendedLifetime(lock) {} }
        try directory.plugins.takeWaiting(name, at: Date())
        logger.notice("\(name) is upgraded to \(next.record.version), as somebody has approved")
      } catch {
        // Said once: it is looked at again and again.
        let words = "an upgrade of \(name) cannot be taken: \(error)"
        if told.insert(words).inserted { logger.warning("\(words)") }
      }
    }
  }

  private func isApproved(_ next: RegisteredPlugin, after old: RegisteredPlugin) throws -> Bool {
    guard PluginChange(from: old.manifest, to: next.manifest).moreHosts.isEmpty else {
      return false
    }
    let approved = try directory.approvals.approved(for: next.name.text)
    let asked = Grants(try PluginRights.manifest(for: next.manifest.asks))
    return asked.lines(notIn: Grants(approved ?? .init())).isEmpty
  }
}

extension PluginRegistry {
  /// Why a process of the supervisor may not be started: it is a plugin whose files are not what was approved. Nil if
  /// it may.
  func objection(to process: String) -> String? {
    guard let name = PluginName(process), has(name) else { return nil }
    do throws(PluginRegistryError) {
      try plugin(name).verify()
      return nil
    } catch { return "was not started (\(error.code): \(error.path))" }
  }
}
