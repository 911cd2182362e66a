import CaseModel
import Policy

/// By when a body has to answer a recommendation: the clock of the case's own pack, else the one that is lent.
///
/// A clock that counts from the outcome counts from the last day for telling it: who hears of a recommendation late is given
/// no less time than the pack has, and a letter that is late gives bodies no more. The day is fixed when the meeting is put
/// on record, and is never moved.
struct AnswerDeadline: Sendable, Hashable {
  let day: CalendarDate
  /// Name of the pack whose clock it is.
  let source: String

  /// Nil where no clock says, or the known bank holidays do not reach so far.
  init?(
    heldOn: CalendarDate, openedOn: CalendarDate, receivedOn: CalendarDate?,
    under pack: PolicyPack, lender: PolicyPack?
  ) {
    var days: [Clock.Anchor: CalendarDate] = [.meeting: heldOn, .decision: openedOn]
    days[.receipt] = receivedOn
    func due(_ stage: Clock.Stage) -> (day: CalendarDate, source: String)? {
      guard let (clock, source) = pack.clock(stage, fallback: lender),
        let from = days[clock.anchor],
        let day = try? clock.period.deadline(from: from, in: pack.calendar)
      else { return nil }
      return (day, source)
    }
    days[.outcome] = due(.outcome)?.day
    guard let answer = due(.response) else { return nil }
    (day, source) = answer
  }
}
