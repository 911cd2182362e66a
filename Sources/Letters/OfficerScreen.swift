public import CaseModel
public import Policy
public import ThresholdRules

/// What an officer sees of an assessment: the same lines that the letter is written from, with the rules and
/// days behind each.
public struct OfficerScreen: Sendable, Hashable {
  public let assessment: Assessment
  public let pack: PolicyPack
  /// The complaints' own days and bodies, where they are at hand.
  public let complaints: [ComplaintFacts]
  /// What bodies said of single complaints.
  public let findings: [Evidence.Finding]
  /// What was decided or waits to be, by whom and in what capacity, a sentence each.
  public let decisions: [String]
  /// How each body that was asked stands, a sentence each, with whoever refused and why, and who is late.
  public let answers: [String]
  /// Bodies that have not been told of the application (s.104(3)), by name.
  public let untold: [String]
  /// True if a consent is waited for without which a review cannot be run.
  public let awaitsConsent: Bool
  /// What has to be minded of the people in it, such as danger or what they need, a sentence each; shown first.
  public let needs: [String]
  /// The day on which it is read; nil where nobody asks what a new application would need by then.
  public let readOn: CalendarDate?

  public init(
    assessment: Assessment, pack: PolicyPack, complaints: [ComplaintFacts] = [],
    findings: [Evidence.Finding] = [], decisions: [String] = [], answers: [String] = [],
    untold: [String] = [], awaitsConsent: Bool = false, needs: [String] = [],
    readOn: CalendarDate? = nil
  ) {
    self.assessment = assessment
    self.pack = pack
    self.complaints = complaints
    self.findings = findings
    self.decisions = decisions
    self.answers = answers
    self.untold = untold
    self.awaitsConsent = awaitsConsent
    self.needs = needs
    self.readOn = readOn
  }

  /// Plain text; its tables want a wide screen.
  public var text: String { paper.text }

  private var say: Speech { Speech(language: .english) }

  private var paper: Paper {
    var paper = Paper("Threshold: \(say.name(assessment.outcome))", in: .english)
    paper.list(needs)
    paper.paragraph(
      "Section 104(4) requires \(assessment.required) qualifying complaints; \(assessment.counted) counted.",
      assessment.met ? "The threshold must be decided met." : "A person decides, with a reason.")
    paper.paragraph(
      "Pack: \(assessment.policyName), version \(assessment.policyVersion), "
        + "SHA-256 \(assessment.policyDigest).")
    for route in assessment.routes { write(route, &paper) }
    write("Not applied, or would count more", assessment.notes, &paper)
    write("Facts that it turns on", assessment.turnsOn, &paper)
    write("What would change it", assessment.changes, &paper)
    writeNewApplication(&paper)
    paper.heading("Information")
    paper.paragraph(
      assessment.information.map { Completeness($0).sentence(say) } ?? "Nobody has been asked.",
      untold.isEmpty ? "" : "Still to be told (s.104(3)): \(untold.joined(separator: ", ")).",
      awaitsConsent ? "A consent is waited for without which a review cannot be run." : "")
    paper.list(answers)
    writeRecords(&paper)
    if !decisions.isEmpty { paper.heading("Decision") }
    paper.list(decisions)
    return paper
  }

  private func write(_ route: RouteResult, _ paper: inout Paper) {
    paper.heading("\(say.name(route.route)): \(say.name(route.outcome))")
    paper.paragraph(
      "Clause: \(route.clause).",
      route.required > 0 ? "\(route.counted) of \(route.required) found." : "")
    let call = ComplaintName(complaints: complaints, assessment: assessment, pack: pack)
    paper.table(
      "Complaints", ["No.", "Counts", "To", "Says so", "Rules", "Dates used", "Why"],
      route.complaints.map { line in
        [
          String(line.index + 1), counts(line), call.body(line.index), standing(line.standing),
          line.rules.joined(separator: ", "), dates(line.reason),
          say.sentence(line.reason, under: pack),
        ]
      })
    paper.list(route.toFind.map { say.sentence($0, under: pack) })
  }

  /// Each body's word beside the applicant's.
  private func writeRecords(_ paper: inout Paper) {
    paper.table(
      "What bodies have on record",
      ["No.", "Body", "Says", "Behaviour", "Told", "Report", "Told"],
      findings.map { finding in
        let told = complaints.first { $0.index == finding.complaint }
        return [
          String(finding.complaint + 1), pack.body(finding.body)?.name ?? finding.body,
          standing(finding.standing), days(finding.behaviour), days(told?.behaviour),
          days(finding.reported), days(told?.complaint),
        ]
      })
  }

  /// Such as `2026-03-01` or `2026-03-01 to 2026-03-04`.
  private func days(_ range: ClosedRange<CalendarDate>?) -> String {
    guard let range else { return "" }
    let (first, last) = (range.lowerBound.description, range.upperBound.description)
    return first == last ? first : "\(first) to \(last)"
  }

  private func write(_ heading: String, _ reasons: [Reason], _ paper: inout Paper) {
    guard !reasons.isEmpty else { return }
    paper.heading(heading)
    paper.list(reasons.map(coded))
  }

  private func coded(_ reason: Reason) -> String {
    "\(say.sentence(reason, under: pack)) [\(reason.code.rawValue)]"
  }

  /// By the day on which this is read, which may be long after the application.
  private func writeNewApplication(_ paper: inout Paper) {
    guard let readOn, !assessment.met else { return }
    let again = NewApplication(
      on: readOn, after: complaints, Evidence(findings: findings), under: pack)
    let goneBy = assessment.changes.filter { $0.day(of: "by").map { $0 < readOn } ?? false }
    paper.heading("What a new application would need on \(say.day(readOn))")
    if !goneBy.isEmpty {
      let clauses = say.all(goneBy.map { say.clause($0["clause"], under: pack) })
      paper.paragraph("A day that is named above has gone by: \(clauses).")
    }
    // Without the complaints at hand nobody can say which of them would still count.
    let reasons = (complaints.isEmpty ? [] : again.changes) + again.byThemselves
    paper.list(reasons.map(coded))
    if again.met.isEmpty || complaints.isEmpty { return }
    let clauses = say.all(again.met.map { say.clause($0, under: pack) })
    paper.paragraph("What was complained of so far would be enough: \(clauses).")
  }

  private func counts(_ line: ComplaintResult) -> String {
    if line.reason.code == .evidence { return "evidence" }
    if let with = line.with { return "with \(with + 1)" }
    return line.counted ? "yes" : "no"
  }

  private func standing(_ standing: Standing) -> String {
    switch standing {
    case .applicantSays: "applicant"
    case .bodyConfirms: "body confirms"
    case .bodyDisputes: "body disputes"
    case .nobodyKnows: "nobody knows"
    }
  }

  /// Such as `behaviour 2026-03-01, complaint 2026-03-02`.
  private func dates(_ reason: Reason) -> String {
    reason.details.filter { CalendarDate($0.value) != nil }
      .map { "\($0.name) \($0.value)" }.joined(separator: ", ")
  }
}
