import Foundation
import Messages
import SwiftProtobuf
import WorkerKit

/// Takes note of a referral that is this plugin's to take to the provider.
struct TakeReferral {
  private let key: ReferralKey

  /// Nil if somebody else takes it there.
  init?(_ made: Received<Recourse_Support_V1_ReferralMade>) throws {
    guard made.event.servedBy == VictimSupportPlugin.name else { return nil }
    key = ReferralKey(
      try CaseReference(event: made.event.caseReference), made.event.agency, made.event.consentID)
  }

  func apply(in tx: SliceTransaction) throws {
    try tx.keep(key)
    try tx.intend(HandOver.kind, key: key.description)
  }
}

/// Hands a referral over to the provider: asks Intake for the least that is needed, sends it, and keeps nothing of it.
enum HandOver {
  static let kind = "hand-over"

  static func route(_ provider: Provider) -> EffectRoute {
    .on(
      kind,
      perform: { effect, context in
        try provider.complete()
        let key = try ReferralKey(parsing: effect.key)
        let details = try await IntakeCalls.details(key, context)
        try await provider.hand(Letter(effect.idempotencyKey, key.agency, details), context)
      },
      ask: { effect, context in
        try provider.complete()
        return try await provider.fate(of: effect.idempotencyKey, context) != nil
      },
      confirmed: { effect, tx in
        let key = try ReferralKey(parsing: effect.key)
        let isWithdrawn = try tx.knownReferral(key).isWithdrawn
        try tx.move(key, to: isWithdrawn ? .ended : .open, as: effect.idempotencyKey)
        try tx.audit(
          actor: VictimSupportPlugin.name, action: "victim-support.hand-over", subject: effect.key)
        // It was on its way when the consent was taken back.
        if isWithdrawn { try tx.intend(TellWithdrawal.kind, key: effect.key) }
      },
      abandoned: { effect, refused, tx in
        let key = try ReferralKey(parsing: effect.key)
        try tx.move(key, to: .ended)
        try tx.audit(
          actor: VictimSupportPlugin.name, action: "victim-support.not-delivered",
          subject: effect.key, reason: refused?.reason ?? "given-up")
        try tx.report(
          KeptAnswer(
            answer: "DECLINED", reason: "NOT_DELIVERED", day: tx.today.description), of: key)
      })
  }
}

extension Letter {
  /// - Parameter referral: what the provider knows it by.
  fileprivate init(
    _ referral: String, _ agency: String,
    _ details: Recourse_Intake_V1_GetReferralDetailsResponse
  ) {
    self.init(
      referral: referral, agency: agency, name: details.name,
      safeContact: details.ways.map { way in
        Way(
          channel: way.channel, address: way.address,
          between: way.between.isEmpty ? nil : way.between,
          voicemail: way.channel == "PHONE" ? way.voicemail : nil)
      },
      language: details.language, adjustments: details.adjustments,
      consent: Consent(id: details.consentID, wording: details.consentWording))
  }
}

extension Provider {
  /// - Throws: ``NotConfigured`` if something is missing without which nothing can be sent.
  func complete() throws {
    if let missing { throw NotConfigured(setting: missing) }
  }
}

/// A setting is missing; effects wait until it is there.
struct NotConfigured: Error {
  let setting: String
}
