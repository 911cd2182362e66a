import CaseModel
import Policy
import ThresholdRules

extension Letter.ThresholdNotice {
  /// By which route and which law, and what was written down.
  func why(_ say: Speech, _ paper: inout Paper) {
    paper.heading(say("Why", "Pam"))
    paper.paragraph(byCounting(say))
    paper.list(otherRoutes(say))
    if !reason.isEmpty {
      paper.paragraph(
        say(
          "This is the reason that was written down:", "Dyma'r rheswm a ysgrifennwyd:"))
      paper.paragraph("“\(reason)”")
    }
    guard !assessment.notes.isEmpty else { return }
    paper.heading(say("What the law protects", "Yr hyn y mae'r gyfraith yn ei ddiogelu"), level: 3)
    if assessment.notes.contains(where: { $0.code != .actCountsMore }) {
      paper.paragraph(
        say(
          "Our procedure says something that the law does not let us use. We did not use it.",
          "Mae ein gweithdrefn yn dweud rhywbeth nad yw'r gyfraith yn gadael i ni ei ddefnyddio. Ni "
            + "ddefnyddiwyd hynny."))
    }
    paper.list(assessment.notes.map { say.sentence($0, under: pack) })
  }

  /// What s.104(4) comes to.
  private func byCounting(_ say: Speech) -> String {
    let (needed, counted) = (assessment.required, assessment.counted)
    let here = counted == 0 ? "none counts" : "\(counted) \(counted == 1 ? "counts" : "count")"
    return say(
      "The law says that the threshold is met when enough complaints count. At least \(needed) must "
        + "count. Here \(here). This is section 104(4) of the Anti-social Behaviour, Crime and Policing "
        + "Act 2014.",
      "Yn ôl y gyfraith, mae'r trothwy wedi'i gyrraedd pan fydd digon o gwynion yn cyfrif. Y nifer lleiaf "
        + "sydd ei angen: \(needed). Nifer y cwynion sy'n cyfrif yma: \(counted). Dyma adran 104(4) o "
        + "Ddeddf Ymddygiad Gwrthgymdeithasol, Troseddu a Phlismona 2014.")
  }

  /// Routes besides counting: all of them where it is not met, the one that it rests on where it is.
  private func otherRoutes(_ say: Speech) -> [String] {
    let others = assessment.routes.filter { $0.route != .mandatory }
    guard case .met(let clause) = outcome else { return others.map { route($0, say) } }
    guard !assessment.met else { return [] }
    let found = others.filter { $0.clause == clause }
    guard !found.isEmpty else {
      return [say("It is met by another way: \(clause).", "Mae wedi'i gyrraedd drwy: \(clause).")]
    }
    return found.map { result in
      let clause = say.clause(result.clause)
      let met = say(
        "It is met by another way: \(clause).", "Mae wedi'i gyrraedd drwy ffordd arall: \(clause).")
      let looked =
        result.toFind.isEmpty
        ? ""
        : say(
          "The person who decided looked at this and found it met.",
          "Edrychodd y person a benderfynodd ar hyn, a barnu bod y ffordd hon wedi'i chyrraedd.")
      return ([met] + result.toFind.map { say.sentence($0, under: pack) } + [looked])
        .filter { !$0.isEmpty }.joined(separator: " ")
    }
  }

  private func route(_ result: RouteResult, _ say: Speech) -> String {
    let clause = say.clause(result.clause)
    let numbers =
      result.required > 0
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
      case (.personDecides, .deferred):
        say("A person still has to decide this.", "Rhaid i berson benderfynu ar hyn o hyd.")
      case (.personDecides, _):
        say(
          "The person who decided did not find it met.",
          "Nid oedd y person a benderfynodd o'r farn bod y ffordd hon wedi'i chyrraedd.")
      }
    let sentences = ["\(say("Another way", "Ffordd arall")): \(clause).", numbers]
    return (sentences + result.toFind.map { say.sentence($0, under: pack) } + [found])
      .filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// Every complaint, by number, day and body: first for s.104(4), then where another route differs.
  func oneByOne(_ say: Speech, _ paper: inout Paper) {
    paper.heading(say("The complaints, one by one", "Y cwynion, fesul un"))
    let mandatory = assessment.routes.first { $0.route == .mandatory }?.complaints ?? []
    let call = ComplaintName(complaints: complaints, assessment: assessment, pack: pack)
    if mandatory.isEmpty {
      paper.paragraph(say("No complaint was listed.", "Ni restrwyd cwyn."))
    }
    paper.list(mandatory.map { line($0, call, say) })
    for result in assessment.routes where result.route == .local {
      let differing = result.complaints.filter { line in
        mandatory.first { $0.index == line.index }.map { $0.reason != line.reason } ?? true
      }
      guard !differing.isEmpty else { continue }
      paper.paragraph(
        say("On another way (\(result.clause)):", "Ar ffordd arall (\(result.clause)):"))
      paper.list(differing.map { line($0, call, say) })
    }
  }

  private func line(_ line: ComplaintResult, _ call: ComplaintName, _ say: Speech) -> String {
    // Where the reason itself is that the body has no record, saying so once is enough.
    let isSaid = [.disputed, .notOnRecord].contains(line.reason.code)
    let standing = isSaid ? "" : say.sentence(line.standing, body: call.body(line.index))
    return [
      call.name(line.index, say), say.plainly(line.reason, under: pack), standing,
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
    if let facts = facts(index) { return facts.complaint }
    let reasons = assessment.routes.flatMap(\.complaints).filter { $0.index == index }.map(\.reason)
    for reason in reasons {
      guard let first = CalendarDate(reason["complaint"]) else { continue }
      return first...max(first, CalendarDate(reason["complaintTo"]) ?? first)
    }
    return nil
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
  func clause(_ clause: String) -> String {
    guard clause.hasPrefix("s.") else { return clause }
    return self("section ", "adran ") + clause.dropFirst(2)
  }
}

/// How far the bodies have answered, in a sentence.
struct Completeness {
  let information: InformationCompleteness

  init(_ information: InformationCompleteness) { self.information = information }

  /// Such as "4 of 6 bodies answered, 1 refused, 1 is late."
  func sentence(_ say: Speech) -> String {
    let (asked, returned) = (information.asked, information.returned)
    var parts = [
      say(
        "\(returned) of \(asked) bodies answered when we asked for information",
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
