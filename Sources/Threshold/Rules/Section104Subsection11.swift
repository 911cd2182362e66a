import CaseModel
import Policy

/// The two periods of s.104(11).
struct QualifyingPeriods: Hashable {
  /// A complaint's, beginning with the day of the behaviour; nil where a route of an area's own has none.
  let complaint: Period?
  /// An application's, beginning with the day of the complaint.
  let application: Period

  init(complaint: Period?, application: Period) {
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
  /// By when what happened had to be reported; nil where nothing says so.
  let complaintBy: CalendarDate?
  /// By when the application had to be made.
  let applicationBy: CalendarDate
  /// The days that it was found by.
  let days: ComplaintFacts.Days
  /// True if these are the applicant's, and the body has others on record.
  let isAgainstRecord: Bool

  /// Of the complaint at a place. Where the record and the applicant are in conflict and the complaint has the
  /// benefit of the doubt, it goes by those days that let it qualify. Where both or neither do, it goes by the
  /// same as another finding about it, so that an assessment has one day for it wherever it can; else by
  /// the record.
  init(
    _ application: EstablishedApplication, _ place: Int, within periods: QualifyingPeriods,
    sameDaysAs other: Section104Subsection11? = nil
  ) {
    func by(_ facts: ComplaintFacts, isAgainstRecord: Bool = false) -> Section104Subsection11 {
      Section104Subsection11(
        facts.days, receivedOn: application.receivedOn,
        isInFavour: application.isReadInFavour(place), within: periods,
        isAgainstRecord: isAgainstRecord)
    }
    let byRecord = by(application.facts[place])
    guard let told = application.toldInFavour(place) else {
      self = byRecord
      return
    }
    let byWhatIsTold = by(told, isAgainstRecord: true)
    if (byRecord.refusal == nil) != (byWhatIsTold.refusal == nil) {
      self = byRecord.refusal == nil ? byRecord : byWhatIsTold
    } else {
      self = other?.isAgainstRecord == true ? byWhatIsTold : byRecord
    }
  }

  init(
    _ days: ComplaintFacts.Days, receivedOn: CalendarDate, isInFavour: Bool,
    within periods: QualifyingPeriods, isAgainstRecord: Bool = false
  ) {
    self.days = days
    self.isAgainstRecord = isAgainstRecord
    let (behaviour, made) = (days.behaviour, days.complaint)
    let earliest = max(made.lowerBound, behaviour.lowerBound)
    let latest = min(made.upperBound, receivedOn)
    let complaintBy = periods.complaint?.lastDay(
      beginningWith: isInFavour ? behaviour.upperBound : behaviour.lowerBound)
    self.complaintBy = complaintBy
    applicationBy = periods.application.lastDay(
      beginningWith: isInFavour ? complaintBy.map { min(latest, $0) } ?? latest : earliest)
    refusal =
      if made.upperBound < behaviour.lowerBound {
        .complaintBeforeBehaviour
      } else if let complaintBy,
        made.lowerBound > complaintBy || (!isInFavour && latest > complaintBy)
      {
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
  func reason(receivedOn: CalendarDate) -> Reason {
    var details: [Reason.Detail] = []
    details.reserveCapacity(7)
    details.append("behaviour", days.behaviour)
    details.append("complaint", days.complaint)
    details.append(.init("received", receivedOn))
    switch refusal {
    case nil:
      if let complaintBy { details.append(.init("complaintBy", complaintBy)) }
      details.append(.init("applicationBy", applicationBy))
    case .complaintTooLate:
      if let complaintBy { details.append(.init("lastDay", complaintBy)) }
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
