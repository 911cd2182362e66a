/// What Intake tells of the people in a case: for each purpose the least that it needs, and for no other purpose
/// anything. Nothing is ever told of alleged perpetrators, so no field here is about them; whether a text names them is
/// answered with yes or no.
public enum Disclosure {
  /// What a question is for. Raw values are what an operator approves and what the audit has.
  public enum Purpose: String, Sendable, Hashable, CaseIterable {
    /// To hand a person to a support service, with their consent.
    case supportReferral = "support-referral"
    /// To have a body that is asked for information find its own records (Sch. 4 para 7).
    case informationRequest = "information-request"
    /// To count what outreach brings.
    case outreachEffect = "outreach-effect"
    /// To write to somebody of a case about it.
    case correspondence
    /// To work on the case, for officers, who give their name and a reason.
    case caseWork = "case-work"
  }

  /// What can be told. Raw values are the fields of the answer.
  public enum Field: String, Sendable, Hashable, CaseIterable {
    case name
    /// The safe ways to reach them, each with its address and hours; no other way.
    case ways
    case language
    case adjustments
    case recordedName = "people.name"
    /// As it was reported, to find records by; whether it is safe to write there is not said.
    case recordedAddress = "people.address"
    /// What the body itself has called a complaint that was made to it.
    case recordedReference = "complaints.reference"
    /// By which of the form's ways the applicant heard of their right.
    case heardChannel = "channel"
    /// The code of the poster, post or letter that told them, and whether other words stand in its place.
    case heardMaterial = "material"
    /// Who applied, with how they are reached, what they need, and what they said about reaching them.
    case applicant = "application.applicant"
    /// The same of victims who are somebody else.
    case victims = "application.victims"
    case others = "application.others"
    /// With what happened, in their words, and how bodies have answered so far.
    case complaints = "application.complaints"
    case impact = "application.impact"
    case desiredOutcome = "application.desired_outcome"
    case attendance = "application.attendance"
    /// Immediate danger, and the answers to the questions about risk.
    case risk = "application.risk"
  }

  /// The table.
  public static func minimum(for purpose: Purpose) -> [Field] {
    switch purpose {
    case .supportReferral, .correspondence: [.name, .ways, .language, .adjustments]
    // A reference alone would do if none were ever mistyped: then it is another person's complaint, and only the name
    // and the address show it. How to reach somebody, what happened and who is complained of find no record.
    case .informationRequest: [.recordedName, .recordedAddress, .recordedReference]
    case .outreachEffect: [.heardChannel, .heardMaterial]
    // Whoever decides must weigh how persistent it is, what harm it does, and how it was answered (s.104(5)): that stands
    // in the words of the application. How they heard of their right decides nothing.
    case .caseWork:
      [
        .applicant, .victims, .others, .complaints, .impact, .desiredOutcome, .attendance, .risk,
      ]
    }
  }
}
