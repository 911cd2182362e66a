import Foundation
import Messages
import SwiftProtobuf
import WorkerKit

/// Takes note of consents that were taken back, and has the provider told where it has a referral by one.
struct TakeWithdrawal {
  /// The referrals whose consent is gone, as Support says.
  private let keys: [ReferralKey]

  init(_ keys: [ReferralKey]) {
    self.keys = keys
  }

  func apply(in tx: SliceTransaction) throws {
    for key in keys {
      guard let referral = try tx.referral(key), !referral.isWithdrawn else { continue }
      try tx.markWithdrawn(key)
      // One that is not there yet is refused by Intake, or told of when it has arrived.
      guard !referral.referral.isEmpty else { continue }
      try tx.move(key, to: .ended)
      try tx.intend(TellWithdrawal.kind, key: key.description)
    }
  }
}

/// Tells the provider that a consent was taken back, again and again until it confirms that it knows.
enum TellWithdrawal {
  static let kind = "tell-withdrawal"

  static func route(_ provider: Provider) -> EffectRoute {
    .on(
      kind,
      perform: { effect, context in
        try provider.complete()
        let key = try ReferralKey(parsing: effect.key)
        let referral = try await context.slice.write { tx in
          try tx.countWithdrawalAttempt(at: key)
          return try tx.knownReferral(key)
        }
        let pause = provider.pauses.after(referral.withdrawalAttempts)
        do {
          guard try await provider.tellWithdrawn(referral.referral, context) else {
            throw EffectPostponed(for: pause)
          }
        } catch let failed as DeliveryFailed {
          throw EffectPostponed(for: max(pause, failed.retryAfter ?? .zero))
        }
      },
      // To say it again does no harm.
      ask: { _, _ in false },
      confirmed: { effect, tx in
        let key = try ReferralKey(parsing: effect.key)
        try tx.keepAcknowledged(tx.today.description, of: key)
        try tx.intend(ReportAcknowledgement.kind, key: effect.key)
      },
      abandoned: { effect, refused, tx in
        // Support shows it as one that nobody has confirmed.
        try tx.audit(
          actor: VictimSupportPlugin.name, action: "victim-support.withdrawal-refused",
          subject: effect.key, reason: refused?.reason ?? "given-up")
      })
  }
}

/// Tells Support that the provider knows of a withdrawal.
enum ReportAcknowledgement {
  static let kind = "report-acknowledgement"

  static let route = EffectRoute.on(
    kind,
    perform: { effect, context in
      let key = try ReferralKey(parsing: effect.key)
      let referral = try await context.slice.read { try $0.knownReferral(key) }
      try await SupportCalls(context).acknowledge(key, on: referral.acknowledgedOn)
    },
    ask: { _, _ in false },
    confirmed: { _, _ in })
}
