import CaseModel
import Foundation
import Policy
import PolicyLibrary
import WorkerKit

/// A met threshold makes a review owed (s.104(1)): opens it with the last day for the panel to meet and
/// the bodies without which it does not, and looks for a day at once.
struct OpenReview {
  /// Fires on the day after the last day.
  static let timerKind = "panel-due"

  let library: PolicyLibrary

  /// - Throws: ``PanelClockError`` if the case's pack has no usable clock for the panel;
  ///   ``DecisionWithoutApplication``; `BeyondHorizon` if bank holidays are not known for so long.
  func apply(_ decision: MetDecision, in tx: SliceTransaction) throws {
    let review = try review(after: decision, tx)
    try tx.removeReversal(of: decision.reference)
    guard try tx.open(review) else { return }
    try tx.announceOpened(review)
    try tx.schedule(
      Self.timerKind, key: review.reference.description, at: Self.start(after: review.dueOn))
    try tx.audit(
      actor: "panel", action: "panel.open-review", subject: review.reference.description,
      reason: "due \(review.dueOn) by the clock of \(review.clockSource)")
    try SchedulePanel().apply(review, in: tx)
  }

  private func review(after decision: MetDecision, _ slice: SliceReader) throws -> KeptReview {
    guard let receivedOn = try slice.receipt(of: decision.reference) else {
      throw DecisionWithoutApplication()
    }
    let pack = try library.pack(decision.policyDigest, in: slice)
    let lender = try library.lenders(in: slice).defaultPack(on: receivedOn)
    guard let (clock, source) = pack.clock(.panel, fallback: lender) else {
      throw PanelClockError.noPanelClock(pack.name)
    }
    let anchor: CalendarDate =
      switch clock.anchor {
      case .receipt: receivedOn
      case .decision: decision.decidedOn
      case .acknowledgement, .information, .meeting, .outcome, .appeal:
        throw PanelClockError.unusableAnchor(source)
      }
    return KeptReview(
      reference: decision.reference, policyDigest: decision.policyDigest,
      openedOn: decision.decidedOn,
      dueOn: try clock.period.deadline(from: anchor, in: pack.calendar), clockSource: source,
      requiredBodies: pack.bodiesForQuorum(on: decision.decidedOn).map(\.key))
  }

  /// The moment at which a day is over in London.
  private static func start(after day: CalendarDate) -> Date {
    Date(timeIntervalSince1970: Double(LondonTime.startOfDay(day.adding(days: 1))))
  }
}

/// A case's events come in order, so this one is of a case that began elsewhere, or nowhere.
struct DecisionWithoutApplication: Error {}

/// Why nobody can say by when a panel must meet: the decision waits until somebody has looked into it.
enum PanelClockError: Error, CustomStringConvertible {
  /// Neither the case's pack nor the one that lends clocks says by when a panel meets.
  case noPanelClock(String)
  /// The pack's clock for the panel counts from something that does not come before it.
  case unusableAnchor(String)

  var description: String {
    switch self {
    case .noPanelClock(let name): "neither \(name) nor the default pack has a clock for the panel"
    case .unusableAnchor(let name): "the panel's clock in \(name) counts from no earlier stage"
    }
  }
}
