import CaseModel
import Messages
import ThresholdRules

extension Assessment {
  /// The assessment as Threshold keeps it; nil if it has not assessed the case yet.
  /// - Throws: ``Failure`` `unknown-rule` if it gives a reason that this program does not know.
  init?(_ response: Recourse_Threshold_V1_GetAssessmentResponse) throws {
    guard response.hasAssessment else { return nil }
    try self.init(
      response.assessment, policyName: response.policyName, policyVersion: response.policyVersion)
  }

  /// - Throws: as the other one.
  init(
    _ assessed: Recourse_Threshold_V1_ThresholdAssessed, policyName: String, policyVersion: String
  ) throws {
    self.init(
      outcome: RouteOutcome(assessed.outcome), met: assessed.met,
      required: Int(assessed.required), counted: Int(assessed.counted), policyName: policyName,
      policyVersion: policyVersion, policyDigest: assessed.policyDigest,
      routes: try assessed.routes.map(RouteResult.init),
      notes: try assessed.notes.map(Reason.known), changes: try assessed.changes.map(Reason.known),
      turnsOn: try assessed.turnsOn.map(Reason.known),
      information: assessed.hasInformation ? InformationCompleteness(assessed.information) : nil)
  }
}

extension RouteResult {
  fileprivate init(_ route: Recourse_Threshold_V1_RouteFinding) throws {
    self.init(
      route: RouteName(rawValue: Naming.name(of: route.route)) ?? .discretionary,
      clause: route.clause, outcome: RouteOutcome(route.outcome), required: Int(route.required),
      counted: Int(route.counted), complaints: try route.complaints.map(ComplaintResult.init),
      toFind: try route.toFind.map(Reason.known))
  }
}

extension ComplaintResult {
  fileprivate init(_ finding: Recourse_Threshold_V1_ComplaintFinding) throws {
    self.init(
      index: Int(finding.index), counted: finding.counted,
      with: finding.hasWith ? Int(finding.with) : nil, standing: Standing(finding.standing),
      reason: try Reason.known(finding.reason))
  }
}

extension Evidence.Finding {
  /// Nil if its days cannot be read.
  init?(_ message: Recourse_Threshold_V1_BodyFinding) {
    let finding = message.finding
    func days(_ first: String, _ last: String) -> ClosedRange<CalendarDate>?? {
      guard !first.isEmpty else { return .some(nil) }
      guard let first = CalendarDate(first) else { return nil }
      return first...max(first, CalendarDate(last) ?? first)
    }
    guard let behaviour = days(finding.behaviourDate, finding.behaviourDateTo),
      let reported = days(finding.complaintDate, finding.complaintDateTo)
    else { return nil }
    self.init(
      complaint: Int(finding.complaint), body: message.body, standing: Standing(finding.standing),
      behaviour: behaviour, reported: reported)
  }
}

extension Standing {
  /// What an assessment from before standings were kept does not say is the applicant's word.
  fileprivate init(_ standing: Recourse_Threshold_V1_Standing.Value) {
    self =
      switch standing {
      case .bodyConfirms: .bodyConfirms
      case .bodyDisputes: .bodyDisputes
      case .nobodyKnows: .nobodyKnows
      case .applicantSays, .unspecified, .UNRECOGNIZED: .applicantSays
      }
  }
}

extension InformationCompleteness {
  fileprivate init(_ information: Recourse_Threshold_V1_Completeness) {
    self.init(
      asked: Int(information.asked), returned: Int(information.returned),
      refused: Int(information.refused), overdue: Int(information.overdue))
  }
}

extension Reason {
  /// Nil if this version does not know the rule.
  init?(_ reason: Recourse_Threshold_V1_Reason) {
    guard let code = Code(rawValue: reason.code) else { return nil }
    self.init(code, reason.details.map { Detail($0.name, $0.value) })
  }

  fileprivate static func known(_ reason: Recourse_Threshold_V1_Reason) throws -> Reason {
    guard let known = Reason(reason) else {
      throw Failure(
        exit: .unavailable, code: "unknown-rule",
        message: "The system gives a reason that this program does not know.",
        wayOut: "Use a program of the same version as the system that runs.")
    }
    return known
  }
}

extension RouteOutcome {
  /// What is not known is left to a person.
  fileprivate init(_ outcome: Recourse_Threshold_V1_Outcome.Value) {
    self = RouteOutcome(rawValue: Naming.name(of: outcome)) ?? .personDecides
  }
}
