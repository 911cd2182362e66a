import CaseModel
import Policy
import PolicyLibrary
import ThresholdRules
import WorkerKit

/// Records what a body answered when it was asked for information, or why it refuses. The application is
/// assessed anew with it, unless a decision has been signed.
struct RecordInformation: Sendable {
  let body: String
  /// Nil for today.
  let answeredOn: CalendarDate?
  let answer: InformationAnswer
  /// Who records it; empty if nobody is named.
  let officer: String
  let library: PolicyLibrary

  /// An answer may be put right by another one until a decision is signed; both stay on record. A first
  /// answer is taken whenever it comes.
  /// - Returns: the assessment as it is then; nil while complaints are still to come.
  /// - Throws: the refusals `unknown-case`, `not-asked`, `already-answered`, `date-in-future`,
  ///   `date-before-request` and `unknown-complaint`.
  func apply(_ reference: CaseReference, in tx: SliceTransaction) throws -> KeptAssessment? {
    let application = try tx.knownApplication(reference)
    let request = try tx.knownInformationRequest(to: body, of: reference)
    if request.answers > 0, try tx.isDecided(reference) { throw alreadyAnswered(request) }
    let day = answeredOn ?? tx.today
    try check(day, request, today: tx.today)
    try checkFindings(application, day)
    try tx.keep(answer, to: request, on: day, of: reference)
    try tx.cancelTimer(
      RequestInformation.timerKind, key: RequestInformation.timerKey(body, reference))
    try tx.announceAnswer(answer, by: body, on: day, of: application)
    try tx.audit(
      actor: officer.isEmpty ? "unnamed" : officer, action: "threshold.record-information",
      subject: reference.description, reason: "\(body) \(answer.state.rawValue) on \(day)")
    if try tx.informationRequests(of: reference).allSatisfy({ $0.answers > 0 }) {
      try CaseClocks(library: library).start(
        .decide, round: 1, from: .information, on: day, of: application, in: tx)
    }
    try AssessThreshold(library: library).applyAnew(application, in: tx)
    return try tx.assessment(of: reference)
  }

  private func check(
    _ day: CalendarDate, _ request: KeptInformationRequest, today: CalendarDate
  ) throws {
    guard day <= today else {
      throw Refusal(
        .input, code: "date-in-future", path: "answeredOn",
        message: "\(day) is still to come; today is \(today).")
    }
    guard day >= request.requestedOn else {
      throw Refusal(
        .input, code: "date-before-request", path: "answeredOn",
        message: "\(day) is before the body was asked, on \(request.requestedOn).")
    }
  }

  /// What is said of complaints: each is there, and nothing on record lies after the answer.
  private func checkFindings(_ application: KeptApplication, _ day: CalendarDate) throws {
    guard case .returned(let findings) = answer else { return }
    for (index, finding) in findings.enumerated() {
      let path = "findings[\(index)]"
      guard finding.complaint < application.complaintsExpected else {
        throw Refusal(
          .input, code: "unknown-complaint", path: path + ".complaint",
          message: "There is no such complaint; the application has "
            + "\(application.complaintsExpected), counted from 0.")
      }
      for (days, name) in [
        (finding.behaviour, "behaviourDate"), (finding.reported, "complaintDate"),
      ] {
        guard let days, days.upperBound > day else { continue }
        throw Refusal(
          .input, code: "date-in-future", path: "\(path).\(name)",
          message: "\(days.upperBound) is after the body answered, on \(day).")
      }
    }
  }

  private func alreadyAnswered(_ request: KeptInformationRequest) -> Refusal {
    let day = request.answeredOn.map { " on \($0)" } ?? ""
    return Refusal(
      .state, code: "already-answered", path: "body",
      message: "This body answered\(day), and a decision stands on what was known then; "
        + "an answer can be put right only before that.")
  }
}
