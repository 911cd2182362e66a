import CaseModel
import CorrespondenceRules
import Foundation
import PolicyLibrary
import WorkerKit

/// Gives a notice that is ready to the worker that serves its channel, with the address that it goes to. Whether the way
/// is still safe and the text still clear is asked anew: weeks may have passed since. The address is not kept.
struct GiveNotice {
  /// What a worker asks for, as an operator approves it.
  static let purpose = "delivery"

  /// Fields of the answer.
  enum Field: String, Sendable, CaseIterable {
    case subject
    case text
    case html
    case calendar
    case address
    case name
  }

  let noticeID: String
  let attempt: Int
  let caller: Caller
  let library: PolicyLibrary

  struct Given: Sendable {
    let notice: KeptNotice
    let channel: NoticeWay
    let address: String
    let name: String
    /// In large print.
    let isLarge: Bool
    /// What the worker may be told.
    let fields: [Field]
  }

  /// - Throws: the refusal `not-ready` if it was held, cancelled, sent or given to somebody else since.
  func perform(_ context: WorkerContext) async throws -> Given {
    let notice = try await context.slice.read { try $0.noticeIfAny(noticeID) }
    guard let notice, isReady(notice) else { throw Self.notReady }
    let fields = try caller.fields(Field.allCases, for: Self.purpose)
    let (found, contact) = try await FindWay(library: library).look(notice, context)
    let given = try await context.slice.write { tx -> Given? in
      var notice = try tx.notice(noticeID)
      guard isReady(notice), let channel = notice.channel else { return nil }
      let isClear = notice.isClear(found.hits)
      let safe = tx.choose(found.reach, try tx.servedChannels(), notice)
      guard isClear, safe.course == .go(channel),
        let way = contact?.ways.first(where: { $0.safe.channel == channel })
      else {
        try tx.route(&notice, found)
        return nil
      }
      if !notice.isTaken {
        notice.isTaken = true
        try tx.keep(notice)
        try tx.schedule(
          NoticeBounds.limitTimer, key: notice.id,
          at: tx.now.addingTimeInterval(NoticeBounds.wordLimit))
      }
      try tx.auditDisclosure(
        to: caller, "correspondence.give-notice", of: notice.reference, purpose: Self.purpose,
        fields: fields.map(\.rawValue), grounds: notice.id)
      return Given(
        notice: notice, channel: channel, address: way.address, name: contact?.name ?? "",
        isLarge: contact?.wantsLargePrint ?? false, fields: fields)
    }
    guard let given else { throw Self.notReady }
    return given
  }

  private func isReady(_ notice: KeptNotice) -> Bool {
    notice.state == .ready && notice.attempt == attempt && notice.servedBy == caller.principal
  }

  private static var notReady: Refusal {
    Refusal(
      .state, code: "not-ready", path: "noticeId",
      message: "There is no such notice for this worker to take out now.")
  }
}

/// Keeps which channels a worker serves, and looks for a way for what waited for one.
struct ServeChannels {
  let channels: [NoticeWay]
  /// Who asks: the worker that serves them.
  let worker: String

  func apply(in tx: SliceTransaction) throws {
    try tx.serve(channels, by: worker)
    try tx.audit(
      actor: worker, action: "correspondence.serve-channels", subject: worker,
      reason: channels.isEmpty ? "none" : channels.map(\.rawValue).joined(separator: ", "))
    for channel in channels {
      for notice in try tx.noticesToMove(to: worker, on: channel) { try tx.findWay(of: notice) }
    }
  }
}

/// Forgets a worker that was taken away for good: what it had not taken goes another way, or waits for one.
struct ForgetServer {
  let worker: String
  /// Who says so.
  let actor: String

  /// Returns the channels that it served.
  func apply(in tx: SliceTransaction) throws -> [NoticeWay] {
    let served = try tx.servedChannels().filter { $0.value == worker }
    let channels = NoticeWay.allCases.filter { served[$0] != nil }
    guard !channels.isEmpty else { return [] }
    try tx.serve([], by: worker)
    try tx.audit(
      actor: actor, action: "correspondence.forget-server", subject: worker,
      reason: channels.map(\.rawValue).joined(separator: ", "))
    for channel in channels {
      for notice in try tx.noticesToMove(to: "", on: channel) { try tx.findWay(of: notice) }
    }
    return channels
  }
}
