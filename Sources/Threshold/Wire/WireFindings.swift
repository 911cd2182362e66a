import CaseModel
import Messages
import SwiftProtobuf
import ThresholdRules

extension Recourse_Threshold_V1_ThresholdAssessed {
  /// An assessment as it is announced.
  init(_ assessment: Assessment, of reference: CaseReference, on day: CalendarDate) {
    self.init()
    caseReference = reference.description
    policyDigest = assessment.policyDigest
    outcome = .init(assessment.outcome)
    met = assessment.met
    required = UInt32(assessment.required)
    counted = UInt32(assessment.counted)
    routes = assessment.routes.map(Recourse_Threshold_V1_RouteFinding.init)
    assessedOn = day.description
  }
}

extension Recourse_Threshold_V1_RouteFinding {
  init(_ result: RouteResult) {
    self.init()
    route = .init(result.route)
    clause = result.clause
    outcome = .init(result.outcome)
    required = UInt32(result.required)
    counted = UInt32(result.counted)
    complaints = result.complaints.map(Recourse_Threshold_V1_ComplaintFinding.init)
    toFind = result.toFind.map(Recourse_Threshold_V1_Reason.init)
  }
}

extension Recourse_Threshold_V1_ComplaintFinding {
  init(_ result: ComplaintResult) {
    self.init()
    index = UInt32(result.index)
    counted = result.counted
    if let other = result.with { with = UInt32(other) }
    rules = result.rules
    reason = .init(result.reason)
  }
}

extension Recourse_Threshold_V1_Reason {
  init(_ reason: Reason) {
    self.init()
    code = reason.code.rawValue
    details = reason.details.map { detail in
      .with {
        $0.name = detail.name
        $0.value = detail.value
      }
    }
  }
}

extension Recourse_Threshold_V1_RouteFinding.Route {
  init(_ route: RouteName) {
    self =
      switch route {
      case .mandatory: .mandatory
      case .local: .local
      case .discretionary: .discretionary
      }
  }
}

extension Recourse_Threshold_V1_Outcome.Value {
  init(_ outcome: RouteOutcome) {
    self =
      switch outcome {
      case .met: .met
      case .personDecides: .personDecides
      case .notMet: .notMet
      }
  }
}
