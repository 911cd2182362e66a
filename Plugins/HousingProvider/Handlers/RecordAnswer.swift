import Foundation
import WorkerKit

/// Has Threshold put on record what a body says of one case.
struct RecordAnswer {
  /// The kind of effect that does it, under an ``AnswerKey``.
  static let effect = "answer"
  /// The kind of effect that writes what became of a file, under the key `digest/body`.
  static let outcome = "outcome"

  let effect: Effect

  /// - Throws: `EffectRefused` with Threshold's code if it will never take it.
  func perform(_ context: WorkerContext) async throws {
    let key = try AnswerKey(parsing: effect.key)
    guard let message = try await context.slice.read({ try $0.message(of: key) }) else {
      throw UnknownRequest()
    }
    try await ThresholdCall.record(message, key: effect.idempotencyKey, context)
  }

  func confirm(in tx: SliceTransaction) throws {
    let key = try AnswerKey(parsing: effect.key)
    try tx.move(key, to: .recorded)
    try tx.move(try CaseReference(parsing: key.reference), key.body, to: .answered)
    try finish(key, in: tx)
  }

  func abandon(_ refused: EffectRefused?, in tx: SliceTransaction) throws {
    let key = try AnswerKey(parsing: effect.key)
    try tx.move(key, to: .refused, code: refused?.reason ?? "given-up")
    try finish(key, in: tx)
  }

  private func finish(_ key: AnswerKey, in tx: SliceTransaction) throws {
    guard try !tx.hasOpenAnswers(digest: key.digest, of: key.body) else { return }
    try tx.intend(Self.outcome, key: "\(key.digest)/\(key.body)")
  }
}

/// Tells a body what became of each case of its file: recorded, or refused with a code.
struct WriteOutcome {
  let effect: Effect
  let settings: ExchangeSettings

  func perform(_ context: WorkerContext) async throws {
    let parts = effect.key.split(separator: "/").map(String.init)
    guard parts.count == 2 else { throw UnknownRequest() }
    let answers = try await context.slice.read { try $0.answers(digest: parts[0], of: parts[1]) }
    let rows = answers.map { [$0.reference, $0.state.rawValue.lowercased(), $0.refusalCode ?? ""] }
    try settings.folder(of: parts[1], context).put(
      CSVText.bytes([["case_reference", "outcome", "code"]] + rows),
      as: AnswerReport.outcomeName(of: parts[0]), in: .reports)
  }
}
