import Foundation
import WorkerKit

/// Tells Support which agencies the plugin stands for, whenever that changes.
enum ServeAgencies {
  static let kind = "serve-agencies"

  static func route(_ provider: Provider) -> EffectRoute {
    .on(
      kind,
      perform: { _, context in try await SupportCalls(context).serve(provider.agencies) },
      ask: { _, _ in false },
      confirmed: { _, _ in })
  }

  /// At every start; says nothing if nothing has changed.
  static func begin(_ provider: Provider, _ context: WorkerContext) async throws {
    guard provider.missing == nil else { return }
    let agencies = provider.agencies.sorted().joined(separator: ",")
    try await context.slice.write { tx in
      let last = try tx.row("SELECT number, agencies FROM serving ORDER BY number DESC LIMIT 1")
      if let last, try last.text("agencies") == agencies { return }
      let number = try (last?.int("number") ?? 0) + 1
      try tx.execute(
        "INSERT INTO serving (number, agencies) VALUES (?, ?)", .integer(number), .text(agencies))
      try tx.intend(kind, key: "\(number)")
    }
  }
}
