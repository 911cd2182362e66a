public import CaseModel

/// What has been found out about an application besides what the applicant says.
public struct Evidence: Sendable, Hashable {
  /// What is known of single complaints; at most one for each complaint and body.
  public let findings: [Finding]
  /// How far the bodies have answered; nil where nobody has been asked.
  public let information: InformationCompleteness?

  /// What one body says of one complaint.
  public struct Finding: Sendable, Hashable {
    /// Place of the complaint in the application, from 0.
    public let complaint: Int
    /// Who says so, by key.
    public let body: String
    public let standing: Standing
    /// The days that the body has on record, where it has any; what they do is in ``RecordedDays``.
    public let behaviour: ClosedRange<CalendarDate>?
    public let reported: ClosedRange<CalendarDate>?

    public init(
      complaint: Int, body: String, standing: Standing,
      behaviour: ClosedRange<CalendarDate>? = nil, reported: ClosedRange<CalendarDate>? = nil
    ) {
      self.complaint = complaint
      self.body = body
      self.standing = standing
      self.behaviour = behaviour
      self.reported = reported
    }
  }

  public init(findings: [Finding] = [], information: InformationCompleteness? = nil) {
    self.findings = findings
    self.information = information
  }

  /// Nothing but what the applicant says.
  public static let none = Evidence()
}

/// Who stands behind a fact.
public enum Standing: String, Sendable, CaseIterable {
  case applicantSays = "APPLICANT_SAYS"
  /// A body has it on record, and no days that are others than those gone by.
  case bodyConfirms = "BODY_CONFIRMS"
  /// A body says that it was not so.
  case bodyDisputes = "BODY_DISPUTES"
  /// The body was asked and cannot say.
  case nobodyKnows = "NOBODY_KNOWS"
}

/// How far the bodies that were asked have answered: "4 of 6 bodies, 1 refused".
public struct InformationCompleteness: Sendable, Hashable {
  public let asked: Int
  public let returned: Int
  public let refused: Int
  public let overdue: Int

  public init(asked: Int, returned: Int, refused: Int, overdue: Int) {
    self.asked = asked
    self.returned = returned
    self.refused = refused
    self.overdue = overdue
  }
}
