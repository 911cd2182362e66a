import CaseModel

/// What must be true of one case's events: each there as often as it must be, none before what it
/// follows from.
struct CaseCheck {
  let reference: String
  let application: RunHistory.Application
  /// Those that must be told of every application.
  let bodies: [String]

  private var submission: Submission { application.submission }

  func check(_ events: [RunHistory.Event], _ report: inout TortureReport) {
    let facts = events.map(\.fact)
    checkCounts(facts, &report)
    checkOrder(facts, &report)
  }

  // MARK: How often

  private func checkCounts(_ facts: [CaseEventFact], _ report: inout TortureReport) {
    var counts: [String: Int] = [:]
    for fact in facts {
      if isWrong(fact) { report.add(.wrong, reference, fact.line) }
      counts[fact.label, default: 0] += 1
    }
    let expected = expectedCounts(counts) + expectedSupport(facts)
    for (label, times) in expected {
      let count = counts.removeValue(forKey: label) ?? 0
      if count < times.lowerBound {
        report.add(.missing, reference, "\(label): \(count) in place of \(times.lowerBound)")
      } else if count > times.upperBound {
        report.add(.duplicated, reference, "\(label): \(count) in place of \(times.upperBound)")
      }
    }
    // What is left is there once at most, such as a panel that is blocked.
    for (label, count) in counts.sorted(by: { $0.key < $1.key }) where count > 1 {
      report.add(.duplicated, reference, "\(label): \(count) in place of 1")
    }
  }

  private func expectedCounts(_ counts: [String: Int]) -> [(String, ClosedRange<Int>)] {
    let decided = min(counts["ThresholdDecided", default: 0], 1)
    let held = min(counts["PanelHeld", default: 0], 1)
    let opened = submission.isMet ? decided : 0
    let recommended = submission.meeting == .withRecommendation ? held : 0
    var expected = [
      ("ApplicationReceived", 1...1), ("ThresholdAssessed", 1...1),
      ("ConsentGiven SHARE_WITH_RELEVANT_BODIES", 1...1),
      ("ThresholdDecided", application.decision.times), ("ReviewOpened", opened...opened),
      ("PanelHeld", application.meeting.times),
      ("RecommendationMade 0", recommended...recommended),
    ]
    for index in 0..<submission.complaints {
      expected.append(("ComplaintRecorded \(index)", 1...1))
    }
    for body in bodies { expected.append(("NotificationOwed \(body)", 1...1)) }
    return expected
  }

  /// A referral for each consent. Support is offered where none is known when the threshold is assessed,
  /// which the log's order shows: a consent that comes later is referred all the same.
  private func expectedSupport(_ facts: [CaseEventFact]) -> [(String, ClosedRange<Int>)] {
    let before = Set(facts.map(\.label).prefix { $0 != "ThresholdAssessed" })
    let consents = submission.agencies.map { "ConsentGiven SUPPORT_REFERRAL \($0)" }
    let offered = consents.contains(where: before.contains) ? 0 : 1
    return [("SupportOffered", offered...offered)] + consents.map { ($0, 1...1) }
      + submission.agencies.map { ("ReferralMade \($0)", 1...1) }
  }

  /// True if the application gives no reason to say this.
  private func isWrong(_ fact: CaseEventFact) -> Bool {
    switch fact {
    case .applicationReceived(_, _, let complaints): complaints != submission.complaints
    case .complaintRecorded(let index, _, _): index >= submission.complaints
    case .consentGiven(_, let recipient):
      !recipient.isEmpty && !submission.agencies.contains(recipient)
    case .referralMade(let agency): !submission.agencies.contains(agency)
    case .thresholdAssessed(let outcome, let counted, _, _):
      outcome != (submission.isMet ? .met : .notMet) || counted != submission.complaints
    case .thresholdDecided(let met, _, _): met != submission.isMet
    case .panelHeld(_, let recommendations):
      recommendations != (submission.meeting == .withRecommendation ? 1 : 0)
    // Nobody here does what these tell of.
    case .consentRefused, .consentWithdrawn, .bodyNotified, .panelScheduled,
      .applicationWithdrawn, .complaintAdded, .contactChanged, .attendanceChosen,
      .attachmentAdded, .thresholdAssessedAnew, .thresholdDecidedAnew, .thresholdDeferred,
      .informationRequested,
      .informationReturned,
      .informationRefused, .informationChased, .appealMade, .appealDecided, .clockChanged,
      .delayNoticeGiven, .reviewOpenedAgain, .recommendationAnswered, .actionReported,
      .referralAnswered, .withdrawalAcknowledged,
      .noticeEnded, .noticeReady, .noticeSent, .noticeDelivered, .noticeFailed, .unreadable:
      true
    // No channel is served there: each waits, or is held for somebody.
    case .notificationOwed(let body): !bodies.contains(body)
    case .reviewOpened, .panelBlocked, .recommendationMade, .reminderOwed, .supportOffered,
      .delayNoticeOwed, .noticeHeld:
      false
    }
  }

  // MARK: In which order

  private func checkOrder(_ facts: [CaseEventFact], _ report: inout TortureReport) {
    var seen: Set<String> = []
    for fact in facts {
      if let cause = causes(of: fact).first(where: { !seen.contains($0) }) {
        report.add(.outOfOrder, reference, "\(fact.label) before \(cause)")
      }
      seen.insert(fact.label)
    }
  }

  /// What must have been said before.
  private func causes(of fact: CaseEventFact) -> [String] {
    switch fact {
    case .applicationReceived: []
    case .complaintRecorded, .consentGiven, .consentRefused, .notificationOwed, .bodyNotified,
      .applicationWithdrawn, .complaintAdded, .contactChanged, .attendanceChosen, .attachmentAdded,
      .delayNoticeOwed, .delayNoticeGiven, .clockChanged, .noticeEnded, .noticeReady, .noticeHeld,
      .noticeSent,
      .unreadable:
      ["ApplicationReceived"]
    case .consentWithdrawn(let purpose, let recipient, _):
      [CaseEventFact.consentGiven(purpose: purpose, recipient: recipient).label]
    case .thresholdAssessed: (0..<submission.complaints).map { "ComplaintRecorded \($0)" }
    case .supportOffered: ["ThresholdAssessed"]
    case .referralMade(let agency):
      ["ThresholdAssessed", "ConsentGiven SUPPORT_REFERRAL \(agency)"]
    case .referralAnswered(let agency, _, _, _), .withdrawalAcknowledged(let agency, _):
      ["ReferralMade \(agency)"]
    case .thresholdDecided, .thresholdDeferred, .thresholdAssessedAnew, .informationRequested,
      .informationReturned, .informationRefused, .informationChased:
      ["ThresholdAssessed"]
    case .thresholdDecidedAnew, .appealMade, .appealDecided: ["ThresholdDecided"]
    case .reviewOpened: ["ThresholdDecided"]
    case .panelBlocked, .panelScheduled, .panelHeld, .reviewOpenedAgain: ["ReviewOpened"]
    case .recommendationMade: ["PanelHeld"]
    case .recommendationAnswered(let index, _, _, _, _), .reminderOwed(let index, _, _, _, _, _):
      ["RecommendationMade \(index)"]
    case .actionReported(let index, _, _, _): ["RecommendationAnswered \(index)"]
    case .noticeDelivered(let notice, _, _, _): ["NoticeSent \(notice)"]
    // One that a worker was given, or that somebody handed over.
    case .noticeFailed: ["ApplicationReceived"]
    }
  }
}

extension CaseEventFact {
  /// Names the fact, and which one of its kind where a case has several.
  fileprivate var label: String {
    switch self {
    case .applicationReceived: "ApplicationReceived"
    case .complaintRecorded(let index, _, _): "ComplaintRecorded \(index)"
    case .complaintAdded(let index, _, _): "ComplaintRecorded \(index)"
    case .contactChanged: "ContactChanged"
    case .attendanceChosen: "AttendanceChosen"
    case .attachmentAdded: "AttachmentAdded"
    case .consentGiven(let purpose, let recipient):
      "ConsentGiven \(purpose)" + (recipient.isEmpty ? "" : " \(recipient)")
    case .consentRefused(let purpose, let recipient, _):
      "ConsentRefused \(purpose)" + (recipient.isEmpty ? "" : " \(recipient)")
    case .consentWithdrawn(let purpose, let recipient, _):
      "ConsentWithdrawn \(purpose)" + (recipient.isEmpty ? "" : " \(recipient)")
    case .notificationOwed(let body): "NotificationOwed \(body)"
    case .bodyNotified(let body, _): "BodyNotified \(body)"
    case .thresholdAssessed: "ThresholdAssessed"
    case .thresholdDecided: "ThresholdDecided"
    case .thresholdAssessedAnew: "ThresholdAssessed anew"
    case .thresholdDecidedAnew: "ThresholdDecided anew"
    case .thresholdDeferred: "ThresholdDeferred"
    case .informationRequested(let body, _, _, _): "InformationRequested \(body)"
    case .informationReturned(let body, _): "InformationReturned \(body)"
    case .informationRefused(let body, _, _): "InformationRefused \(body)"
    case .informationChased(let body, _): "InformationChased \(body)"
    case .appealMade(let number, _, _, _, _): "AppealMade \(number)"
    case .appealDecided(let number, _, _, _): "AppealDecided \(number)"
    case .delayNoticeOwed(let stage, _, _): "DelayNoticeOwed \(stage)"
    case .delayNoticeGiven(let stage, _, _): "DelayNoticeGiven \(stage)"
    case .clockChanged(let stage, let change, _, _): "ClockChanged \(stage) \(change.rawValue)"
    case .reviewOpened: "ReviewOpened"
    case .reviewOpenedAgain(let round, _, _): "ReviewOpened \(round)"
    case .panelScheduled: "PanelScheduled"
    case .panelBlocked: "PanelBlocked"
    case .panelHeld: "PanelHeld"
    case .recommendationMade(let index, _, _): "RecommendationMade \(index)"
    case .recommendationAnswered(let index, _, _, _, _): "RecommendationAnswered \(index)"
    case .actionReported(let index, _, _, _): "ActionReported \(index)"
    case .reminderOwed(let index, _, let awaited, let due, let isOverdue, let escalates):
      "ReminderOwed \(index) \(awaited.rawValue) \(due) \(isOverdue) \(escalates)"
    case .supportOffered: "SupportOffered"
    case .referralMade(let agency): "ReferralMade \(agency)"
    case .referralAnswered(let agency, let answer, _, _):
      "ReferralAnswered \(agency) \(answer.rawValue)"
    case .withdrawalAcknowledged(let agency, _): "WithdrawalAcknowledged \(agency)"
    case .noticeEnded(let webhook, let event, _, _): "DeliveryRecorded \(webhook) \(event)"
    case .noticeReady(let notice, _, _, _, let attempt): "NoticeReady \(notice) \(attempt)"
    case .noticeHeld(let notice, _, let reason, _, _): "NoticeHeld \(notice) \(reason.rawValue)"
    case .noticeSent(let notice, _, _, _, _, _): "NoticeSent \(notice)"
    case .noticeDelivered(let notice, _, _, _): "NoticeDelivered \(notice)"
    case .noticeFailed(let notice, _, let code, _, _, _): "NoticeFailed \(notice) \(code)"
    case .applicationWithdrawn: "ApplicationWithdrawn"
    case .unreadable(let type): "unreadable \(type)"
    }
  }
}
