// Wording rules: digits instead of number words, "nifer: 3" instead of a noun after a number, and names in
// brackets or after a colon, because Welsh would mutate them otherwise.

extension Reason {
  /// The sentence in Welsh.
  var welsh: String {
    switch code {
    case .complaintCounts where self["complaintBy"].isEmpty:
      "Yn cyfrif: rhoddwyd gwybod \(when("complaint")) am yr hyn a ddigwyddodd \(when("behaviour")); roedd yn "
        + "rhaid gwneud y cais erbyn \(date("applicationBy")), ac fe'i gwnaed ar \(date("received"))."
    case .complaintCounts:
      "Yn cyfrif: roedd yn rhaid rhoi gwybod erbyn \(date("complaintBy")) am yr hyn a ddigwyddodd "
        + "\(when("behaviour")), a rhoddwyd gwybod \(when("complaint")); roedd yn rhaid gwneud y cais "
        + "erbyn \(date("applicationBy")), ac fe'i gwnaed ar \(date("received"))."
    case .complaintBeforeBehaviour:
      "Nid yw'n cyfrif: rhoddwyd gwybod amdani \(when("complaint")), cyn yr hyn a ddigwyddodd "
        + "\(when("behaviour"))."
    case .complaintTooLate:
      "Nid yw'n cyfrif: roedd yn rhaid rhoi gwybod erbyn \(date("lastDay")) am yr hyn a ddigwyddodd "
        + "\(when("behaviour")), a rhoddwyd gwybod \(when("complaint"))."
    case .complaintAfterApplication:
      "Nid yw'n cyfrif: rhoddwyd gwybod amdani \(when("complaint")), ar ôl y cais a wnaed ar "
        + "\(date("received"))."
    case .applicationTooLate:
      "Nid yw'n cyfrif: rhoddwyd gwybod amdani \(when("complaint")), felly roedd yn rhaid gwneud y cais "
        + "erbyn \(date("lastDay")), ac fe'i gwnaed ar \(date("received"))."
    case .sameComplainantSameIncident:
      "Yn cyfrif unwaith ynghyd â chŵyn \(place("with")): rhoddodd yr un person wybod am yr un digwyddiad "
        + "yno."
    case .sameIncident:
      "Yn cyfrif unwaith ynghyd â chŵyn \(place("with")): mae'n ymwneud â'r un digwyddiad."
    case .sameComplainantSameDay:
      "Yn cyfrif unwaith ynghyd â chŵyn \(place("with")): rhoddodd yr un person wybod amdani ar yr un "
        + "diwrnod, sef \(date("complaint"))."
    case .recipientNotRecognised:
      "Nid yw'n cyfrif ar y llwybr hwn: nid yw'r weithdrefn yn cydnabod adroddiadau i'r \(body)."
    case .disputed:
      "Nid yw'n cyfrif: yn ôl y \(body), ni roddwyd gwybod amdani."
    case .notOnRecord:
      "Nid yw'n cyfrif: nid oes gan y \(body) gofnod ohoni, ac mae'r weithdrefn yn gofyn am un."
    case .caveatNarrows:
      "Nid yw'n cyfrif ar y llwybr hwn: nid yw amod y weithdrefn, “\(self["caveat"])”, wedi'i fodloni."
    case .evidence:
      "Mae'n dystiolaeth i'r person sy'n penderfynu: rhoddwyd gwybod amdani \(when("complaint"))."
    case .caveatToFind:
      "Rhaid i berson ganfod a yw amod y weithdrefn, “\(self["caveat"])”, wedi'i fodloni."
    case .householdsToFind:
      "Rhaid i berson ganfod faint o aelwydydd a gwynodd (nifer hysbys: \(self["counted"]); nifer "
        + "angenrheidiol: \(self["required"]))."
    case .caveatNotApplied:
      "Ni chymhwyswyd amod y weithdrefn, “\(self["caveat"])”: ni chaiff dim byd lleol gyfyngu ar "
        + "adran 104(4)."
    case .requiredHeldToAct:
      "Nifer y cwynion y mae'r weithdrefn yn gofyn amdanynt: \(self["asked"]); y nifer y mae adran 104(4) yn "
        + "ei ganiatáu: \((Int(self["asked"]) ?? 0) < 1 ? "o 1 hyd at" : "dim mwy na") \(self["applied"]); "
        + "y nifer a gymhwyswyd: \(self["applied"])."
    case .actCountsMore:
      "Nifer y cwynion sy'n cyfrif yn ôl cyfnodau'r weithdrefn: \(self["counted"]); y nifer yn ôl cyfnodau'r "
        + "Ddeddf (adran 104(11)): \(self["byAct"])."
    case .recipientsNotApplied:
      "Nid yw'r weithdrefn yn cydnabod adroddiadau i rai cyrff (\(self["bodies"])); ni chymhwyswyd hynny i "
        + "adran 104(4), lle mae cwyn i unrhyw un ohonynt yn cyfrif."
    case .dedupeNotApplied:
      "Ni chymhwyswyd \(dedupeRule) i adran 104(4): mae cwynion gan bobl wahanol, neu am ddigwyddiadau "
        + "gwahanol, yn gwynion gwahanol."
    case .moreComplaintsNeeded:
      "Byddai rhagor o gwynion cymwys (nifer: \(self["needed"])\(terms)), a chais erbyn \(date("by")), "
        + "\(enough)."
    case .moreComplaintsNeededAnew:
      "Byddai rhagor o gwynion cymwys (nifer: \(self["needed"])\(terms)) \(enough); ni fyddai'r un o'r rhai a "
        + "wnaed hyd yn hyn yn cyfrif tuag at hynny."
    case .newComplaintsNeeded:
      "Byddai cwynion cymwys newydd (nifer: \(self["needed"])\(terms)) \(enough)."
    case .moreOfHateNeeded:
      "Byddai'n rhaid i ragor o'r cwynion sy'n cyfrif (nifer: \(self["needed"])) fod am ddigwyddiad casineb "
        + "neu drosedd casineb (\(clause))."
    case .morePeopleNeeded:
      "Byddai cwynion cymwys gan ragor o bobl (nifer y bobl: \(self["needed"])\(terms))\(applicationBy) "
        + "\(enough)."
    case .moreHouseholdsNeeded:
      "Byddai cwynion cymwys o ragor o aelwydydd (nifer yr aelwydydd: \(self["needed"])\(terms))"
        + "\(applicationBy) \(enough)."
    case .findingNeeded:
      "Yr hyn y mae person yn ei ganfod sy'n penderfynu yma (\(clause))."
    case .turnsOnDay:
      "\(turns) ddyddiad cwyn \(place("place"))\(others)"
        + so(
          "pe bai "
            + (self["day"] == "behaviour" ? "yr ymddygiad wedi digwydd" : "rhywun wedi rhoi gwybod")
            + " \(ofDay), \(outcome)")
    case .turnsOnDispute:
      "\(turns) gŵyn \(place("place")), y mae'r \(body) yn ei herio\(others)"
        + so("\(withOrWithout), \(outcome)")
    case .turnsOnRecord:
      "\(turns) gŵyn \(place("place")), nad oes gan y \(body) gofnod ohoni\(others)"
        + so("\(withOrWithout), \(outcome)")
    case .turnsOnRecordedDays:
      "\(turns) ddyddiadau cwyn \(place("place")): mae'r dyddiadau sydd ar gofnod gan y \(body) yn wahanol i'r "
        + "rhai a roddodd yr ymgeisydd\(others)" + so("os yw'r cofnod yn gywir, \(outcome)", ";")
    case .turnsOnSameIncident:
      "\(turns) a yw'r cwynion hyn yn ymwneud ag un digwyddiad (\(places))\(others)"
        + so("os ydynt, \(outcome)")
    case .moreInDoubt:
      "Nifer y ffeithiau sydd mewn amheuaeth: \(self["doubts"]); dim ond y rhai cyntaf (nifer: "
        + "\(self["looked"])) a ystyriwyd fesul un, a gall y canlyniad ddibynnu ar eraill hefyd."
    case .settledByIncident:
      "Byddai'r hyn a ddigwyddodd, a phryd, ym mhob un o'r cwynion hyn (\(places)) yn setlo'r mater: yr hyn a "
        + "ddywedwyd wrth roi gwybod, neu'r hyn sydd ar ffeil gan y cyrff."
    case .settledByRecord:
      "Byddai cofnod o gŵyn \(place("place")) yn setlo'r mater: cyfeirnod, neges neu gofnod galwadau, neu'r "
        + "hyn sydd ar ffeil gan y \(body)."
    case .tooFewOfHate:
      "Byddai'n rhaid i berson ganfod bod o leiaf \(self["required"]) o'r cwynion sy'n cyfrif yn ymwneud â "
        + "digwyddiad casineb neu drosedd casineb; nifer y cwynion y rhoddwyd gwybod amdanynt felly: "
        + "\(self["counted"])."
    case .tooFewPeople:
      "Byddai'n rhaid i berson ganfod bod y nifer hwn o bobl o leiaf wedi gwneud y cwynion sy'n cyfrif: "
        + "\(self["required"]); nifer hysbys: \(self["counted"])."
    case .tooFewHouseholds:
      "Byddai'n rhaid i berson ganfod bod y cwynion sy'n cyfrif yn dod o'r nifer hwn o aelwydydd o leiaf: "
        + "\(self["required"]); nifer hysbys: \(self["counted"])."
    case .findFurtherActions:
      "Rhaid i berson ganfod bod rhagor y gall yr asiantaethau ei wneud."
    case .findSignificantDetriment:
      "Rhaid i berson ganfod bod yr ymddygiad, o'i ystyried yn ei gyfanrwydd, yn cael effaith sylweddol ar "
        + "ansawdd bywyd."
    case .findVulnerability:
      "Rhaid i berson sydd â'r awdurdod i wneud hynny ganfod bod y dioddefwr yn agored i niwed."
    case .findLinkedReports:
      "Rhaid i berson ganfod bod adroddiadau gan sawl person yn ymwneud ag ymddygiad cysylltiedig."
    case .findHighRisk:
      "Rhaid i berson ganfod bod yr asesiad risg yn galw am adolygiad."
    case .weighPersistence:
      "Mae person yn pwyso a mesur pa mor barhaus yw'r ymddygiad (adran 104(5)(a))\(persistenceFacts)."
    case .weighHarm:
      "Mae person yn pwyso a mesur y niwed y mae'r ymddygiad yn ei achosi, neu y gallai ei achosi "
        + "(adran 104(5)(b))\(harmFacts)."
    case .weighResponse:
      "Mae person yn pwyso a mesur pa mor ddigonol oedd yr ymateb i'r ymddygiad (adran 104(5)(c))"
        + "\(responseFacts)."
    case .bodyNeverAvailable:
      "Nid oes gan y corff dan sylw (\(self["body"])) ddiwrnod y gall eistedd arno o \(date("from")) hyd "
        + "at \(date("due"))."
    case .bodiesNeverTogether:
      "Nid oes gan y cyrff hyn ddiwrnod yn gyffredin o \(date("from")) hyd at \(date("due")): "
        + "\(self["bodies"])."
    case .noWorkingDay:
      "Nid oes diwrnod gwaith ar ôl: gellid galw panel o \(date("from")) ymlaen, a rhaid iddo gyfarfod "
        + "erbyn \(date("due"))."
    case .panelDateFound:
      "\(date("on")) yw'r diwrnod gwaith cyntaf y gall pob corff gofynnol eistedd arno; rhaid i'r panel "
        + "gyfarfod erbyn \(date("due"))."
    }
  }

  /// A section of the Act as Welsh legislation has it; an area's own clause as the area words it.
  private var clause: String {
    let clause = self["clause"]
    return clause.hasPrefix("s.") ? "adran " + clause.dropFirst(2) : clause
  }

  /// Who is meant, where nobody could say which body it is; for use after "y" or "'r".
  private var body: String {
    self["body"].isEmpty ? "corff y gwnaed y gŵyn iddo" : "corff dan sylw (\(self["body"]))"
  }

  /// What else further complaints must be; for use within brackets.
  private var terms: String {
    let isNew = code == .newComplaintsNeeded
    var terms = ofHate
    if !self["people"].isEmpty {
      terms +=
        isNew
        ? "; nifer y bobl wahanol sy'n eu gwneud"
        : "; nifer y rhain gan bobl eraill, pob un gan berson gwahanol"
      terms += ": \(self["people"])"
    }
    if !self["households"].isEmpty {
      terms +=
        isNew
        ? "; nifer yr aelwydydd gwahanol y maent yn dod ohonynt"
        : "; nifer y rhain o aelwydydd eraill, pob un o aelwyd wahanol"
      terms += ": \(self["households"])"
    }
    if !self["recognised"].isEmpty { terms += "; i gyrff y mae'r weithdrefn yn eu cydnabod" }
    if !self["besides"].isEmpty {
      terms += "; o leiaf un i gorff arall, nid i'r corff hwn: \(self["besides"])"
    }
    if !self["bodies"].isEmpty { terms += "; nid pob un i'r un corff" }
    return terms
  }

  /// What they would be enough for.
  private var enough: String {
    (self["decides"].isEmpty ? "yn ddigon" : "yn ddigon i berson benderfynu") + " (\(clause))"
      + (self["caveat"].isEmpty
        ? "" : ", os yw amod y weithdrefn, “\(self["caveat"])”, wedi'i fodloni hefyd")
  }

  /// What turns, and whether it does.
  private var turns: String {
    let outcome = self["clause"].isEmpty ? "canlyniad" : "canlyniad o dan \(clause)"
    return self["outcome"].isEmpty
      ? "Gall y \(outcome) ddibynnu ar" : "Mae'r \(outcome) yn dibynnu ar"
  }

  /// What is said of it, where that holds whatever else is in doubt.
  private func so(_ words: String, _ sign: String = ":") -> String {
    self["outcome"].isEmpty ? "." : "\(sign) \(words)."
  }

  private var ofDay: String {
    self["until"].isEmpty ? "ar ôl \(date("by"))" : "ar \(date("until")) neu cyn hynny"
  }

  /// Such as "1, 2, 3".
  private var places: String {
    self["places"].split(separator: ",").map { Int($0).map { String($0 + 1) } ?? String($0) }
      .joined(separator: ", ")
  }

  /// What the outcome would be.
  private var outcome: String {
    switch RouteOutcome(rawValue: self["outcome"]) {
    case .met where !self["clause"].isEmpty: "byddai \(clause) wedi'i bodloni"
    case .notMet where !self["clause"].isEmpty: "ni fyddai \(clause) wedi'i bodloni"
    case .met: "byddai'r trothwy wedi'i gyrraedd"
    case .notMet: "ni fyddai'r trothwy wedi'i gyrraedd"
    case .personDecides: "mater i berson fyddai penderfynu"
    case nil: "y canlyniad fyddai: \(self["outcome"])"
    }
  }

  /// How many of those that are needed must be of hate; for use within brackets.
  private var ofHate: String {
    guard !self["ofHate"].isEmpty else { return "" }
    let hate = "am ddigwyddiad casineb neu drosedd casineb"
    if self["needed"] == "1" { return ", \(hate)" }
    return self["needed"] == self["ofHate"]
      ? ", pob un \(hate)" : "; nifer o'r rhain \(hate): \(self["ofHate"])"
  }

  private var applicationBy: String {
    self["by"].isEmpty ? "" : ", a chais erbyn \(date("by")),"
  }

  /// Facts in doubt that decide only together with this one.
  private var others: String {
    guard let together = Int(self["together"]), together > 1 else { return "" }
    return ", ynghyd â rhagor o ffeithiau sydd mewn amheuaeth (nifer: \(together - 1))"
  }

  private var withOrWithout: String {
    let isAlone = others.isEmpty
    return self["counted"] == "0"
      ? (isAlone ? "gyda hi" : "gyda nhw") : (isAlone ? "hebddi" : "hebddynt")
  }

  private var dedupeRule: String {
    switch self["rule"] {
    case "same-incident":
      "rheol y weithdrefn bod pob adroddiad am un digwyddiad yn un gŵyn"
    case "same-complainant-same-day":
      "rheol y weithdrefn bod adroddiadau un person ar un diwrnod yn un gŵyn"
    default: "rheol y weithdrefn, “\(self["rule"])”,"
    }
  }

  private func date(_ name: String) -> String {
    day(of: name)?.inWelsh ?? self[name]
  }

  /// A day, or the range that it lies in where its last day stands beside it.
  private func when(_ name: String) -> String {
    let last = self[name + "To"]
    guard !last.isEmpty, last != self[name] else { return "ar \(date(name))" }
    return "rywbryd o \(date(name)) hyd at \(date(name + "To"))"
  }

  /// Counted from one, as people count.
  private func place(_ name: String) -> String {
    Int(self[name]).map { String($0 + 1) } ?? self[name]
  }
}
