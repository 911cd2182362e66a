import WorkerKit

/// Looks into the inbox of each body, and has every file read that has come to its end.
struct LookIntoInboxes: Sendable {
  /// The kind of effect that reads a file, under the key `body/mark`.
  static let effect = "answer-file"

  let settings: ExchangeSettings
  let stillness: Stillness

  /// - Throws: what the first folder that cannot be read throws, after all have been looked at.
  func look(_ context: WorkerContext) async throws {
    var failure: (any Error)?
    for body in settings.bodies {
      do {
        let folder = try settings.folder(of: body.key, context)
        try folder.make()
        let still = stillness.look(at: body.key, try folder.waiting(limit: FileLimits.filesLooked))
        guard !still.isEmpty else { continue }
        try await context.slice.write { tx in
          for file in still { try tx.intend(Self.effect, key: "\(body.key)/\(file.mark)") }
        }
      } catch let error as OutputFailure {
        failure = failure ?? error
      }
    }
    if let failure { throw failure }
  }
}
