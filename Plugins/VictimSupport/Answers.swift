import Foundation
import Messages
import SwiftProtobuf
import WorkerKit

/// Asks the provider what became of the referrals that it has.
struct AskForAnswers {
  private let provider: Provider

  init(_ provider: Provider) {
    self.provider = provider
  }

  /// One round. Where the provider is away it ends, and the next begins with other referrals; what the provider cannot
  /// say of one keeps nobody from hearing of the others.
  /// - Throws: what failed first.
  func perform(_ context: WorkerContext) async throws {
    guard provider.missing == nil else { return }
    let open = try await context.slice.read { try $0.referralsToAsk(limit: Provider.pollLimit) }
    var failure: (any Error)?
    for referral in open {
      try await context.slice.write { try $0.noteAsked(referral.key) }
      do {
        guard let fate = try await provider.fate(of: referral.referral, context) else { continue }
        try await context.slice.write { tx in
          // It may have been withdrawn meanwhile.
          guard try tx.knownReferral(referral.key).state == .open else { return }
          try Self.keep(fate, of: referral, in: tx)
        }
      } catch let error as DeliveryFailed {
        failure = failure ?? error
      } catch let error as Provider.Unreadable {
        failure = failure ?? error
      }
    }
    if let failure { throw failure }
  }

  private static func keep(
    _ fate: Provider.Fate, of referral: KeptReferral, in tx: SliceTransaction
  ) throws {
    guard var answer = answers[fate.state], answer != referral.answer?.answer else { return }
    // Whoever had accepted a person can only come to an end with them.
    if answer == "DECLINED", referral.answer?.answer == "ACCEPTED" { answer = "CLOSED" }
    // A day that has not come, or is none, is not the day on which it was said.
    let day = fate.on.flatMap { CalendarDate($0) }.map { min($0, tx.today) } ?? tx.today
    let reason =
      answer == "DECLINED" ? reasons[fate.reason ?? ""] ?? "NOT_ELIGIBLE" : ""
    if answer == "DECLINED" || answer == "CLOSED" { try tx.move(referral.key, to: .ended) }
    try tx.report(
      KeptAnswer(answer: answer, reason: reason, day: day.description), of: referral.key)
  }

  /// The provider's states, but `received`, which says nothing new.
  private static let answers = [
    "accepted": "ACCEPTED", "declined": "DECLINED", "no-contact": "NO_CONTACT", "closed": "CLOSED",
  ]

  /// The provider's reasons; another one is the second.
  private static let reasons = [
    "no-capacity": "NO_CAPACITY", "not-eligible": "NOT_ELIGIBLE", "out-of-area": "OUT_OF_AREA",
    "already-supported": "ALREADY_SUPPORTED", "person-declined": "PERSON_DECLINED",
  ]
}

/// Tells Support what the provider said. Support takes the same answer once, so that it may be told again.
enum ReportAnswer {
  static let kind = "report-answer"

  static let route = EffectRoute.on(
    kind,
    perform: { effect, context in
      let key = try key(of: effect)
      let referral = try await context.slice.read { try $0.knownReferral(key) }
      guard let answer = referral.answer else { throw UnknownReferral() }
      try await SupportCalls(context).record(answer, of: key)
    },
    ask: { _, _ in false },
    confirmed: { effect, tx in try tx.endReport(of: key(of: effect)) },
    abandoned: { effect, _, tx in try tx.endReport(of: key(of: effect)) })

  private static func key(of effect: Effect) throws -> ReferralKey {
    // Which of its answers it is comes after the referral's key.
    let parts = effect.key.split(separator: "/")
    return try ReferralKey(parsing: parts.prefix(3).joined(separator: "/"))
  }
}
