import CaseModel
import Policy

/// s.104(11): a complaint qualifies if it was made within the period beginning with the day of the
/// behaviour, and the application within the period beginning with the day of the complaint.
///
/// Where a day is known only as a range, the complaint has the benefit of the doubt: it qualifies if any
/// days in the ranges let it, so the behaviour is put on its last day and the complaint on the last day
/// that is still in time.
struct Section104Subsection11 {
  let complaint: ComplaintFacts
  let receivedOn: CalendarDate
  let rule: MandatoryRule

  /// Why the complaint does not qualify; nil if it does.
  var refusal: Reason? {
    let (behaviour, made) = (complaint.behaviour, complaint.complaint)
    if made.upperBound < behaviour.lowerBound { return reason(.complaintBeforeBehaviour) }
    if made.lowerBound > lastComplaintDay {
      return reason(.complaintTooLate, [.init("lastDay", lastComplaintDay.description)])
    }
    if max(made.lowerBound, behaviour.lowerBound) > receivedOn {
      return reason(.complaintAfterApplication)
    }
    if receivedOn > lastApplicationDay {
      return reason(.applicationTooLate, [.init("lastDay", lastApplicationDay.description)])
    }
    return nil
  }

  /// Why it counts, if it does.
  var counts: Reason {
    reason(
      .complaintCounts,
      [
        .init("complaintBy", lastComplaintDay.description),
        .init("applicationBy", lastApplicationDay.description),
      ])
  }

  private var lastComplaintDay: CalendarDate {
    rule.complaintWindow.lastDay(beginningWith: complaint.behaviour.upperBound)
  }

  private var lastApplicationDay: CalendarDate {
    let made = min(complaint.complaint.upperBound, lastComplaintDay, receivedOn)
    return rule.applicationWindow.lastDay(beginningWith: made)
  }

  private func reason(_ code: Reason.Code, _ more: [Reason.Detail] = []) -> Reason {
    Reason(
      code,
      details("behaviour", complaint.behaviour) + details("complaint", complaint.complaint)
        + [.init("received", receivedOn.description)] + more)
  }

  /// A day, with the last day beside it where only a range is known.
  private func details(
    _ name: String, _ days: ClosedRange<CalendarDate>
  ) -> [Reason.Detail] {
    let first = Reason.Detail(name, days.lowerBound.description)
    guard days.lowerBound < days.upperBound else { return [first] }
    return [first, .init(name + "To", days.upperBound.description)]
  }
}
