import CaseModel
import Messages
import Policy
import WorkerKit

// Names that a request gives by number or by text, and back.

extension RouteName {
  /// Nil where the request leaves it open.
  init?(_ route: Recourse_Threshold_V1_RouteFinding.Route) {
    switch route {
    case .mandatory: self = .mandatory
    case .local: self = .local
    case .discretionary: self = .discretionary
    case .unspecified, .UNRECOGNIZED: return nil
    }
  }
}

extension Clock.Stage {
  /// - Throws: the refusal `unknown-stage`.
  init(request stage: String) throws {
    guard let stage = Self(rawValue: stage) else {
      throw Refusal(
        .input, code: "unknown-stage", path: "stage",
        message: "Expected one of: " + Self.allCases.map(\.rawValue).joined(separator: ", ") + ".")
    }
    self = stage
  }
}

extension AppealPolicy.Subject {
  /// - Throws: the refusal `missing`.
  init(request subject: Recourse_Threshold_V1_AppealSubject.Value) throws {
    switch subject {
    case .handling: self = .handling
    case .review: self = .review
    case .unspecified, .UNRECOGNIZED:
      throw Refusal(
        .input, code: "missing", path: "subject",
        message:
          "Expected what the appeal is about: the handling of the application, or the review.")
    }
  }
}

extension AppealPolicy.Ground {
  /// - Throws: the refusal `unknown-ground`.
  init(request ground: String) throws {
    guard let ground = Self(rawValue: ground) else {
      throw Refusal(
        .input, code: "unknown-ground", path: "ground",
        message: "Expected one of: " + Self.allCases.map(\.rawValue).joined(separator: ", ") + ".")
    }
    self = ground
  }
}

extension KeptAppeal.Outcome {
  /// - Throws: the refusal `missing`.
  init(request outcome: Recourse_Threshold_V1_AppealOutcome.Value) throws {
    switch outcome {
    case .referredBack: self = .referredBack
    case .dismissed: self = .dismissed
    case .unspecified, .UNRECOGNIZED:
      throw Refusal(
        .input, code: "missing", path: "outcome",
        message: "Expected what was decided: referred back, or dismissed.")
    }
  }
}

extension Recourse_Threshold_V1_AppealSubject.Value {
  init(_ subject: AppealPolicy.Subject) {
    self =
      switch subject {
      case .handling: .handling
      case .review: .review
      }
  }
}

extension Recourse_Threshold_V1_AppealOutcome.Value {
  init(_ outcome: KeptAppeal.Outcome) {
    self =
      switch outcome {
      case .referredBack: .referredBack
      case .dismissed: .dismissed
      }
  }
}
