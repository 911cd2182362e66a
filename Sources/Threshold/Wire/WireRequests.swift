import CaseModel
import Foundation
import Messages
import SwiftProtobuf
import WorkerKit

/// How long a text of a request may be, in characters, and how much there may be of what else it holds.
enum Limits {
  static let officer = 200
  static let reason = 10_000
  /// Findings in one answer of a body.
  static let findings = 1_000
}

/// A text without the white space around it.
/// - Throws: the refusal `too-long`, which does not repeat it.
func text(_ written: String, path: String, limit: Int) throws -> String {
  let text = written.trimmingCharacters(in: .whitespacesAndNewlines)
  guard text.count <= limit else {
    throw Refusal(
      .input, code: "too-long", path: path, message: "Expected \(limit) characters at most.")
  }
  return text
}

/// Who signs.
/// - Throws: the refusals `missing` and `not-a-name`.
func signature(
  _ written: String,
  _ message: String = "A decision is signed by a named person; expected a name."
) throws -> String {
  let officer = try text(written, path: "officer", limit: Limits.officer)
  guard !officer.isEmpty else {
    throw Refusal(.input, code: "missing", path: "officer", message: message)
  }
  // Two that have none could not be told apart, nor held to be one.
  guard officer.contains(where: \.isLetter) else {
    throw Refusal(
      .input, code: "not-a-name", path: "officer",
      message: "A name has letters; expected the name of a person.")
  }
  return officer
}

/// Nil if there is no text.
/// - Throws: the refusal `not-a-date`.
func optionalDate(_ text: String, path: String) throws -> CalendarDate? {
  guard !text.isEmpty else { return nil }
  guard let date = CalendarDate(text) else {
    throw Refusal(
      .input, code: "not-a-date", path: path, message: "Expected a day, as YYYY-MM-DD.")
  }
  return date
}

extension Recourse_Threshold_V1_GetAssessmentResponse {
  /// - Throws: if the findings that are kept cannot be read.
  init(_ view: ShowAssessment.View) throws {
    self.init()
    assessment = try Recourse_Threshold_V1_ThresholdAssessed(
      view.assessment, completeness: view.completeness)
    findings = try view.assessment.bodyFindings
    try showDecision(view)
    notifications = view.notifications.map { kept in
      .with {
        $0.body = kept.body
        $0.notifiedOn = kept.notifiedOn?.description ?? ""
      }
    }
    information = view.information.map(Recourse_Threshold_V1_InformationRequest.init)
    clocks = view.clocks.map(Recourse_Threshold_V1_ClockReading.init)
    delays = view.delays.map(Recourse_Threshold_V1_Delay.init)
    awaitsConsent = view.application.awaitsConsent
    withdrawnOn = view.application.withdrawnOn?.description ?? ""
    withdrawnUnderPressure = view.application.withdrawnUnderPressure
    policyName = view.policyName
    policyVersion = view.policyVersion
  }
}
