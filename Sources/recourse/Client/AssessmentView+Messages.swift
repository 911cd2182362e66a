import CaseModel
import Messages

extension AssessmentView {
  /// The assessment as Threshold keeps it; nil if it has not assessed the case yet.
  init?(_ response: Recourse_Threshold_V1_GetAssessmentResponse) {
    guard response.hasAssessment else { return nil }
    let assessment = response.assessment
    self.init(
      outcome: RouteOutcome(assessment.outcome), met: assessment.met,
      required: Int(assessment.required), counted: Int(assessment.counted),
      policyName: response.policyName, policyVersion: response.policyVersion,
      policyDigest: assessment.policyDigest, routes: assessment.routes.map(Route.init))
  }
}

extension AssessmentView.Route {
  fileprivate init(_ route: Recourse_Threshold_V1_RouteFinding) {
    self.init(
      name: RouteName(rawValue: Naming.name(of: route.route)) ?? .discretionary,
      clause: route.clause, outcome: RouteOutcome(route.outcome), required: Int(route.required),
      counted: Int(route.counted), complaints: route.complaints.map(AssessmentView.Complaint.init),
      toFind: route.toFind.compactMap(Reason.init))
  }
}

extension AssessmentView.Complaint {
  fileprivate init(_ finding: Recourse_Threshold_V1_ComplaintFinding) {
    self.init(
      index: Int(finding.index), counted: finding.counted,
      with: finding.hasWith ? Int(finding.with) : nil, rules: finding.rules,
      reason: finding.hasReason ? Reason(finding.reason) : nil)
  }
}

extension Reason {
  /// Nil if this version does not know the rule.
  init?(_ reason: Recourse_Threshold_V1_Reason) {
    guard let code = Code(rawValue: reason.code) else { return nil }
    self.init(code, reason.details.map { Detail($0.name, $0.value) })
  }
}

extension RouteOutcome {
  /// What is not known is left to a person.
  fileprivate init(_ outcome: Recourse_Threshold_V1_Outcome.Value) {
    self = RouteOutcome(rawValue: Naming.name(of: outcome)) ?? .personDecides
  }
}
