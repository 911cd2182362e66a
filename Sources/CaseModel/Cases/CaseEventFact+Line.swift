extension CaseEventFact {
  /// One plain line for the timeline.
  public var line: String {
    switch self {
    case .applicationReceived(let day, let area, let complaints):
      "Application received on \(day.inWords) in \(area), with "
        + Self.count(complaints, "complaint")
    case .complaintRecorded(let index, let day, let body):
      "Complaint \(index + 1), made on \(day.inWords)\(body.isEmpty ? "" : " to \(body)"), recorded"
    case .consentGiven(let purpose, let recipient):
      "Consent given: \(purpose)\(recipient.isEmpty ? "" : " to \(recipient)")"
    case .consentRefused(let purpose, let recipient, let day):
      "Consent refused on \(day.inWords): \(purpose)\(recipient.isEmpty ? "" : " to \(recipient)")"
    case .consentWithdrawn(let purpose, let recipient, let day):
      "Consent withdrawn on \(day.inWords): \(purpose)"
        + (recipient.isEmpty ? "" : " to \(recipient)")
    case .notificationOwed(let body): "\(body) must be told of the application (s.104(3))"
    case .bodyNotified(let body, let day): "\(body) was told on \(day.inWords)"
    case .thresholdAssessed(let outcome, let counted, let required, let day):
      "Threshold assessed on \(day.inWords): \(outcome.inWords); \(counted) of \(required) required "
        + "complaints count"
    case .thresholdDecided(let met, let clause, let day):
      "Threshold decided on \(day.inWords): \(met ? "met" : "not met")"
        + (clause.isEmpty ? "" : " (\(clause))")
    case .thresholdAssessedAnew(let outcome, let counted, let required, let day):
      "Threshold assessed anew on \(day.inWords): \(outcome.inWords); \(counted) of \(required) "
        + "required complaints count"
    case .thresholdDecidedAnew(let met, let clause, let day):
      "Threshold decided anew on \(day.inWords), after an appeal: \(met ? "met" : "not met")"
        + (clause.isEmpty ? "" : " (\(clause))")
    case .thresholdDeferred(let day, let until):
      "Decision put off on \(day.inWords), to \(until.inWords)"
    case .informationRequested(let body, let isMandatory, let day, let due):
      "\(body) was asked for information on \(day.inWords), due by \(due.inWords); it "
        + (isMandatory ? "must" : "may") + " answer"
    case .informationReturned(let body, let day): "\(body) gave information on \(day.inWords)"
    case .informationRefused(let body, let ground, let day):
      "\(body) refused information on \(day.inWords): \(ground.inWords)"
    case .informationChased(let body, let day):
      "\(body) was asked for information again on \(day.inWords)"
    case .appealMade(let number, let subject, let ground, let day, let due):
      "Appeal \(number) made on \(day.inWords), about \(subject.inWords) (\(ground))"
        + (due.map { "; to be decided by \($0.inWords)" } ?? "")
    case .appealDecided(let number, let subject, let outcome, let day):
      "Appeal \(number), about \(subject.inWords), decided on \(day.inWords): \(outcome.inWords)"
    case .delayNoticeOwed(let stage, let due, let escalates):
      "\(stage) was due by \(due.inWords) and is late: the applicant must be told why"
        + (escalates ? ", and somebody above too" : "")
    case .delayNoticeGiven(let stage, let due, let day):
      "The applicant was told on \(day.inWords) that \(stage), due by \(due.inWords), is late, and why"
    case .clockChanged(let stage, let change, let day, let due):
      "The clock for \(stage) \(change.inWords) on \(day.inWords)"
        + (due.map { "; due by \($0.inWords)" } ?? "")
    case .reviewOpened(let day, let due):
      "Review opened on \(day.inWords); the panel must meet by \(due.inWords)"
    case .reviewOpenedAgain(let round, let day, let due):
      "Review opened again on \(day.inWords), after an appeal, as round \(round); the panel must meet "
        + "by \(due.inWords)"
    case .panelScheduled(let day): "Panel set for \(day.inWords)"
    case .panelBlocked(let bodies, let due):
      "No day for the panel by \(due.inWords)"
        + (bodies.isEmpty ? "" : ": \(bodies.joined(separator: ", "))")
    case .panelHeld(let day, let recommendations):
      "Panel held on \(day.inWords), with " + Self.count(recommendations, "recommendation")
    case .recommendationMade(let index, let body, let day):
      "Recommendation \(index + 1) made to \(body) on \(day.inWords)"
    case .recommendationAnswered(let index, let body, let answer, let day, let doBy):
      "\(body) \(answer.inWords) recommendation \(index + 1) on \(day.inWords)"
        + (doBy.map { "; to be done by \($0.inWords)" } ?? "")
    case .actionReported(let index, let body, let action, let day):
      "Recommendation \(index + 1) is \(action.inWords), by \(body), as of \(day.inWords)"
    case .reminderOwed(let index, let body, let awaited, let due, let isOverdue, let escalates):
      (awaited == .answer
        ? "\(body)'s answer to recommendation \(index + 1)"
        : "What \(body) accepted, recommendation \(index + 1),")
        + " \(isOverdue ? "was" : "is") due by \(due.inWords)"
        + (isOverdue ? " and is overdue" : "") + ": it must be reminded"
        + (escalates ? ", and somebody above told" : "")
    case .supportOffered(let agencies):
      "Support offered: how to reach \(agencies.joined(separator: ", "))"
    case .referralMade(let agency): "Referred to \(agency), with consent"
    case .referralAnswered(let agency, let answer, let reason, let day):
      "\(agency) \(answer.inWords) on \(day.inWords)" + (reason.map { ": \($0.inWords)" } ?? "")
    case .withdrawalAcknowledged(let agency, let day):
      "\(agency) confirmed on \(day.inWords) that it knows that consent was withdrawn"
    case .noticeEnded(let webhook, let event, let outcome, let attempts):
      "Notice of \(event) by \(webhook) was \(outcome.inWords), after "
        + Self.count(attempts, "attempt")
    case .noticeReady(_, let kind, let channel, let body, _):
      "\(kind.inWords.capitalizedSentence)\(Self.to(body)) is ready to go by \(channel.inWords)"
    case .noticeHeld(_, let kind, let reason, let body, let day):
      "\(kind.inWords.capitalizedSentence)\(Self.to(body)) waits for a person since \(day.inWords): "
        + reason.inWords
    case .noticeSent(_, let kind, let channel, let body, let isInstead, let day):
      "\(kind.inWords.capitalizedSentence)\(Self.to(body)) left on \(day.inWords)"
        + (channel.map { ", by \($0.inWords)" } ?? ", by hand")
        + (isInstead ? " instead of the way that was preferred" : "")
    case .noticeDelivered(_, let kind, let body, let day):
      "\(kind.inWords.capitalizedSentence)\(Self.to(body)) arrived on \(day.inWords)"
    case .noticeFailed(_, let kind, let code, let isUncertain, let body, let day):
      "\(kind.inWords.capitalizedSentence)\(Self.to(body)) "
        + (isUncertain ? "may or may not have left" : "did not arrive")
        + ", \(day.inWords)\(code.isEmpty ? "" : " (\(code))")"
    case .applicationWithdrawn(let day, let underPressure):
      "Application withdrawn on \(day.inWords)"
        + (underPressure ? "; the person says that they were put under pressure" : "")
    case .complaintAdded(let index, let day, let body):
      "Complaint \(index + 1), made on \(day.inWords)\(body.isEmpty ? "" : " to \(body)"), added "
        + "after the application"
    case .contactChanged(let day): "How the applicant is reached changed on \(day.inWords)"
    case .attendanceChosen(let attendance, let day):
      "The applicant said on \(day.inWords) how they take part: "
        + attendance.lowercased().replacing("_", with: " ")
    case .attachmentAdded(let day, let byOfficer):
      "A file was added on \(day.inWords)" + (byOfficer ? " by an officer" : "")
    case .unreadable(let type): "An event of type \(type) that this version cannot read"
    }
  }

  /// Such as " to livewest"; nothing for a person.
  private static func to(_ body: String) -> String { body.isEmpty ? "" : " to \(body)" }

  /// Such as "no complaints", "1 complaint", "2 complaints".
  private static func count(_ number: Int, _ noun: String) -> String {
    "\(number == 0 ? "no" : String(number)) \(noun)\(number == 1 ? "" : "s")"
  }
}

extension RouteOutcome {
  /// Such as "a person decides".
  public var inWords: String {
    switch self {
    case .met: "met"
    case .personDecides: "a person decides"
    case .notMet: "not met"
    }
  }
}

extension InformationRefusal {
  fileprivate var inWords: String {
    switch self {
    case .dataProtection: "data protection law forbids it"
    case .investigatoryPowers: "the law on intercepted communications forbids it"
    case .notHeld: "it holds none"
    case .notPublicFunction: "it does not hold it as a public body"
    }
  }
}

extension AppealSubject {
  fileprivate var inWords: String {
    switch self {
    case .handling: "how the application was handled"
    case .review: "the review"
    }
  }
}

extension AppealOutcome {
  fileprivate var inWords: String {
    switch self {
    case .referredBack: "upheld, to be decided again by somebody else"
    case .dismissed: "dismissed"
    }
  }
}

extension ClockChange {
  fileprivate var inWords: String {
    switch self {
    case .paused: "was stopped"
    case .resumed: "runs again"
    case .extended: "was given more time"
    }
  }
}
