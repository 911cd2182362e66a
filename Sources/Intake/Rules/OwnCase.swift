/// What the public's door shows a person of a case of their own. A caller is approved for this purpose, as for any other by
/// which something personal is told: the person is who has the session, the caller is the page that shows it to them.
public enum OwnCase {
  /// What an operator approves and what the audit has.
  public static let purpose = "own-case"

  /// What can be told. Raw values are the fields of the answer. Of alleged perpetrators nothing leaves Intake, not even to
  /// who has named them.
  public enum Field: String, Sendable, Hashable, CaseIterable {
    case application
    case consents
    case attachments
  }
}
