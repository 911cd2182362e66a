import CaseModel
import Policy
import ThresholdRules

// What would change the decision, whatever the day on which the letter is read.
extension Letter.ThresholdNotice {
  func changes(_ say: Speech, _ paper: inout Paper) {
    if case .met = outcome { return }
    paper.heading(say("What would change this", "Beth fyddai'n newid hyn"))
    if assessment.changes.isEmpty {
      paper.paragraph(
        assessment.met
          ? say(
            "So far enough complaints count. No more are needed.",
            "Hyd yn hyn mae digon o gwynion yn cyfrif. Nid oes angen rhagor.")
          : say(
            "We cannot say what would change it. Please ask us.",
            "Ni allwn ddweud beth fyddai'n newid hyn. Gofynnwch i ni."))
    } else if isDeferred {
      paper.paragraph(reportsInTime(say))
      paper.list(assessment.changes.map { waiting($0, say) })
    } else {
      let again = NewApplication(
        on: writtenOn, after: complaints, Evidence(findings: circumstances.findings), under: pack)
      paper.paragraph(periods(say))
      // What a person finds is the same on each way that is theirs, and is said once.
      let theirs = eachWay.filter { $0.code == .findingNeeded }
      let counted = eachWay.filter { $0.code != .findingNeeded }
      let clauses = theirs.map { say.clause($0["clause"], under: pack) }
      paper.list(
        counted.compactMap { sentence(on: $0, again, say) }
          + (clauses.isEmpty ? [] : [say.newFacts(clauses)]))
      newApplication(again, say, &paper)
    }
  }

  /// What the assessment says of each route, and of a route of the area's own that counting alone would meet.
  private var eachWay: [Reason] {
    let counted = assessment.routes.filter { $0.route == .local && $0.outcome == .met }
    return assessment.changes
      + counted.map { Reason(.findingNeeded, [.init("clause", $0.clause)]) }
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

  /// What would change it on one way; nil where that is said of a new application anyhow.
  private func sentence(
    on reason: Reason, _ again: NewApplication, _ say: Speech
  ) -> String? {
    guard let last = CalendarDate(reason["by"]) else {
      let isAnew = !reason["needed"].isEmpty && reason.code != .moreOfHateNeeded
      return isAnew ? nil : say.change(reason, under: pack)
    }
    // A day that the letter cannot reach anybody before has gone by.
    guard last <= writtenOn else { return say.change(reason, under: pack) }
    let clause = say.clause(reason["clause"], under: pack)
    return [
      say(
        "The last day for a new application with all the complaints that count was \(say.day(last)) "
          + "(\(clause)). That day has gone by.",
        "Y diwrnod olaf ar gyfer cais newydd gyda phob cwyn sy'n cyfrif oedd \(say.day(last)) (\(clause)). "
          + "Mae'r diwrnod hwnnw wedi mynd heibio."), now(reason["clause"], again, say),
    ].filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// What a new application would need now on the way of a clause, besides the complaints so far; empty where
  /// these are not at hand.
  private func now(_ clause: String, _ again: NewApplication, _ say: Speech) -> String {
    if complaints.isEmpty { return "" }
    if again.met.contains(clause) {
      return say(
        "If you apply again now, the complaints so far are enough.",
        "Os gwnewch gais eto yn awr, mae'r cwynion hyd yn hyn yn ddigon.")
    }
    guard let change = again.change(of: clause) else { return "" }
    guard change["by"].isEmpty, !change["needed"].isEmpty, change.code != .moreOfHateNeeded else {
      return say.change(change, under: pack)
    }
    return say(
      "If you apply again now, none of them counts any more.",
      "Os gwnewch gais eto yn awr, nid oes yr un ohonynt yn cyfrif mwyach.")
  }

  /// What is enough on each way by itself. It is true on the day on which this is read, whichever that is.
  private func newApplication(_ again: NewApplication, _ say: Speech, _ paper: inout Paper) {
    paper.paragraph(
      say(
        "A new application counts from the day on which we get it, by the procedure of that day. What is too "
          + "old by then does not count in it.",
        "Mae cais newydd yn cyfrif o'r diwrnod y byddwn yn ei gael, yn ôl gweithdrefn y diwrnod hwnnw. Nid yw'r "
          + "hyn sy'n rhy hen erbyn hynny yn cyfrif ynddo."),
      say(
        "Under this procedure, whatever you told us before:",
        "O dan y weithdrefn hon, beth bynnag a ddywedoch wrthym o'r blaen:"))
    paper.list(again.byThemselves.map { say.change($0, under: pack) })
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
    let special = SpecialComplaints(reason)
    let needed = max(1, route.required - route.counted, special?.count ?? 0)
    let clause = say.clause(route.clause, under: pack)
    return switch reason.code {
    case .moreComplaintsNeeded, .moreComplaintsNeededAnew:
      say(
        "\(needed) more \(needed == 1 ? "complaint" : "complaints") from before you applied"
          + (special?.english(of: needed) ?? "")
          + " could be enough (\(clause)). If you know of one that is not in the list, please tell us.",
        "Gallai rhagor o gwynion a wnaed cyn eich cais fod yn ddigon (nifer: \(needed)"
          + (special?.welsh ?? "")
          + "; \(clause)). Os gwyddoch am un nad yw ar y rhestr, rhowch wybod i ni.")
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

/// Further complaints of which some must be about hate, or each by somebody else, or from another household.
private struct SpecialComplaints {
  private enum Kind: String, CaseIterable {
    case ofHate, people, households
  }

  private let kind: Kind
  let count: Int

  /// Nil where they may be any.
  init?(_ reason: Reason) {
    for kind in Kind.allCases {
      guard let count = Int(reason[kind.rawValue]), count > 0 else { continue }
      self.kind = kind
      self.count = count
      return
    }
    return nil
  }

  /// - Parameter all: how many further complaints there must be, these among them.
  func english(of all: Int) -> String {
    switch kind {
    case .ofHate:
      if all == 1 { return ", about a hate incident or crime," }
      if all == count { return ", all about hate incidents or crimes," }
      return ", \(count) of them about "
        + (count == 1 ? "a hate incident or crime," : "hate incidents or crimes,")
    case .people: return each("by", "person", of: all)
    case .households: return each("from", "household", of: all)
    }
  }

  private func each(_ by: String, _ one: String, of all: Int) -> String {
    if all == 1 { return ", \(by) a further \(one)," }
    if count == 1 { return ", 1 of them \(by) a further \(one)," }
    return (all == count ? ", each" : ", \(count) of them each")
      + " \(by) a different further \(one),"
  }

  var welsh: String {
    switch kind {
    case .ofHate: "; nifer y rhain am ddigwyddiad casineb neu drosedd casineb: \(count)"
    case .people: "; nifer y rhain gan bobl eraill, pob un gan berson gwahanol: \(count)"
    case .households: "; nifer y rhain o aelwydydd eraill, pob un o aelwyd wahanol: \(count)"
    }
  }
}
