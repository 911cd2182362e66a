import CaseModel
import CorrespondenceRules
import PolicyLibrary
import WorkerKit

/// Who changes something about a notice, and why.
struct Grounds: Sendable {
  let officer: String
  let reason: String
}

/// Lets a held notice go. What the guard stopped at goes with the person's word, and that word is about exactly the text
/// that they have read.
struct ReleaseNotice {
  let noticeID: String
  /// Of the text that was read.
  let digest: String
  let grounds: Grounds
  /// Nil for the way that it would take by itself.
  let channel: NoticeWay?

  /// - Throws: the refusals `unknown-notice`, `not-held`, `digest-differs`, `nothing-to-send` and `not-a-safe-way`.
  func apply(_ found: FoundWay, in tx: SliceTransaction) throws -> KeptNotice {
    guard var notice = try tx.noticeIfAny(noticeID) else { throw Refusal.unknownNotice }
    try notice.check(.released)
    try notice.check(digest: digest)
    guard !notice.written.text.isEmpty else {
      throw Refusal(
        .state, code: "nothing-to-send", path: "noticeId",
        message: "The notice has no text: something that it must say is not known. Write it anew, "
          + "or amend it.")
    }
    if let channel {
      guard case .person(let ways) = found.reach, ways.contains(where: { $0.channel == channel })
      else {
        throw Refusal(
          .state, code: "not-a-safe-way", path: "channel",
          message: "The person has not named this way as a safe one.")
      }
      notice.releasedChannel = channel
    }
    // The word is about what the guard had stopped at when the text was read. What it stops at since then, such as a name
    // that was added later, is shown to a person first.
    if notice.hold == .leakGuard {
      let isSeen = Set(found.hits).isSubset(of: notice.holdParts)
      notice.releasedDigest = isSeen ? notice.written.digest : ""
      notice.releasedParts = isSeen ? notice.holdParts : []
    }
    try tx.note(
      KeptStep(
        step: .released, officer: grounds.officer, reason: grounds.reason, day: tx.today),
      of: notice)
    try tx.audit(
      actor: grounds.officer, action: "correspondence.release", subject: notice.id,
      reason: found.hits.joined(separator: ", "), words: grounds.reason)
    try tx.route(&notice, found)
    return notice
  }
}

/// Other words, guarded like any.
struct AmendNotice {
  let noticeID: String
  /// Of the text that they replace.
  let digest: String
  let subject: String
  let text: String
  let grounds: Grounds

  /// What the notice would be, for the guard.
  func amended(_ notice: KeptNotice) -> Written {
    let written = notice.written
    return Written(
      language: written.language, template: Self.template(of: written.template),
      subject: subject.isEmpty ? written.subject : subject, text: text,
      html: AmendedPage(
        language: written.language, title: subject.isEmpty ? written.subject : subject, text: text
      ).html,
      calendar: written.calendar, textMessage: written.textMessage, phone: written.phone)
  }

  /// It is known that these are a person's words.
  private static func template(of template: String) -> String {
    let suffix = "+amended"
    return template.hasSuffix(suffix) ? template : template + suffix
  }

  /// - Throws: the refusals `unknown-notice`, `not-amendable` and `digest-differs`.
  func apply(_ found: FoundWay, in tx: SliceTransaction) throws -> KeptNotice {
    guard var notice = try tx.noticeIfAny(noticeID) else { throw Refusal.unknownNotice }
    try notice.check(.amended)
    try notice.check(digest: digest)
    notice.written = amended(notice)
    notice.releasedDigest = ""
    try tx.note(
      KeptStep(step: .amended, officer: grounds.officer, reason: grounds.reason, day: tx.today),
      of: notice)
    try tx.audit(
      actor: grounds.officer, action: "correspondence.amend", subject: notice.id,
      words: grounds.reason)
    try tx.route(&notice, found)
    return notice
  }
}

/// It does not go.
struct CancelNotice {
  let noticeID: String
  let grounds: Grounds

  /// - Throws: the refusals `unknown-notice` and `not-cancellable`.
  func apply(in tx: SliceTransaction) throws -> KeptNotice {
    guard var notice = try tx.noticeIfAny(noticeID) else { throw Refusal.unknownNotice }
    // Saying so again changes nothing.
    guard notice.state != .cancelled else { return notice }
    try notice.check(.cancelled)
    try tx.cancel(&notice, by: grounds.officer, reason: grounds.reason)
    try tx.audit(
      actor: grounds.officer, action: "correspondence.cancel", subject: notice.id,
      words: grounds.reason)
    return notice
  }
}

/// What a person knows to have become of a notice: carried out by hand, or uncertain.
struct SettleNotice {
  let noticeID: String
  let state: NoticeState
  let grounds: Grounds

  /// The code of a notice that a person says has not arrived.
  static let code = "settled"

  /// - Throws: the refusals `unknown-notice` and `not-settleable`.
  func apply(in tx: SliceTransaction) throws -> KeptNotice {
    guard var notice = try tx.noticeIfAny(noticeID) else { throw Refusal.unknownNotice }
    try notice.check(.settled)
    guard notice.state.maySettle(as: state) else { throw notice.refusal(of: .settled) }
    try tx.audit(
      actor: grounds.officer, action: "correspondence.settle", subject: notice.id,
      reason: state.rawValue, words: grounds.reason)
    switch state {
    case .ready:
      try tx.note(
        KeptStep(step: .settled, officer: grounds.officer, reason: grounds.reason, day: tx.today),
        of: notice)
      notice.state = .waiting
      notice.isTaken = false
      notice.failureCode = ""
      try tx.findWay(of: notice)
      return try tx.notice(noticeID)
    case .sent, .delivered, .failed:
      if !notice.isTaken {
        // Somebody carried it out, by no channel of ours.
        notice.channel = nil
        notice.preferred = nil
      }
      let step: NoticeStep =
        state == .sent ? .sent : state == .delivered ? .delivered : .failed
      try tx.record(
        &notice, step, code: step == .failed ? Self.code : "", on: nil, by: grounds.officer,
        reason: grounds.reason)
    case .composing, .held, .waiting, .uncertain, .cancelled: break
    }
    return notice
  }
}

extension KeptNotice {
  /// - Throws: a refusal whose code says what cannot be done.
  func check(_ step: NoticeStep) throws {
    guard state.allows(step, isTaken: isTaken) else { throw refusal(of: step) }
  }

  func refusal(of step: NoticeStep) -> Refusal {
    let code =
      switch step {
      case .released: "not-held"
      case .amended: "not-amendable"
      case .cancelled: "not-cancellable"
      case .settled, .sent, .delivered, .failed, .uncertain: "not-settleable"
      }
    let taken = isTaken ? ", and a worker has it" : ""
    return Refusal(
      .state, code: code, path: "noticeId",
      message: "The notice is \(state.rawValue)\(taken), so that this cannot be done to it.")
  }

  /// - Throws: the refusal `digest-differs`.
  func check(digest: String) throws {
    guard written.digest == digest else {
      throw Refusal(
        .state, code: "digest-differs", path: "digest",
        message: "The notice has another text by now; read it first: `recourse notice show ID`.")
    }
  }
}
