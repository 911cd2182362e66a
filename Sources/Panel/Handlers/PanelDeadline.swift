import CaseModel
import Policy

/// By when a panel has to meet. A pack's own clock that runs beyond the known bank holidays holds up no
/// review: the lent clock takes its place, and it is said so.
struct PanelDeadline: Sendable, Hashable {
  let day: CalendarDate
  /// Name of the pack whose clock it is.
  let source: String
  /// Why it is not the pack's own clock as it stands, in words; empty if it is, or if there is none.
  let note: String

  /// - Parameter lender: lends its clock where the pack has none, or none that can be used.
  /// - Throws: ``NoPanelClock`` if there is no clock at all.
  init(
    decidedOn: CalendarDate, receivedOn: CalendarDate, under pack: PolicyPack, lender: PolicyPack?
  ) throws {
    func deadline(_ clock: Clock, from anchor: CalendarDate?) -> CalendarDate? {
      anchor.flatMap { try? clock.period.deadline(from: $0, in: pack.calendar) }
    }
    func anchor(of clock: Clock) -> CalendarDate? {
      switch clock.anchor {
      case .receipt: receivedOn
      case .decision: decidedOn
      case .acknowledgement, .information, .meeting, .outcome, .appeal: nil
      }
    }
    let own = pack.clocks.first { $0.stage == .panel }
    let lent = lender?.clocks.first { $0.stage == .panel }
    if let own, let day = deadline(own, from: anchor(of: own)) {
      (self.day, source, note) = (day, pack.name, "")
      return
    }
    let unusable = own.map {
      "The panel's clock in \(pack.name), counted from \($0.anchor.rawValue), cannot be used: "
    }
    if let lender, let lent, let day = deadline(lent, from: anchor(of: lent)) {
      (self.day, source) = (day, lender.name)
      note = unusable.map { $0 + "that of \(lender.name) takes its place." } ?? ""
    } else {
      throw NoPanelClock(pack: pack.name)
    }
  }
}

/// Nobody can say by when a panel must meet, for neither the case's pack nor the one that lends clocks
/// does: the decision waits until somebody has looked into it.
struct NoPanelClock: Error, CustomStringConvertible {
  /// Its name.
  let pack: String

  var description: String {
    "neither \(pack) nor the default pack has a clock for the panel that can be counted"
  }
}
