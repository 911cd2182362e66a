import CaseModel
import Policy
import ThresholdRules

extension Letter.ThresholdNotice {
  /// By which route and which law, and what was written down.
  func why(_ say: Speech, _ paper: inout Paper) {
    paper.heading(say("Why", "Pam"))
    paper.paragraph(byCounting(say))
    paper.list(otherRoutes(say))
    writtenReason(say, &paper)
    guard !assessment.notes.isEmpty else { return }
    paper.heading(say("What the law protects", "Yr hyn y mae'r gyfraith yn ei ddiogelu"), level: 3)
    paper.list(notes(say))
  }

  /// What of the procedure was not used; conditions, which are many in some, in one sentence.
  private func notes(_ say: Speech) -> [String] {
    let conditions = assessment.notes.filter { $0.code == .caveatNotApplied }
    guard conditions.count > 1 else { return assessment.notes.map { say.note($0, under: pack) } }
    let words = conditions.map { "“\(say.caveat($0["caveat"], under: pack))”" }
      .joined(separator: "; ")
    let others = assessment.notes.filter { $0.code != .caveatNotApplied }
    return [
      say(
        "Our procedure has these conditions: \(words). The law does not let us use them when we count "
          + "complaints, so we did not.",
        "Mae gan ein gweithdrefn yr amodau hyn: \(words). Nid yw'r gyfraith yn gadael i ni eu defnyddio wrth "
          + "gyfrif cwynion, felly ni wnaethom hynny.")
    ] + others.map { say.note($0, under: pack) }
  }

  private func writtenReason(_ say: Speech, _ paper: inout Paper) {
    if !reason.isEmpty {
      paper.paragraph(
        say("This is the reason that was written down:", "Dyma'r rheswm a ysgrifennwyd:"))
      paper.paragraph("“\(reason)”")
    } else if case .notMet = outcome, !isDraft {
      paper.paragraph(
        say(
          "No other reason was written down. You can ask us for more.",
          "Ni ysgrifennwyd rheswm arall. Gallwch ofyn i ni am ragor."))
    }
  }

  /// What s.104(4) comes to.
  private func byCounting(_ say: Speech) -> String {
    let (needed, counted) = (assessment.required, assessment.counted)
    let here = counted == 0 ? "none counts" : "\(counted) \(counted == 1 ? "counts" : "count")"
    let when = isDeferred || isDraft ? say("So far", "hyd yn hyn") : say("Here", "yma")
    return say(
      "The law says that the threshold is met when enough complaints count. At least \(needed) must "
        + "count. \(when) \(here). This is section 104(4) of the Anti-social Behaviour, Crime and Policing "
        + "Act 2014.",
      "Yn ôl y gyfraith, mae'r trothwy wedi'i gyrraedd pan fydd digon o gwynion yn cyfrif. Y nifer lleiaf "
        + "sydd ei angen: \(needed). Nifer y cwynion sy'n cyfrif \(when): \(counted). Dyma adran 104(4) o "
        + "Ddeddf Ymddygiad Gwrthgymdeithasol, Troseddu a Phlismona 2014.")
  }

  /// Routes besides counting: all of them where it is not met, the one that it rests on where it is, and none
  /// where counting is enough.
  private func otherRoutes(_ say: Speech) -> [String] {
    guard !assessment.met else { return [] }
    let others = assessment.routes.filter { $0.route != .mandatory }
    guard case .met(let clause) = outcome else { return others.map { route($0, say) } }
    let found = others.filter { $0.clause == clause }
    guard !found.isEmpty else {
      let clause = say.clause(clause, under: pack)
      return [say("It is met by another way: \(clause).", "Mae wedi'i gyrraedd drwy: \(clause).")]
    }
    return found.map { result in
      let clause = say.clause(result.clause, under: pack)
      let met = say(
        "It is met by another way: \(clause).", "Mae wedi'i gyrraedd drwy ffordd arall: \(clause).")
      let looked =
        result.toFind.isEmpty || isDraft
        ? ""
        : say(
          "The person who decided looked at this and found that the threshold is met.",
          "Edrychodd y person a benderfynodd ar hyn, a barnu bod y trothwy wedi'i gyrraedd.")
      return
        ([met, looksAt(result, say)] + result.toFind.map { say.condition($0, under: pack) } + [
          looked
        ])
        .filter { !$0.isEmpty }.joined(separator: " ")
    }
  }

  private func looksAt(_ result: RouteResult, _ say: Speech) -> String {
    guard result.route == .discretionary else { return "" }
    return say("A person looks at these things.", "Mae person yn edrych ar y pethau hyn.")
  }

  /// A way to the threshold besides counting, by its name.
  private func way(_ result: RouteResult, _ say: Speech) -> String {
    let clause = say.clause(result.clause, under: pack)
    guard result.route == .discretionary else {
      return say("Another way: \(clause).", "Ffordd arall: \(clause).")
    }
    return say(
      "Even if too few complaints count, a person can decide that the threshold is met (\(clause)).",
      "Hyd yn oed os nad oes digon o gwynion yn cyfrif, gall person benderfynu bod y trothwy wedi'i gyrraedd "
        + "(\(clause)).")
  }

  private func route(_ result: RouteResult, _ say: Speech) -> String {
    // Where there are enough, it is not met for another reason, and numbers would only puzzle.
    let isPuzzling = result.outcome == .notMet && result.counted >= result.required
    let numbers =
      result.required > 0 && !isPuzzling
      ? say(
        "It needs \(result.required) and has \(result.counted).",
        "Y nifer sydd ei angen: \(result.required). Y nifer a gafwyd: \(result.counted).") : ""
    let found: String =
      switch (result.outcome, outcome) {
      case (.met, .notMet):
        say(
          "By counting alone, this way would be met.",
          "Drwy gyfrif yn unig, byddai'r ffordd hon wedi'i chyrraedd.")
      case (.met, _): say("This way is met.", "Mae'r ffordd hon wedi'i chyrraedd.")
      case (.notMet, _): say("This way is not met.", "Nid yw'r ffordd hon wedi'i chyrraedd.")
      case (.personDecides, _) where isDeferred || isDraft:
        say("A person still has to decide this.", "Rhaid i berson benderfynu ar hyn o hyd.")
      case (.personDecides, _):
        say(
          "The person who decided looked at this and did not find that the threshold is met.",
          "Edrychodd y person a benderfynodd ar hyn, ac ni farnodd fod y trothwy wedi'i gyrraedd."
        )
      }
    let sentences = [way(result, say), numbers, looksAt(result, say)]
    return (sentences + result.toFind.map { say.condition($0, under: pack) } + [found])
      .filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// Every complaint, by number, day and body: first for s.104(4), then where another route counts
  /// otherwise, or does not count it for another reason.
  func oneByOne(_ say: Speech, _ paper: inout Paper) {
    paper.heading(say("The complaints, one by one", "Y cwynion, fesul un"))
    let mandatory = assessment.routes.first { $0.route == .mandatory }?.complaints ?? []
    let call = ComplaintName(complaints: complaints, assessment: assessment, pack: pack)
    if mandatory.isEmpty {
      paper.paragraph(say("No complaint was listed.", "Ni restrwyd cwyn."))
    }
    paper.list(mandatory.map { line($0, call, say) })
    if !mandatory.isEmpty {
      paper.paragraph(
        say(
          "If a day or a body in this list is wrong, or one is missing, please tell us.",
          "Os yw diwrnod neu gorff yn y rhestr hon yn anghywir, neu os oes un ar goll, rhowch wybod i ni."
        )
      )
    }
    // Where enough complaints count, no other way matters any more.
    for result in assessment.routes where result.route == .local && !assessment.met {
      let differing = result.complaints.filter { line in
        guard let other = mandatory.first(where: { $0.index == line.index }) else { return true }
        if line.counted != other.counted { return true }
        let (why, whyOther) = (line.reason, other.reason)
        return !line.counted && say.plainly(why, under: pack) != say.plainly(whyOther, under: pack)
      }
      guard !differing.isEmpty else { continue }
      let clause = say.clause(result.clause, under: pack)
      paper.paragraph(say("On another way (\(clause)):", "Ar ffordd arall (\(clause)):"))
      paper.list(differing.map { line($0, call, say) })
    }
  }

  private func line(_ line: ComplaintResult, _ call: ComplaintName, _ say: Speech) -> String {
    [
      call.name(line.index, say), say.plainly(line.reason, under: pack), record(line, call, say),
    ].filter { !$0.isEmpty }.joined(separator: " ")
  }
}

/// What a complaint is called: by its number, its day and whom it was made to.
struct ComplaintName {
  let complaints: [ComplaintFacts]
  let assessment: Assessment
  let pack: PolicyPack

  /// Such as "Complaint 2, made on 5 March 2026 (Plymouth City Council):".
  func name(_ index: Int, _ say: Speech) -> String {
    let day = days(index).map { made($0, say) } ?? ""
    let body = body(index)
    return say("Complaint \(index + 1)", "Cwyn \(index + 1)") + day
      + (body.isEmpty ? "." : " (\(body)).")
  }

  /// As people know it; empty where it is not known.
  func body(_ index: Int) -> String {
    guard let key = facts(index)?.body, !key.isEmpty else { return "" }
    return pack.body(key)?.name ?? key
  }

  /// On which days it may have been made; nil where nothing says so.
  func days(_ index: Int) -> ClosedRange<CalendarDate>? {
    facts(index)?.complaint ?? days("complaint", of: index)
  }

  private func made(_ days: ClosedRange<CalendarDate>, _ say: Speech) -> String {
    let (first, last) = (say.day(days.lowerBound), say.day(days.upperBound))
    if first == last { return say(", made on \(first)", ", a wnaed ar \(first)") }
    return say(
      ", made between \(first) and \(last)", ", a wnaed rywbryd o \(first) hyd at \(last)")
  }

  private func facts(_ index: Int) -> ComplaintFacts? {
    complaints.first { $0.index == index }
  }
}

extension Speech {
  /// A section of the Act as the language has it; an area's own clause as the area words it.
  func clause(_ clause: String, under pack: PolicyPack) -> String {
    guard clause.hasPrefix("s.") else {
      return own(clause, pack.alternatives.first { $0.clause == clause }?.clauseWelsh)
    }
    return self("section ", "adran ") + clause.dropFirst(2)
  }
}

/// How far the bodies have answered, in a sentence.
struct Completeness {
  let information: InformationCompleteness

  init(_ information: InformationCompleteness) { self.information = information }

  /// Such as "We asked 6 bodies for information. 4 answered, 1 refused, 1 is late."
  func sentence(_ say: Speech) -> String {
    let (asked, returned) = (information.asked, information.returned)
    var parts = [
      say(
        "We asked \(asked) \(asked == 1 ? "body" : "bodies") for information. "
          + "\(returned == 0 ? "None" : String(returned)) answered",
        "Nifer y cyrff y gofynnwyd iddynt: \(asked); nifer a atebodd: \(returned)")
    ]
    if information.refused > 0 {
      parts.append(
        say("\(information.refused) refused", "nifer a wrthododd: \(information.refused)"))
    }
    if information.overdue > 0 {
      let verb = information.overdue == 1 ? "is" : "are"
      parts.append(
        say("\(information.overdue) \(verb) late", "nifer sy'n hwyr: \(information.overdue)"))
    }
    return parts.joined(separator: say(", ", "; ")) + "."
  }
}
