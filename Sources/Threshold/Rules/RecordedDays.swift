import CaseModel

/// What the days that a body has on record do to those that the applicant says. Only the body that the
/// complaint was made to can know them, only where it does not dispute that it was made, and no record shows
/// a report before the behaviour or after the application.
enum RecordedDays {
  /// They are evidence at most.
  case unusable
  /// They are among the applicant's, or the applicant's are among them: the narrower are known.
  case settled(ComplaintFacts.Days)
  /// They are others: a fact in doubt.
  case inConflict(ComplaintFacts.Days)

  init(of own: ComplaintFacts, _ finding: Evidence.Finding, receivedOn: CalendarDate) {
    let isItsOwn = !own.body.isEmpty && finding.body == own.body
    guard isItsOwn, finding.standing == .bodyConfirms,
      finding.behaviour != nil || finding.reported != nil
    else {
      self = .unusable
      return
    }
    let recorded = ComplaintFacts.Days(
      behaviour: Self.narrower(own.behaviour, finding.behaviour),
      complaint: Self.narrower(own.complaint, finding.reported))
    guard Self.isPossible(recorded, receivedOn) else {
      self = .unusable
      return
    }
    let isAmong =
      own.behaviour.contains(recorded.behaviour) && own.complaint.contains(recorded.complaint)
    self = isAmong ? .settled(recorded) : .inConflict(recorded)
  }

  private static func narrower(
    _ told: ClosedRange<CalendarDate>, _ recorded: ClosedRange<CalendarDate>?
  ) -> ClosedRange<CalendarDate> {
    guard let recorded else { return told }
    return recorded.contains(told) ? told : recorded
  }

  /// Reported from the earliest day of the behaviour to the day of the application.
  private static func isPossible(
    _ days: ComplaintFacts.Days, _ receivedOn: CalendarDate
  ) -> Bool {
    days.behaviour.upperBound <= receivedOn && days.complaint.upperBound <= receivedOn
      && days.behaviour.lowerBound <= days.complaint.lowerBound
  }
}
