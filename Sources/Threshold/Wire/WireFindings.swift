import CaseModel
import Messages
import SwiftProtobuf
import ThresholdRules

extension Recourse_Threshold_V1_ThresholdAssessed {
  /// An assessment as it is announced.
  init(
    _ assessment: Assessment, revision: Int, of reference: CaseReference, on day: CalendarDate
  ) {
    self.init()
    caseReference = reference.description
    policyDigest = assessment.policyDigest
    outcome = .init(assessment.outcome)
    met = assessment.met
    required = UInt32(assessment.required)
    counted = UInt32(assessment.counted)
    routes = assessment.routes.map(Recourse_Threshold_V1_RouteFinding.init)
    assessedOn = day.description
    notes = assessment.notes.map(Recourse_Threshold_V1_Reason.init)
    changes = assessment.changes.map(Recourse_Threshold_V1_Reason.init)
    turnsOn = assessment.turnsOn.map(Recourse_Threshold_V1_Reason.init)
    if let completeness = assessment.information { information = .init(completeness) }
    engineVersion = UInt32(Assessment.engineVersion)
    self.revision = UInt32(revision)
  }
}

extension Recourse_Threshold_V1_ThresholdAssessed {
  /// An assessment as it was announced, with how far the bodies have got since: they may have been asked, or
  /// been late, without anything else being known.
  /// - Throws: if what is kept cannot be read.
  init(_ kept: KeptAssessment, completeness: InformationCompleteness?) throws {
    self = try Self(serializedBytes: kept.findings)
    if let completeness { information = .init(completeness) }
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
    standing = .init(result.standing)
  }
}

extension Recourse_Threshold_V1_Standing.Value {
  init(_ standing: Standing) {
    self =
      switch standing {
      case .applicantSays: .applicantSays
      case .bodyConfirms: .bodyConfirms
      case .bodyDisputes: .bodyDisputes
      case .nobodyKnows: .nobodyKnows
      }
  }
}

extension Standing {
  /// Nil where nothing is said.
  init?(_ standing: Recourse_Threshold_V1_Standing.Value) {
    switch standing {
    case .applicantSays: self = .applicantSays
    case .bodyConfirms: self = .bodyConfirms
    case .bodyDisputes: self = .bodyDisputes
    case .nobodyKnows: self = .nobodyKnows
    case .unspecified, .UNRECOGNIZED: return nil
    }
  }
}

extension Recourse_Threshold_V1_Completeness {
  init(_ completeness: InformationCompleteness) {
    self.init()
    asked = UInt32(completeness.asked)
    returned = UInt32(completeness.returned)
    refused = UInt32(completeness.refused)
    overdue = UInt32(completeness.overdue)
  }
}

extension InformationCompleteness {
  init(_ completeness: Recourse_Threshold_V1_Completeness) {
    self.init(
      asked: Int(completeness.asked), returned: Int(completeness.returned),
      refused: Int(completeness.refused), overdue: Int(completeness.overdue))
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
