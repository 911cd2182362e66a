import CaseModel
import Policy

// What a letter says of a route besides the complaints: what it asks for, what the law kept from being used,
// and what would change the decision.
extension Speech {
  /// What a route asks for besides numbers, as something that is or is not so.
  func condition(_ reason: Reason, under pack: PolicyPack) -> String {
    switch reason.code {
    case .findFurtherActions:
      self(
        "There must be more that the agencies can do.",
        "Rhaid bod rhagor y gall yr asiantaethau ei wneud.")
    case .findSignificantDetriment:
      self(
        "The behaviour, taken together, must have a significant effect on the quality of life.",
        "Rhaid i'r ymddygiad, o'i ystyried yn ei gyfanrwydd, gael effaith sylweddol ar ansawdd bywyd."
      )
    case .findVulnerability:
      self("The victim must be vulnerable.", "Rhaid i'r dioddefwr fod yn agored i niwed.")
    case .findLinkedReports:
      self(
        "The reports of several people must be about linked behaviour.",
        "Rhaid i adroddiadau sawl person ymwneud ag ymddygiad cysylltiedig.")
    case .findHighRisk:
      self(
        "The risk assessment must call for a review.", "Rhaid i'r asesiad risg alw am adolygiad.")
    case .caveatToFind:
      self(
        "A condition of our procedure must be fulfilled: “\(caveat(reason["caveat"], under: pack))”.",
        "Rhaid bodloni un o amodau ein gweithdrefn: “\(caveat(reason["caveat"], under: pack))”.")
    case .tooFewOfHate: tooFewOfHate(reason)
    case .weighPersistence: persistence(reason)
    case .weighHarm: harm(reason)
    case .weighResponse: response(reason)
    default: sentence(reason, under: pack)
    }
  }

  /// It is for the victim, or anybody else, to see it as hate; nobody has to prove it.
  private func tooFewOfHate(_ reason: Reason) -> String {
    let (required, counted) = (reason["required"], reason["counted"])
    return self(
      "At least \(required) of the complaints that count must be about a hate incident or crime. "
        + "\(counted == "0" ? "None was" : counted == "1" ? "1 was" : "\(counted) were") reported so. "
        + "If you see it as hate, please tell us.",
      "Rhaid i'r nifer hwn o'r cwynion sy'n cyfrif fod am ddigwyddiad casineb neu drosedd casineb: o leiaf "
        + "\(required). Nifer y cwynion y rhoddwyd gwybod amdanynt felly: \(counted). Os ydych yn ei weld fel "
        + "casineb, rhowch wybod i ni.")
  }

  private func persistence(_ reason: Reason) -> String {
    let (complaints, uncounted) = (reason["complaints"], reason["uncounted"])
    let what = self("How persistent the behaviour is", "Pa mor barhaus yw'r ymddygiad")
    guard !complaints.isEmpty else { return what + "." }
    let (first, last) = (date(reason["first"]), date(reason["last"]))
    let days =
      first == last
      ? self("on \(first)", "ar \(first)")
      : self("from \(first) to \(last)", "o \(first) hyd at \(last)")
    let besides =
      uncounted == "0"
      ? ""
      : uncounted == "1"
        ? self(
          " \(complaints == "1" ? "It" : "1 of them") does not count under section 104(4), but it matters here.",
          " Nifer y rhai nad ydynt yn cyfrif o dan adran 104(4), ond sydd o bwys yma: 1.")
        : self(
          " \(uncounted) of them do not count under section 104(4), but they matter here.",
          " Nifer y rhai nad ydynt yn cyfrif o dan adran 104(4), ond sydd o bwys yma: \(uncounted)."
        )
    return self(
      "\(what): \(complaints) \(complaints == "1" ? "complaint" : "complaints") \(days).\(besides)",
      "\(what). Nifer y cwynion: \(complaints), \(days).\(besides)")
  }

  private func harm(_ reason: Reason) -> String {
    let (people, ofHate) = (reason["people"], reason["ofHate"])
    let what = self(
      "The harm that it does, or may do", "Y niwed y mae'n ei achosi, neu y gallai ei achosi")
    guard !people.isEmpty else { return what + "." }
    let hate =
      ofHate == "0"
      ? "no complaint was" : ofHate == "1" ? "1 complaint was" : "\(ofHate) complaints were"
    return self(
      "\(what): \(people) \(people == "1" ? "person" : "people") complained, and \(hate) about hate.",
      "\(what). Nifer y bobl a gwynodd: \(people). Nifer y cwynion am gasineb: \(ofHate).")
  }

  private func response(_ reason: Reason) -> String {
    let (bodies, again) = (reason["bodies"], reason["again"])
    let what = self("How good the response was", "Pa mor dda oedd yr ymateb")
    guard !bodies.isEmpty else { return what + "." }
    let told = "You told \(bodies) \(bodies == "1" ? "body" : "bodies")"
    let toldWelsh = "Nifer y cyrff y rhoesoch wybod iddynt: \(bodies)"
    guard again != "0" else {
      return self(
        "\(what). \(told). No report came after the first day.",
        "\(what). \(toldWelsh). Nifer yr adroddiadau pellach ar ôl y diwrnod cyntaf: 0.")
    }
    let reports = again == "1" ? "1 more report" : "\(again) more reports"
    return self(
      "\(what). \(told), and it went on: \(reports) came after the first day.",
      "\(what). \(toldWelsh), ac fe barhaodd. Nifer yr adroddiadau pellach ar ôl y diwrnod cyntaf: "
        + "\(again).")
  }

  /// What of the procedure was not used, or what the Act would have counted more.
  func note(_ reason: Reason, under pack: PolicyPack) -> String {
    switch reason.code {
    case .caveatNotApplied:
      self(
        "Our procedure has a condition: “\(caveat(reason["caveat"], under: pack))”. The law does not let us use it when we "
          + "count complaints, so we did not.",
        "Mae gan ein gweithdrefn amod: “\(caveat(reason["caveat"], under: pack))”. Nid yw'r gyfraith yn gadael i ni ei "
          + "ddefnyddio wrth gyfrif cwynion, felly ni wnaethom hynny.")
    case .dedupeNotApplied:
      self(
        "Our procedure has a rule: \(rule(reason)). We did not use it when we counted under section 104(4).",
        "Mae gan ein gweithdrefn reol: \(rule(reason)). Ni ddefnyddiwyd y rheol wrth gyfrif o dan adran "
          + "104(4).")
    case .actCountsMore:
      self(
        "With the time limits in our procedure, this many complaints count: \(reason["counted"]). With those "
          + "in the Act (section 104(11)) it would be: \(reason["byAct"]). You can say so if you ask for a "
          + "second look.",
        "Nifer y cwynion sy'n cyfrif yn ôl terfynau amser ein gweithdrefn: \(reason["counted"]). Y nifer yn ôl "
          + "terfynau amser y Ddeddf (adran 104(11)): \(reason["byAct"]). Gallwch godi hyn os gofynnwch am "
          + "ail olwg.")
    default: sentence(reason, under: pack)
    }
  }

  private func rule(_ reason: Reason) -> String {
    DedupeRule(rawValue: reason["rule"]).map(name) ?? reason["rule"]
  }

  /// What would change the decision.
  func change(_ reason: Reason, under pack: PolicyPack) -> String {
    let clause = clause(reason["clause"], under: pack)
    return switch reason.code {
    case .findingNeeded: newFacts([clause])
    case .moreOfHateNeeded:
      sentence(reason, under: pack)
        + self(
          " If you see one of them as hate, please tell us.",
          " Os ydych yn gweld un ohonynt fel casineb, rhowch wybod i ni.")
    default: sentence(reason, under: pack)
    }
  }

  /// What can change a decision that a person takes, on the ways of these clauses.
  func newFacts(_ clauses: [String]) -> String {
    let clauses = clauses.joined(separator: "; ")
    return self(
      "If new facts come to light, a person can decide otherwise, whatever the number of complaints "
        + "(\(clauses)).",
      "Os daw ffeithiau newydd i'r amlwg, gall person benderfynu'n wahanol, beth bynnag yw nifer y cwynion "
        + "(\(clauses)).")
  }

  private func date(_ text: String) -> String { CalendarDate(text).map(day) ?? text }
}
