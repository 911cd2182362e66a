/// What Threshold tells of names and words in a case: for each purpose the least that it needs. A capacity is words too,
/// as whoever signs may type it. Days, keys of bodies,
/// outcomes and reasons by code are nobody's, and are told for every purpose.
public enum Disclosure {
  /// What a question is for. Raw values are what an operator approves and what the audit has.
  public enum Purpose: String, Sendable, Hashable, CaseIterable {
    /// To work on the case.
    case caseWork = "case-work"
    /// To write to the applicant, who is told reasons and in what capacity it was decided, and nobody's name.
    case letter
    /// To see how far the case is.
    case progress
  }

  /// What can be told. Raw values are the fields of the answer.
  public enum Field: String, Sendable, Hashable, CaseIterable {
    /// Who signed, in what capacity, and why, in the words for the applicant.
    case officer
    case capacity
    case secondOfficer = "second_officer"
    case reason
    case deferralReason = "deferral_reason"
    /// Who signed a decision that waits for a second signature, in what capacity, why, and the token of what was read.
    case pendingOfficer = "pending.officer"
    case pendingCapacity = "pending.capacity"
    case pendingReason = "pending.reason"
    case pendingToken = "pending.token"
    /// Who put an appeal on record, and what whoever appeals says.
    case appealOfficer = "appeals.officer"
    case appealReason = "appeals.reason"
    /// Who decided an appeal, in what capacity, and why, in the words for the applicant.
    case appealDecidedBy = "appeals.decided_by"
    case appealCapacity = "appeals.capacity"
    case appealDecisionReason = "appeals.decision_reason"
    /// Who changed a clock, and why.
    case clockOfficer = "clocks.changes.officer"
    case clockReason = "clocks.changes.reason"
  }

  /// The table.
  public static func minimum(for purpose: Purpose) -> [Field] {
    switch purpose {
    case .caseWork: Field.allCases
    case .letter: [.capacity, .reason, .deferralReason, .appealCapacity, .appealDecisionReason]
    case .progress: []
    }
  }
}
