import CaseEvents
import CaseLetters
import CaseModel
import Letters
import Messages
import Policy
import ThresholdRules

// What the command line asks workers for, so that a letter or a screen can be made of it.
extension CaseOnPaper {
  /// - Parameter purpose: a letter to the applicant, or to see how far it is.
  /// - Throws: the refusal `unknown-case`; ``Failure`` `unknown-policy`; ``CaseLetterError``
  ///   `not-assessed-yet` and `unknown-rule`.
  static func read(
    _ reference: String, for purpose: Recourse_Threshold_V1_AssessmentPurpose.Value,
    _ connection: Connection
  ) async throws -> CaseOnPaper {
    let kept = try await connection.assessment(of: reference, for: purpose)
    let digest = try packDigest(of: kept)
    let events = try await connection.events(of: "case/\(reference)")
    return try CaseOnPaper(
      reference: reference, kept: kept, events: events,
      pack: try await connection.publishedPack(digest, area: CaseTimeline(events).area),
      review: kept.hasDecision && kept.decision.met
        ? try await connection.review(of: reference) : nil)
  }

  /// What the officer sees on a day.
  /// - Parameter needs: what has to be minded of the people in the case.
  func screen(
    on today: CalendarDate, _ needs: Recourse_Intake_V1_GetNeedsResponse? = nil
  ) -> OfficerScreen {
    OfficerScreen(
      assessment: assessment, pack: pack, complaints: complaints,
      findings: kept.findings.compactMap(Evidence.Finding.init),
      decisions: kept.decisionLines.filter { !$0.isEmpty },
      answers: kept.information.map { "\(name(of: $0.body)) \($0.sentence)" },
      untold: kept.notifications.filter(\.notifiedOn.isEmpty).map { name(of: $0.body) },
      awaitsConsent: kept.awaitsConsent, needs: needs?.lines ?? [], readOn: today)
  }
}

extension Failure {
  /// Why a letter cannot be made, with the argument that it is about and what to do.
  init(_ error: CaseLetterError) {
    let (path, wayOut): (String, String) =
      switch error.code {
      case .notAssessedYet: ("REF", "")
      case .unknownRule: ("", "Use a program of the same version as the system that runs.")
      case .notDecidedYet:
        ("REF", "`recourse threshold decide`, `countersign` or `defer` comes first.")
      case .unknownAppeal: ("--appeal", "`recourse case show REF` has the case's appeals.")
      case .unknownStage: ("--delay", "")
      case .stageDone: ("--delay", "A letter about a delay is for a stage that is still open.")
      case .notLate:
        ("--delay", "`recourse threshold clock list REF` shows by when each stage is due.")
      case .notReceivedYet, .noMeetingYet, .noOutcomeYet, .notWithdrawn, .notAsked,
        .unknownPurpose:
        ("REF", "`recourse case show REF` has what happened in the case.")
      }
    self.init(
      exit: error.code == .unknownRule ? .unavailable : .input, code: error.code.rawValue,
      path: path, message: error.message, wayOut: wayOut)
  }
}
