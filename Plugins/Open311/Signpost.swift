import Foundation
import GRPCCore
import Messages
import SwiftProtobuf
import WorkerKit

/// Has whoever reported for the second time told of the review: Intake says what, the source tells them, and Intake
/// takes down that they were. Only the source knows who they are.
struct Signpost: Sendable {
  /// The effect that has the source tell them; its key is a number.
  static let tell = "tell"
  /// The effect that tells Intake that they were told.
  static let report = "report-told"
  /// How long Intake may take.
  static let answerLimit: Duration = .seconds(10)

  let source: Source

  var routes: [EffectRoute] {
    [
      .on(
        Self.tell,
        perform: { effect, context in
          guard let second = try await kept(effect, context) else {
            throw EffectRefused(reason: "consent-withdrawn")
          }
          let words = try await record(second, toldOn: "", context)
          try await source.tell(second.report, words, effect.idempotencyKey, context)
        },
        // By its update's id the source tells a repetition.
        ask: { _, _ in false },
        confirmed: { effect, tx in
          guard let number = Int(effect.key) else { return }
          try tx.keepTold(tx.today.description, of: number)
          try tx.audit(actor: Open311Plugin.name, action: "open311.tell", subject: effect.key)
          try tx.intend(Self.report, key: effect.key)
        },
        abandoned: { effect, refused, tx in
          // Intake has it as one of which nobody was told.
          try tx.audit(
            actor: Open311Plugin.name, action: "open311.not-told", subject: effect.key,
            reason: refused?.reason ?? "given-up")
        }),
      .on(
        Self.report,
        perform: { effect, context in
          guard let second = try await kept(effect, context) else { return }
          _ = try await record(second, toldOn: second.toldOn, context)
        },
        ask: { _, _ in false }, confirmed: { _, _ in }),
    ]
  }

  private func kept(_ effect: Effect, _ context: WorkerContext) async throws -> KeptSecondReport? {
    guard let number = Int(effect.key) else { return nil }
    return try await context.slice.read { try $0.secondReport(number) }
  }

  /// Tells Intake; gives the words for the person, one paragraph for each language.
  private func record(
    _ second: KeptSecondReport, toldOn: String, _ context: WorkerContext
  ) async throws -> String {
    var options = CallOptions.defaults
    options.timeout = Self.answerLimit
    let intake = Recourse_Intake_V1_Intake.Stub(wrapping: context.client)
    do {
      let response = try await intake.recordSecondReport(
        .with {
          $0.source = source.name
          $0.report = second.report
          $0.area = source.area
          $0.reportedOn = second.reportedOn
          $0.earlierReportedOn = second.earlierOn
          $0.toldOn = toldOn
        }, options: options)
      return response.texts.map(\.text).joined(separator: "\n\n")
    } catch let error as RPCError {
      guard let refusal = Refusal(error), refusal.kind != .tryAgain else { throw error }
      throw EffectRefused(reason: refusal.code)
    }
  }
}
