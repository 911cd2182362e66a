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
    case .complaintCounts where self["complaintBy"].isEmpty:
      "Counts: what happened \(when("behaviour")) was reported \(when("complaint")); the application had to "
        + "be made by \(date("applicationBy")) and was made on \(date("received"))."
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
      "Does not count on this route: the procedure does not recognise reports to \(body)."
    case .disputed:
      "Does not count: \(body) says that it was not reported."
    case .notOnRecord:
      "Does not count: \(body) has no record of it, and the procedure asks for one."
    case .caveatNarrows:
      "Does not count on this route: the procedure's condition “\(caveat)” is not fulfilled."
    case .evidence:
      "Is evidence for the person who decides: it was reported \(when("complaint"))."
    case .caveatNotApplied:
      "The procedure's condition “\(caveat)” was not applied: nothing local narrows s.104(4)."
    case .requiredHeldToAct:
      "The procedure asks for \(count("asked", "complaint", "complaints")); s.104(4) allows "
        + "\((Int(self["asked"]) ?? 0) < 1 ? "from 1 to" : "no more than") \(self["applied"]), and "
        + "\(self["applied"]) was applied."
    case .actCountsMore:
      "By the procedure's own periods \(count("counted", "complaint counts", "complaints count")); by those "
        + "of the Act (s.104(11)) it would be \(self["byAct"])."
    case .recipientsNotApplied:
      "The procedure does not recognise reports to some bodies (\(self["bodies"])); that was not applied to "
        + "s.104(4), for which a complaint to any of them counts."
    case .dedupeNotApplied:
      "The procedure's rule \(dedupeRule) was not applied to s.104(4): complaints by different people, "
        + "or about different incidents, are different complaints."
    case .moreComplaintsNeeded:
      "\(more("qualifying complaint", "qualifying complaints"))\(terms), and an application by "
        + "\(date("by")), \(enough)."
    case .moreComplaintsNeededAnew:
      "\(more("qualifying complaint", "qualifying complaints"))\(terms)\(terms.contains(",") ? "," : "") "
        + "\(enough); none of those made so far would count towards it."
    case .newComplaintsNeeded:
      "\(self["needed"] == "1" ? "One new qualifying complaint" : "\(self["needed"]) new qualifying complaints")"
        + "\(terms)\(terms.contains(",") ? "," : "") \(enough)."
    case .moreOfHateNeeded:
      "\(self["needed"] == "1" ? "One" : self["needed"]) more of the complaints that count would have to be "
        + "about a hate incident or crime (\(self["clause"]))."
    case .morePeopleNeeded:
      "Qualifying complaints by \(more("person", "people", inside: true))\(terms)\(applicationBy) \(enough)."
    case .moreHouseholdsNeeded:
      "Qualifying complaints from \(more("household", "households", inside: true))\(terms)\(applicationBy) "
        + "\(enough)."
    case .findingNeeded:
      "What a person finds decides here (\(self["clause"]))."
    case .turnsOnDay:
      "\(turns) the day of complaint \(place("place"))\(others)"
        + so(
          "\(outcome) if \(self["day"] == "behaviour" ? "the behaviour" : "the report") was \(ofDay)"
        )
    case .turnsOnDispute:
      "\(turns) complaint \(place("place")), which \(body) disputes\(others)"
        + so("\(withOrWithout), \(outcome)")
    case .turnsOnRecord:
      "\(turns) complaint \(place("place")), of which \(body) has no record\(others)"
        + so("\(withOrWithout), \(outcome)")
    case .turnsOnRecordedDays:
      "\(turns) the days of complaint \(place("place")), of which \(body) has others on record than the "
        + "applicant says\(others)" + so("if the record is right, \(outcome)")
    case .turnsOnSameIncident:
      "\(turns) whether complaints \(places) are about one incident\(others)"
        + so("if they are, \(outcome)")
    case .moreInDoubt:
      "\(self["doubts"]) facts are in doubt, and only the first \(self["looked"]) were looked at one by one; the "
        + "outcome may turn on others, too."
    case .settledByIncident:
      "What happened, and when, in each of complaints \(places) would settle it: what was said when it was "
        + "reported, or what the bodies have on file."
    case .settledByRecord:
      "A record of complaint \(place("place")) would settle it: a reference number, a message or a call "
        + "log, or what \(body) has on file."
    case .tooFewOfHate:
      "A person would have to find that at least \(self["required"]) of the complaints that count "
        + "\(self["required"] == "1" ? "is" : "are") about a hate incident or crime; "
        + "\(self["counted"]) \(self["counted"] == "1" ? "was" : "were") reported so."
    case .tooFewPeople:
      "A person would have to find that at least \(self["required"]) people made the complaints that count; "
        + "\(count("counted", "person is", "people are")) known to have done so."
    case .tooFewHouseholds:
      "A person would have to find that the complaints that count are from at least \(self["required"]) "
        + "households; \(count("counted", "is", "are")) known."
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
    case .caveatToFind:
      "A person must find whether the procedure's condition “\(caveat)” is fulfilled."
    case .householdsToFind:
      "A person must find how many households complained: "
        + "\(count("counted", "is known", "are known")), and \(count("required", "is", "are")) needed."
    case .weighPersistence:
      "A person weighs how persistent the behaviour is (s.104(5)(a))\(persistenceInEnglish)."
    case .weighHarm:
      "A person weighs the harm, or the harm that it may do (s.104(5)(b))\(harmInEnglish)."
    case .weighResponse:
      "A person weighs how adequate the response to the behaviour was (s.104(5)(c))\(responseInEnglish)."
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

  /// Such as "One more person", "2 more people".
  private func more(_ one: String, _ many: String, inside: Bool = false) -> String {
    guard self["needed"] == "1" else { return "\(self["needed"]) more \(many)" }
    return (inside ? "one" : "One") + " more \(one)"
  }

  /// How many of those that are needed must be of hate.
  private var ofHate: String {
    guard !self["ofHate"].isEmpty else { return "" }
    if self["needed"] == "1" { return " about a hate incident or crime" }
    if self["needed"] == self["ofHate"] { return ", all about hate incidents or crimes" }
    return ", \(self["ofHate"]) of them about "
      + (self["ofHate"] == "1" ? "a hate incident or crime" : "hate incidents or crimes")
  }

  private var applicationBy: String {
    self["by"].isEmpty ? "" : ", and an application by \(date("by")),"
  }

  /// Who is meant, where nobody could say which body it is.
  private var body: String {
    self["body"].isEmpty ? "the body that it was made to" : self["body"]
  }

  /// What else further complaints must be.
  private var terms: String {
    let isOne = self["needed"] == "1"
    var terms =
      ofHate + further("people", "by", "person") + further("households", "from", "household")
    if !self["recognised"].isEmpty {
      terms +=
        isOne
        ? " to a body that the procedure recognises" : ", to bodies that the procedure recognises"
    }
    if !self["besides"].isEmpty {
      terms += (isOne ? "" : ", at least one of them") + " to another body than \(self["besides"])"
    }
    if !self["bodies"].isEmpty { terms += ", not all to one body" }
    return terms
  }

  private func further(_ name: String, _ by: String, _ one: String) -> String {
    guard let count = Int(self[name]) else { return "" }
    // Where nobody is known yet, one is somebody in any case.
    let isNew = code == .newComplaintsNeeded
    if isNew, count == 1 { return "" }
    if self["needed"] == "1" { return " \(by) a further \(one)" }
    if count == 1 { return ", one of them \(by) a further \(one)" }
    return (self["needed"] == self[name] ? ", each" : ", \(count) of them each")
      + " \(by) a different \(isNew ? one : "further \(one)")"
  }

  /// What they would be enough for.
  private var enough: String {
    (self["decides"].isEmpty ? "would be enough" : "would be enough for a person to decide")
      + " (\(self["clause"]))"
      + (self["caveat"].isEmpty
        ? "" : ", if the procedure's condition “\(caveat)” is fulfilled as well")
  }

  /// What turns, and whether it does.
  private var turns: String {
    "The outcome" + (self["clause"].isEmpty ? "" : " under \(self["clause"])")
      + (self["outcome"].isEmpty ? " may turn on" : " turns on")
  }

  /// What is said of it, where that holds whatever else is in doubt.
  private func so(_ words: String) -> String {
    self["outcome"].isEmpty ? "." : ": \(words)."
  }

  private var ofDay: String {
    self["until"].isEmpty ? "after \(date("by"))" : "on \(date("until")) or before"
  }

  /// What the outcome would be.
  private var outcome: String {
    switch RouteOutcome(rawValue: self["outcome"]) {
    case .met where !self["clause"].isEmpty: "\(self["clause"]) would be met"
    case .notMet where !self["clause"].isEmpty: "\(self["clause"]) would not be met"
    case .met: "the threshold would be met"
    case .notMet: "the threshold would not be met"
    case .personDecides: "it would be for a person to decide"
    case nil: "the outcome would be \(self["outcome"])"
    }
  }

  /// Facts in doubt that decide only together with this one.
  private var others: String {
    guard let together = Int(self["together"]), together > 1 else { return "" }
    return together == 2
      ? ", together with one other fact in doubt"
      : ", together with \(together - 1) other facts in doubt"
  }

  private var withOrWithout: String {
    (self["counted"] == "0" ? "with " : "without ") + (others.isEmpty ? "it" : "them")
  }

  /// As the procedure words it; a kind of condition that it does not word is a key.
  private var caveat: String {
    self["caveat"].contains(" ")
      ? self["caveat"] : String(self["caveat"].map { $0 == "-" ? " " : $0 })
  }

  private var dedupeRule: String {
    switch self["rule"] {
    case "same-incident": "that all reports of one incident are one complaint"
    case "same-complainant-same-day": "that one person's reports on one day are one complaint"
    default: "“\(self["rule"])”"
    }
  }

  private func date(_ name: String) -> String {
    day(of: name)?.inWords ?? self[name]
  }

  /// A day, or the range that it lies in where its last day stands beside it.
  private func when(_ name: String) -> String {
    let last = self[name + "To"]
    guard !last.isEmpty, last != self[name] else { return "on \(date(name))" }
    return "between \(date(name)) and \(date(name + "To"))"
  }

  /// Such as "1, 2 and 3".
  private var places: String {
    let places = self["places"].split(separator: ",").map {
      Int($0).map { String($0 + 1) } ?? String($0)
    }
    return places.count < 2
      ? places.joined()
      : "\(places.dropLast().joined(separator: ", ")) and \(places[places.count - 1])"
  }

  /// Counted from one, as people count.
  private func place(_ name: String) -> String {
    Int(self[name]).map { String($0 + 1) } ?? self[name]
  }
}
