// Wording rules: digits instead of number words, "nifer: 3" instead of a noun after a number, and names in
// brackets or after a colon, because Welsh would mutate them otherwise.

extension Reason {
  /// The sentence in Welsh.
  var welsh: String {
    switch code {
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
      "Yn cyfrif unwaith ynghyd â chwyn \(place("with")): rhoddodd yr un person wybod am yr un digwyddiad "
        + "yno."
    case .sameIncident:
      "Yn cyfrif unwaith ynghyd â chwyn \(place("with")): mae'n ymwneud â'r un digwyddiad."
    case .sameComplainantSameDay:
      "Yn cyfrif unwaith ynghyd â chwyn \(place("with")): rhoddodd yr un person wybod amdani ar yr un "
        + "diwrnod, sef \(date("complaint"))."
    case .recipientNotRecognised:
      "Nid yw'n cyfrif ar y llwybr hwn: nid yw'r weithdrefn yn cydnabod adroddiadau i'r corff dan sylw"
        + "\(body)."
    case .disputed:
      "Nid yw'n cyfrif: yn ôl y corff dan sylw\(body), ni roddwyd gwybod amdani."
    case .notOnRecord:
      "Nid yw'n cyfrif: nid oes gan y corff dan sylw\(body) gofnod ohoni, ac mae'r weithdrefn "
        + "yn gofyn am un."
    case .caveatNarrows:
      "Nid yw'n cyfrif ar y llwybr hwn: nid yw amod y weithdrefn, “\(self["caveat"])”, wedi'i fodloni."
    case .evidence:
      "Mae'n dystiolaeth i'r person sy'n penderfynu: rhoddwyd gwybod amdani \(when("complaint"))."
    case .caveatNotApplied:
      "Ni chymhwyswyd amod y weithdrefn, “\(self["caveat"])”: ni chaiff dim byd lleol gyfyngu ar "
        + "adran 104(4)."
    case .requiredHeldToAct:
      "Nifer y cwynion y mae'r weithdrefn yn gofyn amdanynt: \(self["asked"]); y nifer mwyaf y mae "
        + "adran 104(4) yn ei ganiatáu, a'r nifer a gymhwyswyd: \(self["applied"])."
    case .actCountsMore:
      "Nifer y cwynion sy'n cyfrif yn ôl cyfnodau'r weithdrefn: \(self["counted"]); y nifer yn ôl cyfnodau'r "
        + "Ddeddf (adran 104(11)): \(self["byAct"])."
    case .dedupeNotApplied:
      "Ni chymhwyswyd rheol y weithdrefn, “\(self["rule"])”, i adran 104(4): mae cwynion gan bobl wahanol, "
        + "neu am ddigwyddiadau gwahanol, yn gwynion gwahanol."
    case .moreComplaintsNeeded:
      "Byddai rhagor o gwynion cymwys (nifer: \(self["needed"])\(ofHate)), a chais erbyn \(date("by")), yn newid y "
        + "canlyniad (\(clause))."
    case .moreComplaintsNeededAnew:
      "Byddai rhagor o gwynion cymwys (nifer: \(self["needed"])\(ofHate)) yn newid y canlyniad (\(clause)); "
        + "ni fyddai'r un o'r rhai a wnaed hyd yma yn cyfrif."
    case .moreOfHateNeeded:
      "Byddai rhagor o gwynion am ddigwyddiad casineb neu drosedd casineb ymhlith y rhai sy'n cyfrif "
        + "(nifer: \(self["needed"])) yn newid y canlyniad (\(clause))."
    case .morePeopleNeeded:
      "Byddai cwynion cymwys gan ragor o bobl (nifer y bobl: \(self["needed"]))\(applicationBy) yn newid y "
        + "canlyniad (\(clause))."
    case .moreHouseholdsNeeded:
      "Byddai cwynion cymwys o ragor o aelwydydd (nifer yr aelwydydd: \(self["needed"]))\(applicationBy) "
        + "yn newid y canlyniad (\(clause))."
    case .findingNeeded:
      "Yr hyn y mae person yn ei ganfod sy'n penderfynu'r canlyniad yma (\(clause))."
    case .turnsOnDay:
      "Mae'r canlyniad yn dibynnu ar ddyddiad cwyn \(place("place"))\(others): pe bai "
        + (self["day"] == "behaviour" ? "yr ymddygiad wedi digwydd" : "rhywun wedi rhoi gwybod")
        + " ar ôl \(date("by")), y canlyniad fyddai: \(outcome)."
    case .turnsOnDispute:
      "Mae'r canlyniad yn dibynnu ar gwyn \(place("place")), y mae'r corff dan sylw\(body) yn ei herio"
        + "\(others): \(withOrWithout), y canlyniad fyddai: \(outcome)."
    case .turnsOnRecord:
      "Mae'r canlyniad yn dibynnu ar gwyn \(place("place")), nad oes gan y corff dan sylw\(body) gofnod "
        + "ohoni\(others): \(withOrWithout), y canlyniad fyddai: \(outcome)."
    case .settledByRecord:
      "Byddai cofnod o gwyn \(place("place")) yn setlo'r mater: cyfeirnod, neges neu gofnod galwadau, neu'r "
        + "hyn sydd gan y corff dan sylw\(body) ar ffeil."
    case .tooFewOfHate:
      "Byddai'n rhaid i berson ganfod bod o leiaf \(self["required"]) o'r cwynion sy'n cyfrif yn ymwneud â "
        + "digwyddiad casineb neu drosedd casineb; nifer y cwynion y rhoddwyd gwybod amdanynt felly: "
        + "\(self["counted"])."
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
    case .caveatToFind:
      "Rhaid i berson ganfod a yw amod y weithdrefn, “\(self["caveat"])”, wedi'i fodloni."
    case .householdsToFind:
      "Rhaid i berson ganfod faint o aelwydydd a gwynodd (nifer hysbys: \(self["counted"]); nifer "
        + "angenrheidiol: \(self["required"]))."
    case .weighPersistence:
      "Mae person yn pwyso a mesur pa mor barhaus yw'r ymddygiad (adran 104(5)(a))\(persistenceFacts)."
    case .weighHarm:
      "Mae person yn pwyso a mesur y niwed y mae'r ymddygiad yn ei achosi, neu y gallai ei achosi "
        + "(adran 104(5)(b))\(harmFacts)."
    case .weighResponse:
      "Mae person yn pwyso a mesur pa mor ddigonol oedd yr ymateb i'r ymddygiad "
        + "(adran 104(5)(c))\(responseFacts)."
    case .bodyNeverAvailable:
      "Nid oes gan y corff dan sylw\(body) ddiwrnod y gall eistedd arno o \(date("from")) hyd "
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

  /// In brackets; nothing where it is not known which body it is.
  private var body: String { self["body"].isEmpty ? "" : " (\(self["body"]))" }

  /// How many of those that are needed must be of hate.
  private var ofHate: String {
    self["ofHate"].isEmpty
      ? "" : "; am ddigwyddiad casineb neu drosedd casineb, o leiaf: \(self["ofHate"])"
  }

  private var applicationBy: String {
    self["by"].isEmpty ? "" : ", a chais erbyn \(date("by")),"
  }

  /// Facts in doubt that decide only together with this one.
  private var others: String {
    guard let together = Int(self["together"]), together > 1 else { return "" }
    return ", ynghyd â ffeithiau eraill sydd mewn amheuaeth (nifer: \(together - 1))"
  }

  private var withOrWithout: String {
    switch (self["counted"] == "0", others.isEmpty) {
    case (true, true): "gyda hi"
    case (true, false): "gyda nhw"
    case (false, true): "hebddi"
    case (false, false): "hebddynt"
    }
  }

  private var persistenceFacts: String {
    guard !self["complaints"].isEmpty else { return "" }
    let days =
      self["first"] == self["last"]
      ? "ar \(date("first"))" : "o \(date("first")) hyd at \(date("last"))"
    return
      "; nifer y cwynion: \(self["complaints"]), \(days); heb eu cyfrif o dan adran 104(4) ond yn "
      + "dystiolaeth yma: \(self["uncounted"])"
  }

  private var harmFacts: String {
    guard !self["people"].isEmpty else { return "" }
    return
      "; nifer y bobl a gwynodd: \(self["people"]); nifer y cwynion am gasineb: \(self["ofHate"])"
  }

  private var responseFacts: String {
    guard !self["bodies"].isEmpty, !self["again"].isEmpty else { return "" }
    return
      "; nifer y cyrff y rhoddwyd gwybod iddynt: \(self["bodies"]); nifer yr adroddiadau ar ôl y diwrnod "
      + "cyntaf: \(self["again"])"
  }

  private var outcome: String {
    switch RouteOutcome(rawValue: self["outcome"]) {
    case .met: "trothwy wedi'i gyrraedd"
    case .notMet: "trothwy heb ei gyrraedd"
    case .personDecides: "person i benderfynu"
    case nil: self["outcome"]
    }
  }

  private func date(_ name: String) -> String {
    CalendarDate(self[name])?.inWelsh ?? self[name]
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

extension CalendarDate {
  /// Such as "4 Tachwedd 2025".
  public var inWelsh: String {
    let months = [
      "Ionawr", "Chwefror", "Mawrth", "Ebrill", "Mai", "Mehefin", "Gorffennaf", "Awst", "Medi",
      "Hydref", "Tachwedd", "Rhagfyr",
    ]
    let (year, month, day) = parts
    return "\(day) \(months[month - 1]) \(year)"
  }
}
