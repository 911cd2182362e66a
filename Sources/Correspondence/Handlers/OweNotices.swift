import CaseModel
import CorrespondenceRules
import Foundation
import WorkerKit

/// Keeps an event of a case, and has written what is owed because of it.
struct OweNotices {
  /// What happened before the worker's first start is nobody's news; what happened this long before it is, so that an
  /// application that came while the system started is acknowledged.
  static let lookBack: TimeInterval = 600
  /// The kind of effect that writes what is owed in a case.
  static let effect = "write-notice"

  let reference: CaseReference
  let policyDigest: String
  let event: KeptEvent
  /// Nil if nobody is written to because of it.
  let occasion: NoticeOccasion?
  let isReplay: Bool
  /// How many complaints come in events of their own; nil where the event does not say.
  var complaints: Int?

  func apply(in tx: SliceTransaction) throws {
    try tx.keep(event, of: reference, policyDigest: policyDigest)
    if let complaints { try tx.expect(complaints, of: reference) }
    try owe(in: tx)
    if !isReplay { try setAbout(in: tx) }
  }

  /// Has written what is owed, once everything has been heard of that came with the application.
  private func setAbout(in tx: SliceTransaction) throws {
    guard try tx.hasAllComplaints(of: reference) else { return }
    try tx.setAbout(reference)
  }

  private func owe(in tx: SliceTransaction) throws {
    guard let happened = self.occasion, !isReplay else { return }
    let known = try tx.writtenCase(reference)
    let occasion = happened.knowing(
      panelOn: known?.panelOn, told: happened.isWithdrawal ? try toldBodies(in: tx) : [])
    try keepStanding(occasion, in: tx)
    guard let beginning = try tx.beginning(),
      event.occurredAt >= beginning.addingTimeInterval(-Self.lookBack)
    else { return }
    guard known?.isWithdrawn != true else { return }
    for (number, notice) in occasion.owed.enumerated() {
      if notice.isOwedOnce,
        try tx.owed(in: reference).contains(where: { $0.notice == notice })
      {
        continue
      }
      let owed = KeptOwed(
        id: "\(reference)/\(notice.kind.rawValue)/\(event.position)-\(number)",
        reference: reference, policyDigest: policyDigest, notice: notice,
        position: event.position, owedOn: tx.today, needsLook: occasion.needsLook != nil)
      _ = try tx.keep(owed)
    }
  }

  /// The bodies that something about the case has gone to, or may have, in the order in which it was written.
  private func toldBodies(in tx: SliceTransaction) throws -> [String] {
    var bodies: [String] = []
    for notice in try tx.owed(in: reference).flatMap({ try tx.notices(of: $0) }) {
      guard case .body(let body) = notice.to, !bodies.contains(body) else { continue }
      switch notice.state {
      case .sent, .delivered, .uncertain: bodies.append(body)
      case .ready where notice.isTaken: bodies.append(body)
      case .composing, .held, .waiting, .ready, .failed, .cancelled: break
      }
    }
    return bodies
  }

  private func keepStanding(_ occasion: NoticeOccasion, in tx: SliceTransaction) throws {
    switch occasion {
    case .panelScheduled(let day, _):
      try tx.keepPanel(on: day, of: reference)
      // The day that they name is no day any more.
      try stop("another day was set", in: tx) { $0.kind == .invitation }
    case .panelBlocked:
      try tx.keepPanel(on: nil, of: reference)
      try stop("the day is not possible any more", in: tx) { $0.kind == .invitation }
    case .panelHeld: try tx.keepPanel(on: nil, of: reference)
    case .withdrawn:
      try tx.markWithdrawn(reference)
      try stop("the application was withdrawn", in: tx) { !$0.isDecision }
    default: break
    }
  }

  /// What has not left does not leave any more.
  private func stop(
    _ reason: String, in tx: SliceTransaction, where isMeant: (OwedNotice) -> Bool
  ) throws {
    for owed in try tx.owed(in: reference) where isMeant(owed.notice) {
      if owed.isOpen { try tx.close(owed) }
      for var notice in try tx.notices(of: owed)
      where notice.state.allows(.cancelled, isTaken: notice.isTaken) {
        try tx.cancel(&notice, by: CorrespondenceWorker.name, reason: reason)
      }
    }
  }
}

/// Looks for the way anew for whoever has another address now, in what has not left: what is on its way, and what was held
/// because there was no safe way. What is held for anything else waits for a person's word all the same.
struct HeedChangedContact {
  let reference: CaseReference
  let personKey: String

  func apply(in tx: SliceTransaction) throws {
    try tx.renewOpen(in: reference)
    for owed in try tx.owed(in: reference) {
      for notice in try tx.notices(of: owed) where notice.to.personKey == personKey {
        if notice.mayFindWay { try tx.findWay(of: notice) }
      }
    }
  }
}

extension NoticeOccasion {
  /// With the day of the meeting that is not to be any more, and who knows of the application.
  fileprivate func knowing(panelOn day: CalendarDate?, told: [String]) -> NoticeOccasion {
    switch self {
    case .withdrawn(let underPressure, _, _):
      .withdrawn(underPressure: underPressure, panelOn: day, told: told)
    case .panelBlocked: .panelBlocked(panelOn: day)
    default: self
    }
  }
}
