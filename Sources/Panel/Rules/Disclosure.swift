/// What Panel tells of what was written in a review, where anybody may be named: for each purpose the least that it
/// needs. Days, states and keys of bodies are nobody's, and are told for every purpose.
public enum Disclosure {
  /// What a question is for. Raw values are what an operator approves and what the audit has.
  public enum Purpose: String, Sendable, Hashable, CaseIterable {
    /// To work on the case.
    case caseWork = "case-work"
    /// To see how far the review is.
    case progress
    /// To write to those who take part what the panel came to.
    case letter
    /// To show it to the person whose case it is.
    case ownCase = "own-case"
  }

  /// What can be told. Raw values are the fields of the answer.
  public enum Field: String, Sendable, Hashable, CaseIterable {
    /// Why the panel came to what it came to.
    case reason
    case recommendationText = "recommendations.text"
    /// Why a body answered as it did.
    case answerReason = "recommendations.follow_up.answer_reason"
    /// What was done, or why it was not.
    case reportText = "recommendations.follow_up.report_text"
    /// What shows that it was done.
    case evidence = "recommendations.follow_up.evidence"
  }

  /// The table.
  public static func minimum(for purpose: Purpose) -> [Field] {
    switch purpose {
    case .caseWork, .letter, .ownCase:
      [.reason, .recommendationText, .answerReason, .reportText, .evidence]
    case .progress: []
    }
  }
}
