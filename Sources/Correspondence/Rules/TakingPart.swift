/// Who takes part in a review besides the applicant, and so is written to: a victim who let the applicant apply for them or
/// agreed to sharing, and has not said no to sharing since.
public enum TakingPart {
  /// What somebody of the application said last about one of these.
  public struct Word: Sendable, Hashable {
    /// What it is about.
    public enum Subject: Sendable, Hashable {
      /// Sharing with the relevant bodies.
      case sharing
      /// The applicant's applying for them.
      case authority
    }

    /// By where the application names them, such as `victims[1]`.
    public let person: String
    public let subject: Subject
    /// False if they refused, or took it back.
    public let isYes: Bool

    public init(_ person: String, _ subject: Subject, isYes: Bool) {
      self.person = person
      self.subject = subject
      self.isYes = isYes
    }
  }

  /// As the application names them; the applicant first, whatever they said, as it is their application.
  public static func find(_ words: [Word], applicant: String) -> [String] {
    var people: [String] = []
    for word in words where word.person != applicant && !people.contains(word.person) {
      people.append(word.person)
    }
    return [applicant]
      + people.filter { person in
        let own = words.filter { $0.person == person }
        let refuses = own.contains { $0.subject == .sharing && !$0.isYes }
        let hasNotLet = own.contains { $0.subject == .authority && !$0.isYes }
        return !refuses && !hasNotLet && own.contains(where: \.isYes)
      }
  }
}
