public import CaseModel

/// What is known of a complaint: days, a body and opaque keys.
public struct ComplaintFacts: Sendable, Hashable {
  /// Place in the application, from 0.
  public let index: Int
  /// First and last day on which the behaviour may have happened; the same where it is known exactly.
  public let behaviour: ClosedRange<CalendarDate>
  /// First and last day on which it may have been reported.
  public let complaint: ClosedRange<CalendarDate>
  /// Whom it was made to, by key; empty where the body is in no pack.
  public let body: String
  /// Who complained, as a key that means something within the case only.
  public let complainant: String
  /// The occurrence, as such a key; empty where the complaint stands alone.
  public let incident: String
  /// True if it was reported as a hate incident or crime.
  public let hate: Bool
  /// The household of who complained, as such a key; empty where it is not known.
  public let household: String

  public init(
    index: Int, behaviour: ClosedRange<CalendarDate>, complaint: ClosedRange<CalendarDate>,
    body: String = "", complainant: String = "self", incident: String = "", hate: Bool = false,
    household: String = ""
  ) {
    self.index = index
    self.behaviour = behaviour
    self.complaint = complaint
    self.body = body
    self.complainant = complainant
    self.incident = incident
    self.hate = hate
    self.household = household
  }
}

/// What is known of an application.
public struct ApplicationFacts: Sendable, Hashable {
  /// The day in Europe/London.
  public let receivedOn: CalendarDate
  public let complaints: [ComplaintFacts]

  public init(receivedOn: CalendarDate, complaints: [ComplaintFacts]) {
    self.receivedOn = receivedOn
    self.complaints = complaints
  }
}
