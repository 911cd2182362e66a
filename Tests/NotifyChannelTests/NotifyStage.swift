import AgencySimulators
import ChannelTesting
import Foundation
import NoticeChannel
import NotifyChannel
import Synchronization
import WorkerKit

/// The plugin as it is, with the stand-in for GOV.UK Notify.
enum NotifyStage {
  struct NoServer: Error {}

  /// - Parameter fates: of the notices, as the stand-in knows them.
  static func with(
    _ fates: String..., settings: [String: String] = [:],
    body: @escaping @Sendable (ChannelStage, Said) async throws -> Void
  ) async throws {
    let said = Said()
    let (addresses, listening) = AsyncStream<String>.makeStream()
    let tell: @Sendable (String) -> Void = { line in
      said.take(line)
      let start = "listens at "
      if line.hasPrefix(start) { listening.yield(String(line.dropFirst(start.count))) }
    }
    let options = SimulatorOptions(fates: fates, clock: { said.now }, tell: tell)
    try await withThrowingTaskGroup(of: Bool.self) { group in
      group.addTask {
        defer { listening.finish() }
        try await AgencySimulator.notify.run(options)
        return false
      }
      group.addTask {
        for await address in addresses {
          let plugin = try plugin(at: address, key: said.key, settings)
          try await ChannelStage.with(plugin) { try await body($0, said) }
          return true
        }
        throw NoServer()
      }
      defer { group.cancelAll() }
      while let isDone = try await group.next() {
        if isDone { return }
      }
    }
  }

  static func plugin(
    at address: String, key: String, _ settings: [String: String] = [:]
  ) throws -> Worker {
    let all = [
      "endpoint": address, "api-key": key, "template-email": "template-1",
      "template-sms": "template-2", "template-letter": "template-3", "poll-milliseconds": "20",
    ].merging(settings) { $1 }
    return try NotifyChannelPlugin.worker(
      PluginSettings(all), patience: Patience(first: .milliseconds(1), limit: .milliseconds(4)))
  }

  /// What the stand-in has said, and what time it is there.
  final class Said: Sendable {
    private let lines = Mutex<[String]>([])
    private let moment = Mutex(ChannelStage.now)

    var now: Date { moment.withLock { $0 } }

    func advance(by seconds: TimeInterval) { moment.withLock { $0 += seconds } }

    func take(_ line: String) { lines.withLock { $0.append(line) } }

    var all: [String] { lines.withLock { $0 } }

    /// The one that it takes.
    var key: String {
      let start = "takes the key "
      return all.first { $0.hasPrefix(start) }.map { String($0.dropFirst(start.count)) } ?? ""
    }

    /// Of the notices alone.
    var ofNotices: [String] { all.filter { $0.hasPrefix("notice ") } }
  }
}
