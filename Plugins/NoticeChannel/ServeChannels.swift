import Foundation
import WorkerKit

/// Tells Correspondence which ways the plugin serves, whenever that changes.
struct ServeChannels {
  private static let kind = "serve-channels"

  private let channel: NoticeChannel

  init(_ channel: NoticeChannel) {
    self.channel = channel
  }

  var route: EffectRoute {
    .on(
      Self.kind,
      perform: { _, context in try await CorrespondenceCalls(context).serve(channel.ways) },
      ask: { _, _ in false },
      confirmed: { _, _ in })
  }

  /// At every start; says nothing if nothing has changed.
  func begin(_ context: WorkerContext) async throws {
    guard channel.objection == nil else { return }
    let channels = channel.ways.map(\.rawValue).sorted().joined(separator: ",")
    try await context.slice.write { tx in
      let last = try tx.row("SELECT number, channels FROM serving ORDER BY number DESC LIMIT 1")
      if let last, try last.text("channels") == channels { return }
      let number = try (last?.int("number") ?? 0) + 1
      try tx.execute(
        "INSERT INTO serving (number, channels) VALUES (?, ?)", .integer(number), .text(channels))
      try tx.intend(Self.kind, key: "\(number)")
    }
  }
}
