extension Reason {
  /// One plain sentence that the person concerned can check.
  public func rendered(in language: Language) -> String {
    switch language {
    case .english: english
    case .welsh: welsh
    }
  }

  private var english: String {
    switch code {
    case .complaintCounts:
      "Counts: what happened \(when("behaviour")) had to be reported by \(date("complaintBy")) and was "
        + "reported \(when("complaint")); the application had to be made by \(date("applicationBy")) "
        + "and was made on \(date("received"))."
    case .complaintBeforeBehaviour:
      "Does not count: it was reported \(when("complaint")), before what happened "
        + "\(when("behaviour"))."
    case .complaintTooLate:
      "Does not count: what happened \(when("behaviour")) had to be reported by "
        + "\(date("lastDay")), and it was reported \(when("complaint"))."
    case .complaintAfterApplication:
      "Does not count: it was reported \(when("complaint")), after the application of "
        + "\(date("received"))."
    case .applicationTooLate:
      "Does not count: it was reported \(when("complaint")), so the application had to be made by "
        + "\(date("lastDay")), and it was made on \(date("received"))."
    case .sameComplainantSameIncident:
      "Counts once together with complaint \(place("with")): the same person reported the same "
        + "incident there."
    case .sameIncident:
      "Counts once together with complaint \(place("with")): it is about the same incident."
    case .sameComplainantSameDay:
      "Counts once together with complaint \(place("with")): the same person reported it on the same day, "
        + "\(date("complaint"))."
    case .recipientNotRecognised:
      "Does not count on this route: the procedure does not recognise reports to \(self["body"])."
    case .disputed:
      "Does not count: \(self["body"]) says that it was not reported."
    case .notOnRecord:
      "Does not count: \(self["body"]) has no record of it, and the procedure asks for one."
    case .caveatNarrows:
      "Does not count on this route: the procedure's condition “\(self["caveat"])” is not fulfilled."
    case .caveatNotApplied:
      "The procedure's condition “\(self["caveat"])” was not applied: nothing local narrows s.104(4)."
    case .requiredHeldToAct:
      "The procedure asks for \(self["asked"]) complaints; s.104(4) allows no more than "
        + "\(self["applied"]), and that was applied."
    case .actCountsMore:
      "By the procedure's own periods \(self["counted"]) complaints count; by those of the Act "
        + "(s.104(11)) it would be \(self["byAct"])."
    case .dedupeNotApplied:
      "The procedure's rule “\(self["rule"])” was not applied to s.104(4): complaints by different people, or "
        + "about different incidents, are different complaints."
    case .moreComplaintsNeeded:
      "\(more("qualifying complaint")), and an application by \(date("by")), would change the outcome "
        + "(\(self["clause"]))."
    case .moreComplaintsNeededAnew:
      "\(more("qualifying complaint")) would change the outcome (\(self["clause"])); those that counted "
        + "are too old to be counted again."
    case .moreOfHateNeeded:
      "\(more("complaint")) of a hate incident or crime among those that count would change the outcome "
        + "(\(self["clause"]))."
    case .morePeopleNeeded:
      "Qualifying complaints by \(self["needed"]) more \(self["needed"] == "1" ? "person" : "people"), "
        + "and an application by \(date("by")), would change the outcome (\(self["clause"]))."
    case .moreHouseholdsNeeded:
      "Qualifying complaints from \(self["needed"]) more "
        + "\(self["needed"] == "1" ? "household" : "households"), and an application by \(date("by")), "
        + "would change the outcome (\(self["clause"]))."
    case .findingNeeded:
      "What a person finds decides the outcome here (\(self["clause"]))."
    case .turnsOnDay:
      "The outcome turns on the day of complaint \(place("place")): it would be "
        + "\(self["outcome"]) if \(self["day"] == "behaviour" ? "the behaviour" : "the report") was "
        + "after \(date("by"))."
    case .turnsOnDispute:
      "The outcome turns on complaint \(place("place")), which \(self["body"]) disputes: without it, the "
        + "outcome would be \(self["outcome"])."
    case .turnsOnRecord:
      "The outcome turns on complaint \(place("place")), of which \(self["body"]) has no record: without "
        + "it, the outcome would be \(self["outcome"])."
    case .settledByRecord:
      "A record of complaint \(place("place")) would settle it: a reference number, a message or a call "
        + "log, or what \(self["body"]) has on file."
    case .tooFewOfHate:
      "A person would have to find that at least \(self["required"]) of the complaints that count "
        + "\(self["required"] == "1" ? "is" : "are") about a hate incident or crime; "
        + "\(self["counted"]) \(self["counted"] == "1" ? "was" : "were") reported so."
    case .findFurtherActions:
      "A person must find that there is more that the agencies can do."
    case .findSignificantDetriment:
      "A person must find that the behaviour, taken together, has a significant effect on the quality "
        + "of life."
    case .findVulnerability:
      "A person with the authority to do so must find that the victim is vulnerable."
    case .findLinkedReports:
      "A person must find that the reports of several people are about linked behaviour."
    case .findHighRisk:
      "A person must find that the risk assessment calls for a review."
    case .weighPersistence:
      "A person weighs how persistent the behaviour is (s.104(5)(a))."
    case .weighHarm:
      "A person weighs the harm, or the harm that it may do (s.104(5)(b))."
    case .weighResponse:
      "A person weighs how adequate the response to the behaviour was (s.104(5)(c))."
    case .bodyNeverAvailable:
      "\(self["body"]) has no day on which it can sit from \(date("from")) to \(date("due"))."
    case .bodiesNeverTogether:
      "\(self["bodies"]) have no day in common from \(date("from")) to \(date("due"))."
    case .noWorkingDay:
      "No working day is left: a panel could be called from \(date("from")), and it must meet by "
        + "\(date("due"))."
    case .panelDateFound:
      "\(date("on")) is the first working day on which every required body can sit; the panel must meet "
        + "by \(date("due"))."
    }
  }

  /// Such as "One more qualifying complaint", "2 more qualifying complaints".
  private func more(_ noun: String) -> String {
    self["needed"] == "1" ? "One more \(noun)" : "\(self["needed"]) more \(noun)s"
  }

  private func date(_ name: String) -> String {
    CalendarDate(self[name])?.inWords ?? self[name]
  }

  /// A day, or the range that it lies in where its last day stands beside it.
  private func when(_ name: String) -> String {
    let last = self[name + "To"]
    guard !last.isEmpty, last != self[name] else { return "on \(date(name))" }
    return "between \(date(name)) and \(date(name + "To"))"
  }

  /// Counted from one, as people count.
  private func place(_ name: String) -> String {
    Int(self[name]).map { String($0 + 1) } ?? self[name]
  }
}

extension CalendarDate {
  /// Such as "4 November 2025".
  public var inWords: String {
    let months = [
      "January", "February", "March", "April", "May", "June", "July", "August", "September",
      "October", "November", "December",
    ]
    let (year, month, day) = parts
    return "\(day) \(months[month - 1]) \(year)"
  }
}
