import WorkerKit

/// Tells Correspondence what became of a notice. It takes the same word once, so that it may be told again.
enum ReportDelivery {
  static let kind = "report-delivery"

  static let route = EffectRoute.on(
    kind,
    perform: { effect, context in
      let key = try key(of: effect)
      let delivery = try await context.slice.read { try $0.knownDelivery(key) }
      try await CorrespondenceCalls(context).record(delivery)
    },
    ask: { _, _ in false },
    confirmed: { effect, tx in try tx.endReport(of: key(of: effect)) },
    abandoned: { effect, _, tx in try tx.endReport(of: key(of: effect)) })

  private static func key(of effect: Effect) throws -> DeliveryKey {
    // What is told stands before the notice.
    try DeliveryKey(parsing: effect.key.split(separator: "/").dropFirst().joined(separator: "/"))
  }
}
