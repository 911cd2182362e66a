import Messages

/// The names that values of messages have in JSON, and in words.
enum Naming {
  /// A name in words, such as "best interests".
  static func words(of name: String) -> String { name.lowercased().replacing("_", with: " ") }

  static func name(of answer: Recourse_Intake_V1_RecordConsentRequest.Answer) -> String {
    switch answer {
    case .given: "GIVEN"
    case .refused: "REFUSED"
    case .withdrawn: "WITHDRAWN"
    case .unspecified, .UNRECOGNIZED: ""
    }
  }

  static func name(of answer: Recourse_Support_V1_ReferralAnswer) -> String {
    switch answer {
    case .accepted: "ACCEPTED"
    case .declined: "DECLINED"
    case .noContact: "NO_CONTACT"
    case .closed: "CLOSED"
    case .unspecified, .UNRECOGNIZED: ""
    }
  }

  static func name(of reason: Recourse_Support_V1_DeclineReason) -> String {
    switch reason {
    case .noCapacity: "NO_CAPACITY"
    case .notEligible: "NOT_ELIGIBLE"
    case .outOfArea: "OUT_OF_AREA"
    case .alreadySupported: "ALREADY_SUPPORTED"
    case .personDeclined: "PERSON_DECLINED"
    case .notDelivered: "NOT_DELIVERED"
    case .unspecified, .UNRECOGNIZED: ""
    }
  }

  static func name(of capacity: Recourse_Intake_V1_Capacity) -> String {
    switch capacity {
    case .themselves: "THEMSELVES"
    case .parentalResponsibility: "PARENTAL_RESPONSIBILITY"
    case .attorney: "ATTORNEY"
    case .deputy: "DEPUTY"
    case .bestInterests: "BEST_INTERESTS"
    case .unspecified, .UNRECOGNIZED: ""
    }
  }

  static func name(of purpose: Recourse_Intake_V1_Consent.Purpose) -> String {
    switch purpose {
    case .shareWithRelevantBodies: "SHARE_WITH_RELEVANT_BODIES"
    case .supportReferral: "SUPPORT_REFERRAL"
    case .thirdPartyAuthority: "THIRD_PARTY_AUTHORITY"
    case .attendance: "ATTENDANCE"
    case .feedback: "FEEDBACK"
    case .equalityMonitoring: "EQUALITY_MONITORING"
    case .unspecified, .UNRECOGNIZED: ""
    }
  }

  static func name(of change: Recourse_Threshold_V1_ClockChanged.Change) -> String {
    switch change {
    case .paused: "PAUSED"
    case .resumed: "RESUMED"
    case .extended: "EXTENDED"
    case .unspecified, .UNRECOGNIZED: ""
    }
  }

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
    case .withdrawn: "WITHDRAWN"
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

  static func name(of state: Recourse_Threshold_V1_InformationState.Value) -> String {
    switch state {
    case .requested: "REQUESTED"
    case .returned: "RETURNED"
    case .refused: "REFUSED"
    case .overdue: "OVERDUE"
    case .unspecified, .UNRECOGNIZED: ""
    }
  }

  static func name(of standing: Recourse_Threshold_V1_Standing.Value) -> String {
    switch standing {
    case .applicantSays: "APPLICANT_SAYS"
    case .bodyConfirms: "BODY_CONFIRMS"
    case .bodyDisputes: "BODY_DISPUTES"
    case .nobodyKnows: "NOBODY_KNOWS"
    case .unspecified, .UNRECOGNIZED: ""
    }
  }

  static func name(of ground: Recourse_Threshold_V1_RefusalGround.Value) -> String {
    switch ground {
    case .dataProtection: "DATA_PROTECTION"
    case .investigatoryPowers: "INVESTIGATORY_POWERS"
    case .notHeld: "NOT_HELD"
    case .notPublicFunction: "NOT_PUBLIC_FUNCTION"
    case .unspecified, .UNRECOGNIZED: ""
    }
  }

  static func name(of subject: Recourse_Threshold_V1_AppealSubject.Value) -> String {
    switch subject {
    case .handling: "HANDLING"
    case .review: "REVIEW"
    case .unspecified, .UNRECOGNIZED: ""
    }
  }

  static func name(of outcome: Recourse_Threshold_V1_AppealOutcome.Value) -> String {
    switch outcome {
    case .referredBack: "REFERRED_BACK"
    case .dismissed: "DISMISSED"
    case .unspecified, .UNRECOGNIZED: ""
    }
  }
}
