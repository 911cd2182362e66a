import CaseModel
import Policy

/// The two periods of s.104(11).
struct QualifyingPeriods: Hashable {
  /// A complaint's, beginning with the day of the behaviour.
  let complaint: Period
  /// An application's, beginning with the day of the complaint.
  let application: Period

  init(complaint: Period, application: Period) {
    self.complaint = complaint
    self.application = application
  }

  init(_ rule: MandatoryRule) {
    self.init(complaint: rule.complaintWindow, application: rule.applicationWindow)
  }

  /// The Act's own.
  static let act = QualifyingPeriods(MandatoryRule())
}

/// s.104(11): a complaint qualifies if it was made within the period beginning with the day of the
/// behaviour, and the application within the period beginning with the day of the complaint.
///
/// Where a day is known only as a range, the complaint has the benefit of the doubt: it qualifies if any
/// days in the ranges let it, so the behaviour is put on its last day and the complaint on the last day
/// that is still in time. Where a procedure gives no such benefit, all days that are possible must let it.
struct Section104Subsection11 {
  /// Why it does not qualify; nil if it does.
  let refusal: Reason.Code?
  /// By when what happened had to be reported.
  let complaintBy: CalendarDate
  /// By when the application had to be made.
  let applicationBy: CalendarDate

  /// Of the complaint at a place.
  init(_ application: EstablishedApplication, _ place: Int, within periods: QualifyingPeriods) {
    self.init(
      behaviour: application.facts[place].behaviour, made: application.facts[place].complaint,
      receivedOn: application.receivedOn, isInFavour: application.isReadInFavour(place),
      within: periods)
  }

  init(
    behaviour: ClosedRange<CalendarDate>, made: ClosedRange<CalendarDate>,
    receivedOn: CalendarDate, isInFavour: Bool, within periods: QualifyingPeriods
  ) {
    let earliest = max(made.lowerBound, behaviour.lowerBound)
    let latest = min(made.upperBound, receivedOn)
    complaintBy = periods.complaint.lastDay(
      beginningWith: isInFavour ? behaviour.upperBound : behaviour.lowerBound)
    applicationBy = periods.application.lastDay(
      beginningWith: isInFavour ? min(latest, complaintBy) : earliest)
    refusal =
      if made.upperBound < behaviour.lowerBound {
        .complaintBeforeBehaviour
      } else if made.lowerBound > complaintBy || (!isInFavour && latest > complaintBy) {
        .complaintTooLate
      } else if earliest > receivedOn {
        .complaintAfterApplication
      } else if receivedOn > applicationBy {
        .applicationTooLate
      } else {
        nil
      }
  }

  /// Why the complaint counts or does not, with the days that show it.
  func reason(_ facts: ComplaintFacts, receivedOn: CalendarDate) -> Reason {
    var details: [Reason.Detail] = []
    details.reserveCapacity(7)
    details.append("behaviour", facts.behaviour)
    details.append("complaint", facts.complaint)
    details.append(.init("received", receivedOn))
    switch refusal {
    case nil:
      details.append(.init("complaintBy", complaintBy))
      details.append(.init("applicationBy", applicationBy))
    case .complaintTooLate: details.append(.init("lastDay", complaintBy))
    case .applicationTooLate: details.append(.init("lastDay", applicationBy))
    default: break
    }
    return Reason(refusal ?? .complaintCounts, details)
  }
}

extension [Reason.Detail] {
  /// A day, with the last day beside it where only a range is known.
  mutating func append(_ name: String, _ days: ClosedRange<CalendarDate>) {
    append(.init(name, days.lowerBound))
    if days.lowerBound < days.upperBound { append(.init(name + "To", days.upperBound)) }
  }
}
