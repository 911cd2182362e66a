import CaseModel
import Policy
import ThresholdRules

// What the decision rested on, what was not sure, and what would change it.
extension Letter.ThresholdNotice {
  func doubts(_ say: Speech, _ paper: inout Paper) {
    if !assessment.turnsOn.isEmpty {
      paper.heading(say("What we are not sure of", "Yr hyn nad ydym yn sicr ohono"))
      paper.paragraph(doubtful(say))
      paper.list(assessment.turnsOn.map { doubt($0, say) })
      paper.paragraph(
        say(
          "If you have a record that helps, please send it to us.",
          "Os oes gennych gofnod a all helpu, anfonwch ef atom."))
    }
    paper.heading(say("What we knew", "Yr hyn yr oeddem yn ei wybod"))
    paper.paragraph(
      assessment.information.map { Completeness($0).sentence(say) }
        ?? say(
          "We used what your application says. We did not ask other bodies.",
          "Defnyddiwyd yr hyn y mae eich cais yn ei ddweud. Ni ofynnwyd i gyrff eraill."))
  }

  /// In a letter that refuses, what was done about a doubt, and never what would have been no better.
  private func doubt(_ reason: Reason, _ say: Speech) -> String {
    let other = RouteOutcome(rawValue: reason["outcome"])
    guard case .notMet = outcome, let other, !isBetter(other, reason) else {
      return say.sentence(reason, under: pack)
    }
    return say.settled(reason, under: pack)
  }

  /// For whoever applied; of s.104(4) alone where the reason is about that.
  private func isBetter(_ other: RouteOutcome, _ reason: Reason) -> Bool {
    reason["clause"].isEmpty
      ? other > assessment.outcome : other == .met && !assessment.met
  }

  private func doubtful(_ say: Speech) -> String {
    if isDeferred || isDraft {
      return say("What we decide can depend on this:", "Gall ein penderfyniad ddibynnu ar hyn:")
    }
    if isMet, assessment.met, pack.procedure.decision.givesBenefitOfTheDoubt {
      return say(
        "You had the benefit of the doubt about this:",
        "Chi a gafodd fantais yr amheuaeth am hyn:")
    }
    return say(
      "We decided with what we knew. We were not sure of this:",
      "Penderfynwyd ar sail yr hyn yr oeddem yn ei wybod. Nid oeddem yn sicr o hyn:")
  }

  func changes(_ say: Speech, _ paper: inout Paper) {
    if case .met = outcome { return }
    paper.heading(say("What would change this", "Beth fyddai'n newid hyn"))
    let open = assessment.changes.filter { !hasGoneBy($0) }
    if assessment.changes.isEmpty {
      paper.paragraph(
        assessment.met
          ? say(
            "So far enough complaints count. No more are needed.",
            "Hyd yn hyn mae digon o gwynion yn cyfrif. Nid oes angen rhagor.")
          : say(
            "We cannot say what would change it. Please ask us.",
            "Ni allwn ddweud beth fyddai'n newid hyn. Gofynnwch i ni."))
      return
    }
    paper.paragraph(isDeferred ? reportsInTime(say) : periods(say))
    if isDeferred {
      paper.list(assessment.changes.map { waiting($0, say) })
      return
    }
    paper.list(open.map { say.change($0, under: pack) })
    if open.count < assessment.changes.count { newCount(say, &paper) }
  }

  private func periods(_ say: Speech) -> String {
    let rule = pack.mandatory.lawful
    let (toReport, toApply) = (say.period(rule.complaintWindow), say.period(rule.applicationWindow))
    return say(
      "A complaint qualifies if it is made in time. You have \(toReport) to report what happened, and that "
        + "day is day one. You have \(toApply) to apply, and the day of the report is day one.",
      "Mae cwyn yn gymwys os gwneir hi mewn pryd. Yr amser i roi gwybod am yr hyn a ddigwyddodd: "
        + "\(toReport), a diwrnod y digwyddiad yw diwrnod un. Yr amser i wneud cais: \(toApply), a diwrnod "
        + "yr adroddiad yw diwrnod un.")
  }

  /// A day that the letter cannot reach anybody before.
  private func hasGoneBy(_ reason: Reason) -> Bool {
    CalendarDate(reason["by"]).map { $0 <= writtenOn } ?? false
  }

  /// Where the complaints so far no longer count together: how many new ones would be enough by themselves.
  private func newCount(_ say: Speech, _ paper: inout Paper) {
    paper.paragraph(
      say(
        "By now, not all complaints so far would still count in a new application. New complaints start a "
          + "new count.",
        "Erbyn hyn, ni fyddai pob cwyn hyd yn hyn yn dal i gyfrif mewn cais newydd. Mae cwynion newydd yn "
          + "dechrau cyfrif newydd."))
    guard let route = assessment.routes.first(where: { $0.route == .mandatory }) else { return }
    let clause = say.clause(route.clause, under: pack)
    paper.paragraph(
      say(
        "This many would be enough by themselves: \(route.required) (\(clause)).",
        "Byddai'r nifer hwn yn ddigon ar eu pen eu hunain: \(route.required) (\(clause))."))
  }
}

// MARK: - While the decision waits

extension Letter.ThresholdNotice {
  private func reportsInTime(_ say: Speech) -> String {
    say(
      "What was reported before you applied can still be added. You do not have to apply again for that.",
      "Gellir ychwanegu o hyd yr hyn y rhoddwyd gwybod amdano cyn eich cais. Nid oes rhaid gwneud cais eto "
        + "ar gyfer hynny.")
  }

  /// What would be enough in this very application.
  private func waiting(_ reason: Reason, _ say: Speech) -> String {
    guard let route = assessment.routes.first(where: { $0.clause == reason["clause"] }) else {
      return say.change(reason, under: pack)
    }
    let needed = max(1, route.required - route.counted)
    let clause = say.clause(route.clause, under: pack)
    return switch reason.code {
    case .moreComplaintsNeeded, .moreComplaintsNeededAnew:
      say(
        "\(needed) more \(needed == 1 ? "complaint" : "complaints") from before you applied could be enough "
          + "(\(clause)). If you know of one that is not in the list, please tell us.",
        "Gallai rhagor o gwynion a wnaed cyn eich cais fod yn ddigon (nifer: \(needed); \(clause)). Os gwyddoch "
          + "am un nad yw ar y rhestr, rhowch wybod i ni.")
    case .morePeopleNeeded:
      say(
        "Complaints from before you applied, by \(needed) more \(needed == 1 ? "person" : "people"), could be "
          + "enough (\(clause)).",
        "Gallai cwynion a wnaed cyn eich cais gan ragor o bobl fod yn ddigon (nifer y bobl: \(needed); "
          + "\(clause)).")
    case .moreHouseholdsNeeded:
      say(
        "Complaints from before you applied, from \(needed) more "
          + "\(needed == 1 ? "household" : "households"), could be enough (\(clause)).",
        "Gallai cwynion a wnaed cyn eich cais o ragor o aelwydydd fod yn ddigon (nifer yr aelwydydd: "
          + "\(needed); \(clause)).")
    case .findingNeeded:
      say(
        "A person still has to decide this (\(clause)).",
        "Rhaid i berson benderfynu ar hyn o hyd (\(clause)).")
    default: say.change(reason, under: pack)
    }
  }
}

extension Speech {
  /// A fact in doubt that was taken as whoever applied said it, or as was best for them.
  fileprivate func settled(_ reason: Reason, under pack: PolicyPack) -> String {
    let place = Int(reason["place"]).map { String($0 + 1) } ?? reason["place"]
    let name = pack.body(reason["body"])?.name ?? reason["body"]
    let body = name.isEmpty ? self("The body", "Y corff") : name
    return switch reason.code {
    case .turnsOnDispute:
      self(
        "\(body) disputes complaint \(place). We went by what you told us.",
        "Mae'r corff hwn yn herio cwyn \(place): \(body). Aethom yn ôl yr hyn a ddywedoch wrthym.")
    case .turnsOnRecord:
      self(
        "\(body) has no record of complaint \(place). We went by what you told us.",
        "Nid oes gan y corff hwn gofnod o gŵyn \(place): \(body). Aethom yn ôl yr hyn a ddywedoch wrthym."
      )
    case .turnsOnRecordedDays:
      self(
        "\(body) has other days on record for complaint \(place). We went by what you told us.",
        "Mae gan y corff hwn ddiwrnodau eraill ar gofnod ar gyfer cwyn \(place): \(body). Aethom yn ôl yr hyn a "
          + "ddywedoch wrthym.")
    case .turnsOnSameIncident:
      self(
        "It is not certain whether complaints \(places(reason)) are about one incident. We counted them apart.",
        "Nid yw'n sicr a yw'r cwynion hyn am un digwyddiad: \(places(reason)). Fe'u cyfrifwyd ar wahân."
      )
    case .turnsOnDay where !pack.procedure.decision.givesBenefitOfTheDoubt:
      self(
        "A day of complaint \(place) is not certain. On some days it would count. We need a record to count it.",
        "Nid yw un o ddyddiadau cwyn \(place) yn sicr. Ar rai dyddiau byddai'n cyfrif. Mae angen cofnod arnom "
          + "i'w chyfrif.")
    case .turnsOnDay:
      self(
        "A day of complaint \(place) is not certain. We took the one that is best for you.",
        "Nid yw un o ddyddiadau cwyn \(place) yn sicr. Cymerwyd yr un sydd orau i chi.")
    default: sentence(reason, under: pack)
    }
  }

  /// Counted from one, as people count.
  private func places(_ reason: Reason) -> String {
    all(reason["places"].split(separator: ",").map { Int($0).map { String($0 + 1) } ?? String($0) })
  }
}
