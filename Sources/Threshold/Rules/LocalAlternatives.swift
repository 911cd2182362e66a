import CaseModel
import Policy

/// The alternatives that an area's own procedure gives. They can help an applicant who does not meet
/// s.104(4), never hinder one who does.
enum LocalAlternatives {
  static func assess(
    _ application: ApplicationFacts, _ alternative: LocalAlternative, qualifying: RouteResult
  ) -> RouteResult {
    switch alternative.kind {
    case .hate(let complaints, let ofHate):
      hate(application, alternative, complaints, ofHate, qualifying)
    case .severalPeople(let people):
      severalPeople(application, alternative, people, qualifying)
    case .severalHouseholds, .vulnerability, .riskBand:
      RouteResult(
        route: .local, clause: alternative.clause, outcome: .personDecides, required: 0,
        counted: 0, complaints: [], toFind: alternative.toFind.map { Reason($0) })
    }
  }

  /// So many complaints that count, enough of them of hate.
  private static func hate(
    _ application: ApplicationFacts, _ alternative: LocalAlternative, _ required: Int,
    _ ofHate: Int, _ qualifying: RouteResult
  ) -> RouteResult {
    let incidents = incidentsOfHate(application)
    let isOfHate = application.complaints.count { facts in
      counts(facts, qualifying) && (facts.hate || incidents.contains(facts.incident))
    }
    // Enough of them, but too few of hate: the count alone would not explain the outcome.
    let lacking =
      qualifying.counted >= required && isOfHate < ofHate
      ? [
        Reason(
          .tooFewOfHate,
          [.init("counted", String(isOfHate)), .init("required", String(ofHate))])
      ] : []
    let isEnough = qualifying.counted >= required && isOfHate >= ofHate
    return result(
      alternative, required, qualifying.counted, isEnough, qualifying.complaints, lacking)
  }

  /// One report of an occurrence as hate makes the occurrence one of hate, whoever else reported it.
  private static func incidentsOfHate(_ application: ApplicationFacts) -> Set<String> {
    Set(application.complaints.filter { $0.hate && !$0.incident.isEmpty }.map(\.incident))
  }

  private static func severalPeople(
    _ application: ApplicationFacts, _ alternative: LocalAlternative, _ required: Int,
    _ qualifying: RouteResult
  ) -> RouteResult {
    let people = Set(
      application.complaints.filter { counts($0, qualifying) }.map(\.complainant))
    return result(
      alternative, required, people.count, people.count >= required, qualifying.complaints)
  }

  private static func counts(_ complaint: ComplaintFacts, _ qualifying: RouteResult) -> Bool {
    qualifying.complaints.contains { $0.index == complaint.index && $0.counted }
  }

  private static func result(
    _ alternative: LocalAlternative, _ required: Int, _ counted: Int, _ isEnough: Bool,
    _ complaints: [ComplaintResult], _ lacking: [Reason] = []
  ) -> RouteResult {
    let outcome: RouteOutcome =
      if !isEnough { .notMet } else { alternative.toFind.isEmpty ? .met : .personDecides }
    return RouteResult(
      route: .local, clause: alternative.clause, outcome: outcome, required: required,
      counted: counted, complaints: complaints,
      toFind: isEnough ? alternative.toFind.map { Reason($0) } : lacking)
  }
}
