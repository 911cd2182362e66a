import CaseModel
import Policy

extension ProcedurePage {
  /// Counting first, which decides; then the area's own ways; then what a person weighs.
  func threshold(_ say: Speech, _ paper: inout Paper) {
    paper.heading(say("The threshold", "Y trothwy"))
    let rule = pack.mandatory
    let needed = rule.lawful.required
    paper.paragraph(
      say(
        "The threshold is the test for a review. It is met if this many qualifying complaints were made "
          + "about the behaviour: \(needed).",
        "Y trothwy yw'r prawf ar gyfer adolygiad. Mae wedi'i gyrraedd os gwnaed y nifer hwn o gwynion "
          + "cymwys am yr ymddygiad: \(needed)."),
      say(
        "For this way we ask nothing else, and the complaints can be by different people (section 104(4)).",
        "Ar gyfer y ffordd hon ni ofynnwn am ddim arall, a gall y cwynion fod gan bobl wahanol (adran 104(4))."
      ))
    if rule.required != needed {
      paper.paragraph(
        say(
          "The published procedure asks for \(rule.required). The law allows three at most, so three is used.",
          "Mae'r weithdrefn gyhoeddedig yn gofyn am \(rule.required). Nid yw'r gyfraith yn caniatáu mwy na "
            + "thri, felly tri a ddefnyddir."))
    }
    if isUnknown("mandatory") {
      paper.paragraph(
        say(
          "The area's own number is not known. The law's number is used.",
          "Nid yw nifer yr ardal ei hun yn hysbys. Defnyddir nifer y gyfraith."))
    }
    ownWords(say, &paper)
    paper.heading(
      say("Other ways in this area", "Ffyrdd eraill yn yr ardal hon"), level: 3)
    otherWays(say, &paper)
    paper.heading(
      say("What a person looks at besides", "Beth arall y mae person yn ei ystyried"), level: 3)
    if pack.factors.isEmpty {
      paper.paragraph(
        isUnknown("factors")
          ? say.notKnown + "."
          : say("The procedure names nothing else.", "Nid yw'r weithdrefn yn enwi dim arall."))
    }
    if !pack.factors.isEmpty {
      paper.paragraph(
        say(
          "If too few complaints count, a person can still decide that the threshold is met (section 104(5)). "
            + "The person looks at this:",
          "Os nad oes digon o gwynion yn cyfrif, gall person benderfynu o hyd bod y trothwy wedi'i gyrraedd "
            + "(adran 104(5)). Mae'r person yn edrych ar hyn:"))
    }
    paper.list(pack.factors.map { factor($0, say) })
  }

  /// Those that are known, and whether there may be more.
  private func otherWays(_ say: Speech, _ paper: inout Paper) {
    let isInDoubt = pack.provenance.unknown.contains {
      $0 == "alternatives" || $0.hasPrefix("alternatives.")
    }
    if pack.alternatives.isEmpty {
      paper.paragraph(
        isInDoubt
          ? say.notKnown + "."
          : say("This area has no other ways.", "Nid oes ffyrdd eraill yn yr ardal hon."))
    }
    paper.list(pack.alternatives.map { way($0, say) })
    guard isUnknown("alternatives.further") else { return }
    paper.paragraph(
      say(
        "The rest of the published page could not be read, so there may be more.",
        "Ni ellid darllen gweddill y dudalen gyhoeddedig, felly gall fod rhagor."))
  }

  /// The published procedure in its own words, and beside them what of them is not applied.
  private func ownWords(_ say: Speech, _ paper: inout Paper) {
    guard pack.procedure.wordings.contains(where: { $0.topic == .threshold }) else { return }
    paper.quote(.threshold, from: pack)
    let notApplied = pack.caveats.filter { $0.route == .mandatory }
    guard !notApplied.isEmpty else { return }
    paper.paragraph(
      say(
        "The law does not allow these conditions of it for section 104(4), so they are not applied:",
        "Nid yw'r gyfraith yn caniatáu'r amodau hyn ar gyfer adran 104(4), felly ni chânt eu cymhwyso:"
      ))
    paper.list(notApplied.map { "\(say.words(of: $0))." })
  }

  private func way(_ alternative: LocalAlternative, _ say: Speech) -> String {
    let what =
      switch alternative.kind {
      case .hate(let complaints, let ofHate):
        say(
          "Qualifying complaints: \(complaints). Of a hate incident or hate crime: at least \(ofHate).",
          "Cwynion cymwys: \(complaints). Am ddigwyddiad casineb neu drosedd casineb: o leiaf \(ofHate)."
        )
      case .severalPeople(let people, let complaints) where complaints > people:
        say(
          "Qualifying complaints: \(complaints). By at least this many different people: \(people).",
          "Cwynion cymwys: \(complaints). Gan y nifer hwn o bobl wahanol o leiaf: \(people).")
      case .severalPeople(let people, _):
        say(
          "Qualifying complaints by this many different people: \(people).",
          "Cwynion cymwys gan y nifer hwn o bobl wahanol: \(people).")
      case .severalHouseholds(let households, let complaints) where complaints > households:
        say(
          "Qualifying complaints: \(complaints). From at least this many households: \(households).",
          "Cwynion cymwys: \(complaints). O'r nifer hwn o aelwydydd o leiaf: \(households).")
      case .severalHouseholds(let households, _):
        say(
          "Qualifying complaints from this many households: \(households).",
          "Cwynion cymwys o'r nifer hwn o aelwydydd: \(households).")
      case .vulnerability:
        say(
          "A review is called to protect somebody who is vulnerable.",
          "Gelwir adolygiad i ddiogelu rhywun sy'n agored i niwed.")
      case .riskBand(let band):
        say(
          "A risk assessment in this band or higher: \(band).",
          "Asesiad risg yn y band hwn neu'n uwch: \(say.foreign(band)).")
      }
    var sentences = [what]
    sentences += alternative.toFind.map { say.condition(Reason($0), under: pack) }
    if let window = alternative.complaintWindow {
      sentences.append(
        say(
          "Time to report here: \(say.period(window)).",
          "Amser i roi gwybod yma: \(say.period(window))."))
    }
    if let window = alternative.applicationWindow {
      sentences.append(
        say(
          "Time to apply here: \(say.period(window)).",
          "Amser i wneud cais yma: \(say.period(window))."))
    }
    sentences.append(
      say(
        "Where it says so: \(alternative.clause).",
        "Ffynhonnell: \(say.own(alternative.clause, alternative.clauseWelsh))."))
    return sentences.joined(separator: " ")
  }

  private func factor(_ factor: DiscretionaryFactor, _ say: Speech) -> String {
    switch factor {
    case .persistence: say.condition(Reason(.weighPersistence), under: pack)
    case .harm: say.condition(Reason(.weighHarm), under: pack)
    case .response: say.condition(Reason(.weighResponse), under: pack)
    }
  }

  /// The two periods of s.104(11), with days that can be checked.
  func whatCounts(_ say: Speech, _ paper: inout Paper) {
    paper.heading(say("Which complaints count", "Pa gwynion sy'n cyfrif"))
    let rule = pack.mandatory
    let (toReport, toApply) = (say.period(rule.complaintWindow), say.period(rule.applicationWindow))
    paper.list([
      say(
        "You have \(toReport) to report what happened. The day on which it happened is day one.",
        "Dyma faint o amser sydd i roi gwybod, a'r diwrnod y digwyddodd yw diwrnod un: \(toReport)."
      ),
      say(
        "You have \(toApply) to apply after a report. The day of the report is day one.",
        "Dyma faint o amser sydd i wneud cais ar ôl rhoi gwybod, a diwrnod yr adroddiad yw diwrnod un: "
          + "\(toApply)."),
    ])
    for path in ["mandatory.complaintWindow", "mandatory.applicationWindow"]
    where isUnknown(path) {
      let isReport = path.hasSuffix("complaintWindow")
      paper.paragraph(
        isReport
          ? say(
            "The area's own time to report is not known. The law's is used.",
            "Nid yw amser yr ardal ei hun i roi gwybod yn hysbys. Defnyddir un y gyfraith.")
          : say(
            "The area's own time to apply is not known. The law's is used.",
            "Nid yw amser yr ardal ei hun i wneud cais yn hysbys. Defnyddir un y gyfraith."))
    }
    example(say, &paper)
    let dedupe = say.name(pack.procedure.dedupe)
    paper.paragraph(
      say("What is counted once: \(dedupe).", "Yr hyn a gyfrifir unwaith: \(dedupe)."),
      pack.procedure.dedupe == .sameComplainantSameIncident
        ? ""
        : say(
          "This is not applied to section 104(4).", "Ni chymhwysir hyn i adran 104(4)."))
    let recipients = pack.procedure.recipients.map(say.name).joined(separator: ", ")
    paper.paragraph(
      recipients.isEmpty
        ? say(
          "A report to any relevant body counts.",
          "Mae adroddiad i unrhyw gorff perthnasol yn cyfrif.")
        : say(
          "Reports to these kinds of bodies are recognised: \(recipients).",
          "Cydnabyddir adroddiadau i'r mathau hyn o gyrff: \(recipients)."),
      recipients.isEmpty
        || RelevantBody.Kind.allCases.allSatisfy(pack.procedure.recipients.contains)
        ? ""
        : say(
          "This is not applied to section 104(4).", "Ni chymhwysir hyn i adran 104(4)."))
    let givesBenefit = pack.procedure.decision.givesBenefitOfTheDoubt
    paper.paragraph(
      isUnknown("decision.benefitOfTheDoubt")
        ? say(
          "What happens when a day or a report is in doubt: not known.",
          "Beth sy'n digwydd pan fo amheuaeth am ddiwrnod neu adroddiad: ddim yn hysbys.")
        : givesBenefit
          ? say(
            "If a day or a report is in doubt, you have the benefit of the doubt.",
            "Os oes amheuaeth am ddiwrnod neu adroddiad, chi sy'n cael mantais yr amheuaeth.")
          : say(
            "If a day or a report is in doubt, the complaint does not count until a record shows it.",
            "Os oes amheuaeth am ddiwrnod neu adroddiad, nid yw'r gŵyn yn cyfrif nes bod cofnod yn ei dangos."
          ))
  }

  private func example(_ say: Speech, _ paper: inout Paper) {
    guard let behaviour = CalendarDate(year: 2026, month: 3, day: 10),
      let report = CalendarDate(year: 2026, month: 3, day: 12)
    else { return }
    let lastReport = pack.mandatory.complaintWindow.lastDay(beginningWith: behaviour)
    let lastApplication = pack.mandatory.applicationWindow.lastDay(beginningWith: report)
    paper.table(
      say("An example", "Enghraifft"),
      [say("What", "Beth"), say("Day", "Diwrnod"), say("Last day", "Diwrnod olaf")],
      [
        [
          say("It happened; last day to report it", "Digwyddodd; diwrnod olaf i roi gwybod"),
          say.day(behaviour), say.day(lastReport),
        ],
        [
          say("It was reported; last day to apply", "Rhoddwyd gwybod; diwrnod olaf i wneud cais"),
          say.day(report), say.day(lastApplication),
        ],
      ])
  }

  /// What the published procedure adds, and whether the law lets it be applied.
  func conditions(_ say: Speech, _ paper: inout Paper) {
    paper.heading(say("Conditions in the published procedure", "Amodau'r weithdrefn gyhoeddedig"))
    guard !pack.caveats.isEmpty else {
      paper.paragraph(
        isUnknown("caveats")
          ? say.notKnown + "."
          : say("The procedure adds none.", "Nid yw'r weithdrefn yn ychwanegu dim."))
      return
    }
    paper.paragraph(
      say(
        "No condition is ever applied to section 104(4): the law does not allow it.",
        "Ni chymhwysir amod byth i adran 104(4): nid yw'r gyfraith yn caniatáu hynny."))
    paper.table(
      say("Conditions", "Amodau"),
      [
        say("Condition", "Amod"), say("Put on", "Wedi'i osod ar"),
        say("Is it applied?", "A yw'n cael ei gymhwyso?"),
      ],
      pack.caveats.map { caveat in
        let isApplied = caveat.route != .mandatory
        return [
          say.words(of: caveat) + (caveat.period.map { " (\(say.period($0)))" } ?? ""),
          say.name(caveat.route),
          isApplied
            ? say("Yes, on this way only", "Ydy, ar y ffordd hon yn unig")
            : say("No, the law does not allow it", "Nac ydy, nid yw'r gyfraith yn caniatáu hynny"),
        ]
      })
  }
}
