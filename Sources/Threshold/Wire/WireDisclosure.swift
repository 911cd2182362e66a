import Messages
import ThresholdRules
import WorkerKit

extension Disclosure.Purpose {
  /// - Throws: the refusal `purpose-needed`.
  init(request purpose: Recourse_Threshold_V1_AssessmentPurpose.Value) throws {
    switch purpose {
    case .caseWork: self = .caseWork
    case .letter: self = .letter
    case .progress: self = .progress
    case .unspecified, .UNRECOGNIZED:
      throw Refusal.purposeNeeded(expected: Self.allCases.map(\.rawValue))
    }
  }
}

extension Recourse_Threshold_V1_GetAssessmentResponse {
  /// Without the names and words that are not among these fields.
  func limited(to fields: [Disclosure.Field]) -> Self {
    var response = self
    for field in Disclosure.Field.allCases where !fields.contains(field) {
      response.remove(field)
    }
    return response
  }

  private mutating func remove(_ field: Disclosure.Field) {
    switch field {
    case .officer: officer = ""
    case .capacity: capacity = ""
    case .secondOfficer: secondOfficer = ""
    case .reason: reason = ""
    case .deferralReason: deferralReason = ""
    // That something waits is no secret, and nothing is made up where nothing does.
    case .pendingOfficer: if hasPending { pending.officer = "" }
    case .pendingCapacity: if hasPending { pending.capacity = "" }
    case .pendingReason: if hasPending { pending.reason = "" }
    case .pendingToken: if hasPending { pending.token = "" }
    case .appealOfficer: for index in appeals.indices { appeals[index].officer = "" }
    case .appealReason: for index in appeals.indices { appeals[index].reason = "" }
    case .appealDecidedBy: for index in appeals.indices { appeals[index].decidedBy = "" }
    case .appealCapacity: for index in appeals.indices { appeals[index].capacity = "" }
    case .appealDecisionReason:
      for index in appeals.indices { appeals[index].decisionReason = "" }
    case .clockOfficer: changeClockSteps { $0.officer = "" }
    case .clockReason: changeClockSteps { $0.reason = "" }
    }
  }

  private mutating func changeClockSteps(_ body: (inout Recourse_Threshold_V1_ClockStep) -> Void) {
    for clock in clocks.indices {
      for step in clocks[clock].changes.indices { body(&clocks[clock].changes[step]) }
    }
  }
}
