import CaseModel
import Policy

extension PolicyPack {
  /// What it says, value by value, under the names that its document has for them. Where it says nothing
  /// there is no value; what a missing key is read as stands there as if it was written.
  var ownValues: [PackValue] {
    var list = PackValueList()
    list.add("title", procedure.title)
    list.add("succeeds", procedure.succeeds)
    for part in procedure.parts {
      list.add("parts.\(part.area)") {
        $0.add("name", part.name)
        $0.add("bodies", part.bodies)
      }
    }
    list.add("nation", nation.rawValue)
    list.add("from", from)
    list.add("until", until)
    list.add("publishedAt", procedure.publishedAt)
    if let contact = procedure.contact {
      list.add("contact.name", contact.name)
      for way in contact.ways { list.add("contact.ways.\(way.kind.rawValue)", way.at) }
    }
    if area != nil { addThreshold(to: &list) }
    for clock in clocks { list.add(clock) }
    for appeal in procedure.appeals { list.add(appeal) }
    addBodies(to: &list)
    addRecords(to: &list)
    return list.values
  }

  private func addThreshold(to list: inout PackValueList) {
    list.add("mandatory.required", String(mandatory.required))
    list.add("mandatory.complaintWindow", mandatory.complaintWindow)
    list.add("mandatory.applicationWindow", mandatory.applicationWindow)
    for alternative in alternatives { list.add(alternative) }
    list.add("factors", factors.map(\.rawValue))
    for caveat in caveats {
      list.add("caveats.\(caveat.kind.rawValue)") {
        $0.add("route", caveat.route.rawValue)
        $0.add("words", caveat.words)
        $0.add("wordsCy", caveat.wordsWelsh ?? "")
        $0.add("period", caveat.period)
      }
    }
    list.add("dedupe", procedure.dedupe.rawValue)
    list.add("recipients", procedure.recipients.map(\.rawValue))
    let decision = procedure.decision
    list.add("decision.body", decision.body)
    list.add("decision.capacity", decision.capacity)
    list.add("decision.secondSignatureOnNotMet", decision.needsSecondSignatureOnNotMet)
    list.add("decision.benefitOfTheDoubt", decision.givesBenefitOfTheDoubt)
  }

  private func addBodies(to list: inout PackValueList) {
    for body in bodies {
      list.add("bodies.\(body.key)") {
        $0.add("name", body.name)
        $0.add("kind", body.kind.rawValue)
        $0.add("notified", body.isNotified)
        $0.add("requiredForPanel", body.isRequiredForPanel)
        $0.add("since", body.since)
        $0.add("until", body.until)
        $0.add("mailbox", body.mailbox ?? "")
      }
    }
    for body in procedure.localPolicingBodies {
      list.add("localPolicingBodies.\(body.kind.rawValue)") {
        $0.add("name", body.name)
        $0.add("since", body.since)
        $0.add("until", body.until)
      }
    }
    for agency in supportAgencies {
      list.add("supportAgencies.\(agency.key)") {
        $0.add("name", agency.name)
        $0.add("selfReferral", agency.selfReferral)
      }
    }
    list.add("questionnaire", questionnaire)
  }

  private func addRecords(to list: inout PackValueList) {
    for consultation in procedure.consultations {
      list.add("consultations.\(consultation.with.rawValue)") {
        $0.add("on", consultation.on?.description ?? "on a day that is not given")
      }
    }
    if let reporting = procedure.reporting {
      list.add("reporting.period", reporting.period)
      list.add("reporting.startMonth", String(reporting.startMonth))
      list.add("reporting.reversal", reporting.reversal.rawValue)
      list.add("reporting.publishedAt", reporting.publishedAt)
    }
    for retention in procedure.retention {
      list.add("retention.\(retention.of.rawValue).period", retention.period)
    }
    guard area != nil else { return }
    list.add("calendar.division", procedure.division.rawValue)
    list.add("calendar.closures", procedure.closures.map(\.description))
    list.add("calendar.closesAtHour", procedure.closesAtHour.map(String.init) ?? "")
    list.add("languages", procedure.languages.map(\.rawValue))
    for wording in procedure.wordings {
      let about = wording.subject.map { ".\($0.rawValue)" } ?? ""
      list.add(
        "wordings.\(wording.topic.rawValue)\(about).\(wording.language.rawValue)", wording.text)
    }
    for commencement in procedure.commencements {
      list.add(
        "commencements.\(commencement.provision.rawValue).from",
        commencement.from?.description ?? "no day appointed")
    }
  }
}

/// Values as they are collected. Elements of a list that have one name are told apart by a number.
struct PackValueList {
  private(set) var values: [PackValue] = []
  private var prefix = ""
  private var elements: [String: Int] = [:]

  mutating func add(_ name: String, _ text: String) {
    guard !text.isEmpty else { return }
    values.append(PackValue(path: prefix + name, text: text))
  }
  mutating func add(_ name: String, _ texts: [String]) {
    add(name, texts.joined(separator: ", "))
  }
  mutating func add(_ name: String, _ day: CalendarDate?) { add(name, day?.description ?? "") }
  mutating func add(_ name: String, _ period: Period?) {
    add(name, period.map { "\($0.amount) \($0.unit.rawValue)" } ?? "")
  }
  mutating func add(_ name: String, _ isSo: Bool) { add(name, isSo ? "yes" : "no") }

  /// What lies beneath one element of a list.
  mutating func add(_ element: String, _ fields: (inout PackValueList) -> Void) {
    elements[element, default: 0] += 1
    let count = elements[element, default: 1]
    let before = prefix
    prefix += count == 1 ? "\(element)." : "\(element)[\(count)]."
    fields(&self)
    prefix = before
  }

  mutating func add(_ clock: Clock) {
    add("clocks.\(clock.stage.rawValue)") {
      $0.add("period", clock.period)
      $0.add("from", clock.anchor.rawValue)
      $0.add("pausable", clock.isPausable)
      $0.add("onBreach", clock.onBreach.rawValue)
    }
  }

  mutating func add(_ appeal: AppealPolicy) {
    add("appeals.\(appeal.subject.rawValue)") {
      $0.add("grounds", appeal.grounds.map(\.rawValue))
      $0.add("window", appeal.window)
      $0.add("handler", appeal.handler)
      $0.add("stages", String(appeal.stages))
    }
  }

  mutating func add(_ alternative: LocalAlternative) {
    add("alternatives.\(alternative.key)") {
      switch alternative.kind {
      case .hate(let complaints, let ofHate):
        $0.add("kind", "hate")
        $0.add("complaints", String(complaints))
        $0.add("ofHate", String(ofHate))
      case .severalPeople(let people, let complaints):
        $0.add("kind", "several-people")
        $0.add("people", String(people))
        $0.add("complaints", String(complaints))
      case .severalHouseholds(let households, let complaints):
        $0.add("kind", "several-households")
        $0.add("households", String(households))
        $0.add("complaints", String(complaints))
      case .vulnerability: $0.add("kind", "vulnerability")
      case .riskBand(let band):
        $0.add("kind", "risk-band")
        $0.add("band", band)
      }
      $0.add("clause", alternative.clause)
      $0.add("clauseCy", alternative.clauseWelsh ?? "")
      $0.add("toFind", alternative.toFind.map(\.rawValue))
      $0.add("complaintWindow", alternative.complaintWindow)
      $0.add("applicationWindow", alternative.applicationWindow)
    }
  }
}
