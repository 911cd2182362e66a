import CaseModel
import CorrespondenceRules
import Foundation
import WorkerKit

/// What was found out about the way of a notice, outside any transaction.
struct FoundWay: Sendable, Hashable {
  /// How its reader can be reached.
  enum Reach: Sendable, Hashable {
    case person([SafeWay])
    case body(hasMailbox: Bool)
  }

  let reach: Reach
  /// The parts at which the guard stopped.
  let hits: [String]
}

/// How long a notice may wait before a person is told.
enum NoticeBounds {
  /// For a worker that takes on its channel, or takes it out.
  static let channelLimit: TimeInterval = 86_400
  /// For the word of the worker that has it.
  static let wordLimit: TimeInterval = 3 * 86_400
  /// When the hour has come at which somebody may be reached.
  static let hourTimer = "notice-hour"
  /// When one of the limits is over.
  static let limitTimer = "notice-limit"
  /// The kind of effect that looks for a way again.
  static let wayEffect = "find-way"
}

// What becomes of a notice, each with its event.
extension SliceTransaction {
  /// Where a notice goes from here: to a worker, to wait, or to a person. It is kept and announced.
  func route(_ notice: inout KeptNotice, _ found: FoundWay) throws {
    notice.isTaken = false
    notice.servedBy = ""
    guard notice.isClear(found.hits) else {
      notice.holdParts = found.hits
      return try hold(&notice, .leakGuard)
    }
    let served = try servedChannels()
    let safe = choose(found.reach, served, notice)
    notice.preferred = safe.preferred
    notice.because = safe.because
    switch safe.course {
    case .go(let channel):
      notice.channel = channel
      notice.servedBy = served[channel] ?? ""
      try makeReady(&notice)
    case .wait(let channel, let moment):
      notice.channel = channel
      try wait(&notice, NoticeBounds.hourTimer, Date(timeIntervalSince1970: Double(moment)))
    case .unserved(let channel):
      notice.channel = channel
      try wait(
        &notice, NoticeBounds.limitTimer, now.addingTimeInterval(NoticeBounds.channelLimit))
    case .hold(let reason):
      notice.channel = nil
      // It was looked at again and is where it was: that is no news.
      if notice.state == .held, notice.hold == reason { return try keep(notice) }
      try hold(&notice, reason)
    }
  }

  /// The way that a notice would take now.
  func choose(
    _ reach: FoundWay.Reach, _ served: [NoticeWay: String], _ notice: KeptNotice
  ) -> SafeContact {
    switch reach {
    case .body(let hasMailbox):
      return SafeContact.choose(hasMailbox: hasMailbox, served: Set(served.keys))
    case .person(let ways):
      // A person's word about one of the safe ways goes before their order.
      let own = ways.filter { $0.channel == notice.releasedChannel }
      return SafeContact.choose(
        own.isEmpty ? ways : own, served: Set(served.keys),
        nowUnixSeconds: Int64(now.timeIntervalSince1970.rounded(.down)))
    }
  }

  private func makeReady(_ notice: inout KeptNotice) throws {
    notice.state = .ready
    notice.hold = nil
    notice.holdParts = []
    notice.attempt += 1
    try keep(notice)
    try stopTimers(of: notice)
    try schedule(
      NoticeBounds.limitTimer, key: notice.id,
      at: now.addingTimeInterval(NoticeBounds.channelLimit))
    try announceReady(notice)
  }

  private func wait(_ notice: inout KeptNotice, _ timer: String, _ until: Date) throws {
    notice.state = .waiting
    notice.hold = nil
    notice.holdParts = []
    try keep(notice)
    try stopTimers(of: notice)
    try schedule(timer, key: notice.id, at: until)
  }

  /// It waits for a person.
  func hold(_ notice: inout KeptNotice, _ reason: NoticeHold) throws {
    notice.state = .held
    notice.hold = reason
    if reason != .leakGuard { notice.holdParts = [] }
    notice.isTaken = false
    notice.servedBy = ""
    try keep(notice)
    try stopTimers(of: notice)
    try announceHeld(notice)
  }

  /// It does not go.
  func cancel(_ notice: inout KeptNotice, by officer: String, reason: String) throws {
    notice.state = .cancelled
    notice.hold = nil
    notice.holdParts = []
    try keep(notice)
    try stopTimers(of: notice)
    try note(KeptStep(step: .cancelled, officer: officer, reason: reason, day: today), of: notice)
  }

  /// Has a way looked for once more.
  func findWay(of notice: KeptNotice) throws {
    var notice = notice
    notice.rounds += 1
    try keep(notice)
    try intend(NoticeBounds.wayEffect, key: "\(notice.id)/\(notice.rounds)")
  }

  func stopTimers(of notice: KeptNotice) throws {
    try cancelTimer(NoticeBounds.hourTimer, key: notice.id)
    try cancelTimer(NoticeBounds.limitTimer, key: notice.id)
  }
}

extension KeptNotice {
  /// The guard stops at nothing of it, or at no more than a person has let go. What is protected since then is shown to a
  /// person first.
  func isClear(_ hits: [String]) -> Bool {
    hits.isEmpty
      || written.digest == releasedDigest && Set(hits).isSubset(of: releasedParts)
  }
}
