/// Why a letter about a case cannot be made from what is known of it. Nothing in it is anybody's data.
public struct CaseLetterError: Error, Sendable, Hashable {
  /// Stable, lower case with hyphens.
  public enum Code: String, Sendable, CaseIterable {
    /// Threshold has the case, and has not assessed it yet.
    case notAssessedYet = "not-assessed-yet"
    /// A reason of a kind that this program does not know: another version wrote it.
    case unknownRule = "unknown-rule"
    /// Nobody has decided, nor put the decision off.
    case notDecidedYet = "not-decided-yet"
    /// The case has no appeal of that number.
    case unknownAppeal = "unknown-appeal"
    /// A stage that no procedure has.
    case unknownStage = "unknown-stage"
    /// The stage was done; nothing is late.
    case stageDone = "stage-done"
    /// The stage is still in time.
    case notLate = "not-late"
    /// No receipt of the application is among the events.
    case notReceivedYet = "not-received-yet"
    /// The body was not asked for information.
    case notAsked = "not-asked"
    /// No meeting of the panel has been fixed.
    case noMeetingYet = "no-meeting-yet"
    /// The panel has not met.
    case noOutcomeYet = "no-outcome-yet"
    /// The application was not withdrawn.
    case notWithdrawn = "not-withdrawn"
    /// There is no letter that asks for such a consent.
    case unknownPurpose = "unknown-purpose"
  }

  public let code: Code
  /// What is wrong, in a sentence or more.
  public let message: String

  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }
}
