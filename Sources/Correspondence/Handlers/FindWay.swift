import CaseModel
import CorrespondenceRules
import Foundation
import Policy
import PolicyLibrary
import WorkerKit

/// Looks for the way of a notice that is written: asks Intake how its reader can be reached safely, and whether the text
/// names what is protected.
struct FindWay {
  let library: PolicyLibrary

  /// - Throws: if Intake is away: it is tried again.
  func look(
    _ notice: KeptNotice, _ context: WorkerContext
  ) async throws -> (found: FoundWay, contact: Contact?) {
    let prepared = try await IntakeCalls(context).prepare(
      [LetterQuestion(parts: notice.written.parts, to: notice.to)],
      people: [notice.to].compactMap(\.person), of: notice.reference)
    let hits = prepared.hits.first ?? []
    switch notice.to {
    case .person:
      let contact = prepared.contacts.first ?? nil
      return (FoundWay(reach: .person(contact?.safeWays ?? []), hits: hits), contact)
    case .body(let body):
      let mailbox = try await mailbox(of: body, notice.policyDigest, context)
      return (FoundWay(reach: .body(hasMailbox: mailbox != nil), hits: hits), mailbox)
    }
  }

  /// The way of a body: as this installation has it, else as its procedure does; nil where neither does.
  func mailbox(
    of body: String, _ policyDigest: String, _ context: WorkerContext
  ) async throws -> Contact? {
    try await context.slice.read { [library] slice in
      let pack = try library.pack(policyDigest, in: slice)
      guard let known = pack.body(body),
        let address = try BodyMailbox(known, of: pack.area ?? "", in: slice).address
      else { return nil }
      return Contact(
        name: known.name, language: .english,
        ways: [.init(safe: SafeWay(.email), address: address)])
    }
  }

  /// The effect: for a notice whose hour has come, whose channel somebody has taken on, or whose reader can be reached
  /// otherwise than before.
  static func route(_ library: PolicyLibrary) -> EffectRoute {
    .inside(
      NoticeBounds.wayEffect,
      gather: { effect, context -> FoundWay? in
        let (id, round) = try parse(effect.key)
        let notice = try await context.slice.read { try $0.notice(id) }
        guard notice.isLookedFor(in: round) else { return nil }
        return try await FindWay(library: library).look(notice, context).found
      },
      apply: { effect, found, tx in
        let (id, round) = try parse(effect.key)
        var notice = try tx.notice(id)
        guard let found, notice.isLookedFor(in: round) else { return }
        try tx.route(&notice, found)
      })
  }

  private static func parse(_ key: String) throws -> (id: String, round: Int) {
    let parts = key.split(separator: "/")
    guard parts.count == 2, let round = Int(parts[1]) else { throw UnknownNotice() }
    return (String(parts[0]), round)
  }
}

extension KeptNotice {
  /// Nothing else has become of it since the look was set about.
  fileprivate func isLookedFor(in round: Int) -> Bool { rounds == round && mayFindWay }

  /// It has not left, no worker has it, and no person's word is needed first.
  var mayFindWay: Bool {
    state == .waiting || state == .ready && !isTaken || state == .held && hold == .noSafeWay
  }
}

/// A limit is over: what nobody took on is shown to people.
enum EndWait {
  /// A worker that was given a notice has said nothing.
  static let noWord = "no-word"

  static func hourHasCome(_ timer: DueTimer, in tx: SliceTransaction) throws {
    let notice = try tx.notice(timer.key)
    guard notice.state == .waiting else { return }
    try tx.findWay(of: notice)
  }

  static func limitIsOver(_ timer: DueTimer, in tx: SliceTransaction) throws {
    var notice = try tx.notice(timer.key)
    switch notice.state {
    case .waiting: try tx.hold(&notice, .noChannel)
    case .ready where !notice.isTaken: try tx.hold(&notice, .noChannel)
    case .ready: try tx.record(&notice, .uncertain, code: noWord, on: nil, by: notice.servedBy)
    case .composing, .held, .sent, .delivered, .failed, .uncertain, .cancelled: break
    }
  }
}
