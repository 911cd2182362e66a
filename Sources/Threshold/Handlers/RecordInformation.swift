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
  /// - Throws: the refusals `unknown-case`, `not-asked`, `already-answered`, `must-comply`,
  ///   `date-in-future`, `date-before-request`, and those of `FindingCheck`.
  func apply(_ reference: CaseReference, in tx: SliceTransaction) throws -> KeptAssessment? {
    let application = try tx.knownApplication(reference)
    let request = try tx.knownInformationRequest(to: body, of: reference)
    if request.answers > 0, try tx.isDecided(reference) { throw alreadyAnswered(request) }
    let day = answeredOn ?? tx.today
    try check(day, request, today: tx.today)
    try checkAnswer(request, application, tx)
    try tx.keep(answer, to: request, on: day, of: reference)
    try tx.cancelTimer(
      RequestInformation.timerKind, key: RequestInformation.timerKey(body, reference))
    try tx.announceAnswer(answer, by: body, on: day, of: application)
    try tx.audit(
      actor: officer.isEmpty ? "unnamed" : officer, action: "threshold.record-information",
      subject: reference.description, reason: "\(body) \(answer.state.rawValue) on \(day)")
    let clocks = CaseClocks(library: library)
    try clocks.stopOnceAnswered(reference, in: tx)
    try clocks.startOnceInformed(application, in: tx)
    try AssessThreshold(library: library).applyAnew(application, in: tx)
    return try tx.assessment(of: reference)
  }

  private func check(
    _ day: CalendarDate, _ request: KeptInformationRequest, today: CalendarDate
  ) throws {
    try checkHasCome(day, today: today, path: "answeredOn")
    guard day >= request.requestedOn else {
      throw Refusal(
        .input, code: "date-before-request", path: "answeredOn",
        message: "\(day) is before the body was asked, on \(request.requestedOn).")
    }
  }

  private func checkAnswer(
    _ request: KeptInformationRequest, _ application: KeptApplication, _ tx: SliceTransaction
  ) throws {
    switch answer {
    case .returned(let findings):
      let check = FindingCheck(application: application, facts: try tx.facts(of: application))
      try check(findings)
    case .refused(.notPublicFunction) where request.isMandatory:
      throw Refusal(
        .input, code: "must-comply", path: "refused",
        message: "This body exercises public functions and must answer (Sch. 4 para 7); record "
          + "another ground, or what it returned.")
    case .refused: break
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
