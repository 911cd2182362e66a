/// What Intake tells of the people in a case: for each purpose the least that it needs, and for no other purpose
/// anything. Nothing is ever told of alleged perpetrators, so no field here is about them.
public enum Disclosure {
  /// What a question is for. Raw values are what an operator approves and what the audit has.
  public enum Purpose: String, Sendable, Hashable, CaseIterable {
    /// To hand a person to a support service, with their consent.
    case supportReferral = "support-referral"
  }

  /// What can be told. Raw values are the fields of the answer.
  public enum Field: String, Sendable, Hashable, CaseIterable {
    case name
    /// The safe ways to reach them, each with its address and hours; no other way.
    case ways
    case language
    case adjustments
  }

  /// The table.
  public static func minimum(for purpose: Purpose) -> [Field] {
    switch purpose {
    case .supportReferral: [.name, .ways, .language, .adjustments]
    }
  }
}
