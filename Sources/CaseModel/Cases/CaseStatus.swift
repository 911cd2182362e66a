/// Where a case stands: a pure function of what happened, the same for everybody who shows it.
public enum CaseStatus: String, Sendable, CaseIterable {
  case received
  case thresholdAssessment = "threshold_assessment"
  /// The decision is put off to a day.
  case deferred
  case metMandatory = "met_mandatory"
  case metLocal = "met_local"
  case metDiscretionary = "met_discretionary"
  case notMet = "not_met"
  case panelScheduling = "panel_scheduling"
  case panelScheduled = "panel_scheduled"
  case reviewed
  case withdrawn

  /// The status after these events, in order; nil before the application. What was withdrawn stays so:
  /// others may hear of it late.
  public static func of(_ facts: some Sequence<CaseEventFact>) -> CaseStatus? {
    var status: CaseStatus?
    for fact in facts { status = after(fact, status) }
    return status
  }

  private static func after(_ fact: CaseEventFact, _ status: CaseStatus?) -> CaseStatus? {
    if status == .withdrawn { return status }
    return switch fact {
    case .applicationReceived: status ?? .received
    case .thresholdAssessed: status == .received ? .thresholdAssessment : status
    case .thresholdDeferred: status?.isOfReview == true ? status : .deferred
    // A review that was opened is kept, whatever is decided anew.
    case .thresholdDecidedAnew where status?.isOfReview == true: status
    case .thresholdDecidedAnew(met: false, _, _): .notMet
    case .thresholdDecidedAnew(met: true, let clause, _): met(by: clause)
    case .thresholdDecided(met: false, _, _): .notMet
    case .thresholdDecided(met: true, let clause, _): met(by: clause)
    case .reviewOpened, .reviewOpenedAgain, .panelBlocked: .panelScheduling
    case .panelScheduled: .panelScheduled
    case .panelHeld: .reviewed
    case .applicationWithdrawn: .withdrawn
    case .complaintRecorded, .complaintAdded, .contactChanged, .attendanceChosen,
      .attachmentAdded, .consentGiven, .consentRefused, .consentWithdrawn,
      .notificationOwed, .bodyNotified, .recommendationMade,
      .recommendationAnswered, .actionReported, .reminderOwed,
      .supportOffered, .referralMade, .referralAnswered, .withdrawalAcknowledged, .noticeEnded,
      .noticeReady, .noticeHeld, .noticeSent, .noticeDelivered, .noticeFailed,
      .thresholdAssessedAnew, .informationRequested,
      .informationReturned, .informationRefused, .informationChased, .appealMade, .appealDecided,
      .delayNoticeOwed, .delayNoticeGiven, .clockChanged, .unreadable:
      status
    }
  }

  /// True from the opening of a review on.
  private var isOfReview: Bool {
    switch self {
    case .panelScheduling, .panelScheduled, .reviewed: true
    default: false
    }
  }

  private static func met(by clause: String) -> CaseStatus {
    switch clause {
    case "s.104(4)": .metMandatory
    case "s.104(5)": .metDiscretionary
    default: .metLocal
    }
  }
}
