public import CaseModel
public import Messages
public import ThresholdRules

extension Assessment {
  /// The assessment as Threshold keeps it; nil if it has not assessed the case yet.
  /// - Throws: ``CaseLetterError`` `unknown-rule` if it gives a reason that this program does not know.
  public init?(
    _ response: Recourse_Threshold_V1_GetAssessmentResponse
  ) throws(CaseLetterError) {
    guard response.hasAssessment else { return nil }
    try self.init(
      response.assessment, policyName: response.policyName, policyVersion: response.policyVersion)
  }

  /// An assessment as it is announced and kept, with the name and version of the pack that it names.
  /// - Throws: ``CaseLetterError`` `unknown-rule`, as the other one.
  public init(
    _ assessed: Recourse_Threshold_V1_ThresholdAssessed, policyName: String, policyVersion: String
  ) throws(CaseLetterError) {
    self.init(
      outcome: RouteOutcome(assessed.outcome), met: assessed.met,
      required: Int(assessed.required), counted: Int(assessed.counted), policyName: policyName,
      policyVersion: policyVersion, policyDigest: assessed.policyDigest,
      routes: try RouteResult.all(assessed.routes),
      notes: try .known(assessed.notes), changes: try .known(assessed.changes),
      turnsOn: try .known(assessed.turnsOn),
      information: assessed.hasInformation ? InformationCompleteness(assessed.information) : nil)
  }
}

extension RouteResult {
  fileprivate static func all(
    _ routes: [Recourse_Threshold_V1_RouteFinding]
  ) throws(CaseLetterError) -> [RouteResult] {
    var all: [RouteResult] = []
    for route in routes { all.append(try RouteResult(route)) }
    return all
  }

  private init(_ route: Recourse_Threshold_V1_RouteFinding) throws(CaseLetterError) {
    var complaints: [ComplaintResult] = []
    for finding in route.complaints { complaints.append(try ComplaintResult(finding)) }
    self.init(
      route: RouteName(route.route), clause: route.clause, outcome: RouteOutcome(route.outcome),
      required: Int(route.required), counted: Int(route.counted), complaints: complaints,
      toFind: try .known(route.toFind))
  }
}

extension ComplaintResult {
  fileprivate init(
    _ finding: Recourse_Threshold_V1_ComplaintFinding
  ) throws(CaseLetterError) {
    self.init(
      index: Int(finding.index), counted: finding.counted,
      with: finding.hasWith ? Int(finding.with) : nil, standing: Standing(finding.standing),
      reason: try Reason.known(finding.reason))
  }
}

extension Evidence.Finding {
  /// What a body says of one complaint; nil if its days cannot be read.
  public init?(_ message: Recourse_Threshold_V1_BodyFinding) {
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
  public init?(_ reason: Recourse_Threshold_V1_Reason) {
    guard let code = Code(rawValue: reason.code) else { return nil }
    self.init(code, reason.details.map { Detail($0.name, $0.value) })
  }

  fileprivate static func known(
    _ reason: Recourse_Threshold_V1_Reason
  ) throws(CaseLetterError) -> Reason {
    guard let known = Reason(reason) else {
      throw CaseLetterError(
        .unknownRule, "The system gives a reason that this program does not know.")
    }
    return known
  }
}

extension [Reason] {
  fileprivate static func known(
    _ reasons: [Recourse_Threshold_V1_Reason]
  ) throws(CaseLetterError) -> [Reason] {
    var known: [Reason] = []
    for reason in reasons { known.append(try Reason.known(reason)) }
    return known
  }
}

extension RouteName {
  fileprivate init(_ route: Recourse_Threshold_V1_RouteFinding.Route) {
    self =
      switch route {
      case .mandatory: .mandatory
      case .local: .local
      case .discretionary, .unspecified, .UNRECOGNIZED: .discretionary
      }
  }
}

extension RouteOutcome {
  /// What is not known is left to a person.
  fileprivate init(_ outcome: Recourse_Threshold_V1_Outcome.Value) {
    self =
      switch outcome {
      case .met: .met
      case .notMet: .notMet
      case .personDecides, .unspecified, .UNRECOGNIZED: .personDecides
      }
  }
}
