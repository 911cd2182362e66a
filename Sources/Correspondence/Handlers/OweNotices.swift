import CaseModel
import CorrespondenceRules
import Foundation
import WorkerKit

/// Keeps an event of a case, and has written what is owed because of it.
struct OweNotices {
  /// What happened before the worker's first start is nobody's news; what happened this long before it is, so that an
  /// application that came while the system started is acknowledged.
  static let lookBack: TimeInterval = 600
  /// The kind of effect that writes what is owed.
  static let effect = "write-notice"

  let reference: CaseReference
  let policyDigest: String
  let event: KeptEvent
  /// Nil if nobody is written to because of it.
  let occasion: NoticeOccasion?
  let isReplay: Bool

  func apply(in tx: SliceTransaction) throws {
    try tx.keep(event, of: reference, policyDigest: policyDigest)
    guard let occasion, !isReplay else { return }
    if occasion.isWithdrawal { try withdraw(in: tx) }
    guard let beginning = try tx.beginning(),
      event.occurredAt >= beginning.addingTimeInterval(-Self.lookBack)
    else { return }
    let isOver = try tx.writtenCase(reference)?.isWithdrawn ?? false
    guard !isOver || occasion.isWithdrawal else { return }
    for (number, notice) in occasion.owed.enumerated() {
      let owed = KeptOwed(
        id: "\(reference)/\(notice.kind.rawValue)/\(event.position)-\(number)",
        reference: reference, policyDigest: policyDigest, notice: notice,
        position: event.position, owedOn: tx.today,
        needsLook: occasion.needsLook != nil)
      guard let kept = try tx.keep(owed) else { continue }
      try tx.intend(Self.effect, key: kept.effectKey)
    }
  }

  /// What has not left does not leave any more.
  private func withdraw(in tx: SliceTransaction) throws {
    try tx.markWithdrawn(reference)
    for owed in try tx.owed(in: reference) where owed.isOpen { try tx.close(owed) }
    let notices = try tx.notices(of: reference, after: 0, limit: ListNotices.caseLimit)
    for var notice in notices where notice.state.allows(.cancelled, isTaken: notice.isTaken) {
      try tx.cancel(&notice, by: CorrespondenceWorker.name, reason: "the application was withdrawn")
    }
  }
}
