import CaseModel
import CorrespondenceRules
import WorkerKit

extension SliceTransaction {
  /// Keeps and announces what became of a notice that was on its way, and what it is evidence of: what came back is
  /// evidence of nothing, and what goes again after that is evidence from that day on.
  /// - Parameters:
  ///   - code: stable, where it failed or nobody knows.
  ///   - day: nil for today.
  ///   - officer: the worker that says so, or the person who knows.
  ///   - reason: as the person typed it; empty for a worker.
  func record(
    _ notice: inout KeptNotice, _ step: NoticeStep, code: String, on day: CalendarDate?,
    by officer: String, reason: String = ""
  ) throws {
    let day = day ?? today
    let evidenceOn = notice.state.isEvidence ? notice.sentOn : nil
    notice.hold = nil
    notice.holdParts = []
    notice.failureCode = ""
    switch step {
    case .sent: notice.state = .sent
    case .delivered: notice.state = .delivered
    case .failed: notice.state = .failed
    default: notice.state = .uncertain
    }
    if notice.state.isEvidence { notice.sentOn = evidenceOn ?? day }
    if step == .delivered { notice.deliveredOn = day }
    if step == .failed || step == .uncertain { notice.failureCode = code }
    try keep(notice)
    try stopTimers(of: notice)
    try note(
      KeptStep(step: step, officer: officer, reason: reason.isEmpty ? code : reason, day: day),
      of: notice)
    if let evidenceOn {
      if !notice.state.isEvidence { try takeEvidenceBack(of: notice, on: evidenceOn) }
    } else if notice.state.isEvidence {
      try announceSent(notice)
      try tellEvidence(of: notice)
    }
    switch step {
    case .delivered: try announceDelivered(notice)
    case .failed, .uncertain: try announceFailed(notice, on: day)
    default: break
    }
  }
}

/// Puts on record what became of a notice, as the worker says that took it out.
struct RecordDelivery {
  let noticeID: String
  let attempt: Int
  let step: NoticeStep
  let code: String
  /// Nil for today.
  let day: CalendarDate?
  /// Who says so.
  let worker: String

  /// - Throws: the refusals `unknown-notice`, `other-attempt`, `day-in-future` and `not-on-its-way`.
  func apply(in tx: SliceTransaction) throws {
    guard var notice = try tx.noticeIfAny(noticeID), notice.servedBy == worker else {
      throw Refusal.unknownNotice
    }
    guard notice.attempt == attempt else {
      throw Refusal(
        .state, code: "other-attempt", path: "attempt",
        message: "The notice has been made ready \(notice.attempt) times by now.")
    }
    if let day { try tx.check(hasCome: day) }
    guard notice.state.allows(step, isTaken: notice.isTaken) else {
      throw Refusal(
        .state, code: "not-on-its-way", path: "state",
        message: "The notice is \(notice.state.rawValue), so that this cannot become of it.")
    }
    try tx.record(&notice, step, code: code, on: day, by: worker)
  }
}

extension SliceTransaction {
  /// - Throws: the refusal `day-in-future`.
  func check(hasCome day: CalendarDate) throws {
    guard day <= today else {
      throw Refusal(
        .input, code: "day-in-future", path: "on", message: "\(day) is still to come.")
    }
  }
}

extension Refusal {
  /// There is none, or it is none of the caller's.
  static var unknownNotice: Refusal {
    Refusal(
      .notFound, code: "unknown-notice", path: "noticeId",
      message: "There is no such notice; `recourse notice list` shows those that there are.")
  }
}
