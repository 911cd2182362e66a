/// What happened in a case, whoever announced it: what timeline, status and figures are made from.
public enum CaseEventFact: Sendable, Hashable {
  case applicationReceived(on: CalendarDate, area: String, complaints: Int)
  /// - Parameter index: place in the application, from 0.
  case complaintRecorded(index: Int, on: CalendarDate, body: String)
  case consentGiven(purpose: String, recipient: String)
  case notificationOwed(body: String)
  case bodyNotified(body: String, on: CalendarDate)
  case thresholdAssessed(outcome: RouteOutcome, counted: Int, required: Int, on: CalendarDate)
  case thresholdDecided(met: Bool, clause: String, on: CalendarDate)
  case reviewOpened(on: CalendarDate, dueBy: CalendarDate)
  case panelScheduled(on: CalendarDate)
  case panelBlocked(bodies: [String], dueBy: CalendarDate)
  case panelHeld(on: CalendarDate, recommendations: Int)
  case recommendationMade(index: Int, body: String, on: CalendarDate)
  case supportOffered(agencies: [String])
  case referralMade(agency: String)
  case applicationWithdrawn(on: CalendarDate)
  /// An event that this program cannot read; it is shown, not skipped.
  case unreadable(type: String)

  /// One plain line for the timeline.
  public var line: String {
    switch self {
    case .applicationReceived(let day, let area, let complaints):
      "Application received on \(day.inWords) in \(area), with "
        + Self.count(complaints, "complaint")
    case .complaintRecorded(let index, let day, let body):
      "Complaint \(index + 1), made on \(day.inWords)\(body.isEmpty ? "" : " to \(body)"), recorded"
    case .consentGiven(let purpose, let recipient):
      "Consent given: \(purpose)\(recipient.isEmpty ? "" : " to \(recipient)")"
    case .notificationOwed(let body): "\(body) must be told of the application (s.104(3))"
    case .bodyNotified(let body, let day): "\(body) was told on \(day.inWords)"
    case .thresholdAssessed(let outcome, let counted, let required, let day):
      "Threshold assessed on \(day.inWords): \(outcome.inWords); \(counted) of \(required) required "
        + "complaints count"
    case .thresholdDecided(let met, let clause, let day):
      "Threshold decided on \(day.inWords): \(met ? "met" : "not met")"
        + (clause.isEmpty ? "" : " (\(clause))")
    case .reviewOpened(let day, let due):
      "Review opened on \(day.inWords); the panel must meet by \(due.inWords)"
    case .panelScheduled(let day): "Panel set for \(day.inWords)"
    case .panelBlocked(let bodies, let due):
      "No day for the panel by \(due.inWords)"
        + (bodies.isEmpty ? "" : ": \(bodies.joined(separator: ", "))")
    case .panelHeld(let day, let recommendations):
      "Panel held on \(day.inWords), with " + Self.count(recommendations, "recommendation")
    case .recommendationMade(let index, let body, let day):
      "Recommendation \(index + 1) made to \(body) on \(day.inWords)"
    case .supportOffered(let agencies):
      "Support offered: how to reach \(agencies.joined(separator: ", "))"
    case .referralMade(let agency): "Referred to \(agency), with consent"
    case .applicationWithdrawn(let day): "Application withdrawn on \(day.inWords)"
    case .unreadable(let type): "An event of type \(type) that this version cannot read"
    }
  }

  /// Such as "no complaints", "1 complaint", "2 complaints".
  private static func count(_ number: Int, _ noun: String) -> String {
    "\(number == 0 ? "no" : String(number)) \(noun)\(number == 1 ? "" : "s")"
  }
}

extension RouteOutcome {
  /// Such as "a person decides".
  public var inWords: String {
    switch self {
    case .met: "met"
    case .personDecides: "a person decides"
    case .notMet: "not met"
    }
  }
}
