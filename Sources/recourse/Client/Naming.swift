import Messages

/// The names that values of messages have in JSON, and in words.
enum Naming {
  static func name(of route: Recourse_Threshold_V1_RouteFinding.Route) -> String {
    switch route {
    case .mandatory: "MANDATORY"
    case .local: "LOCAL"
    case .discretionary: "DISCRETIONARY"
    case .unspecified, .UNRECOGNIZED: ""
    }
  }

  static func name(of outcome: Recourse_Threshold_V1_Outcome.Value) -> String {
    switch outcome {
    case .met: "MET"
    case .personDecides: "PERSON_DECIDES"
    case .notMet: "NOT_MET"
    case .unspecified, .UNRECOGNIZED: ""
    }
  }

  static func name(of state: Recourse_Panel_V1_GetReviewResponse.State) -> String {
    switch state {
    case .owed: "OWED"
    case .scheduled: "SCHEDULED"
    case .blocked: "BLOCKED"
    case .held: "HELD"
    case .unspecified, .UNRECOGNIZED: ""
    }
  }

  static func name(of state: Recourse_Support_V1_Referral.State) -> String {
    switch state {
    case .intended: "INTENDED"
    case .sent: "SENT"
    case .uncertain: "UNCERTAIN"
    case .failed: "FAILED"
    case .unspecified, .UNRECOGNIZED: ""
    }
  }
}
