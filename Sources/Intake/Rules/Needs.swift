/// What has to be minded by whoever has to do with the people of a case, and is told apart from the application, so that
/// nobody has to open that to see it.
public enum Needs {
  /// What can be told. Raw values are the fields of the answer.
  public enum Field: String, Sendable, Hashable, CaseIterable {
    case immediateDanger = "immediate_danger"
    /// How the applicant takes part in the panel's meeting.
    case attendance
    case adjustments = "people.adjustments"
    /// What they said about reaching them safely, in their own words.
    case contactNote = "people.contact_note"
  }

  /// The purposes that are told anything, in the order in which they are named to who says another.
  public static let purposes: [Disclosure.Purpose] = [.caseWork, .correspondence]

  /// The table. For any other purpose nothing is told.
  public static func minimum(for purpose: Disclosure.Purpose) -> [Field] {
    switch purpose {
    case .caseWork: Field.allCases
    // An invitation says what they chose; adjustments come with how somebody is reached.
    case .correspondence: [.attendance]
    case .supportReferral, .informationRequest, .outreachEffect: []
    }
  }
}
