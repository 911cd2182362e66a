import CaseEvents
import CaseModel
import Messages
import Policy
import SwiftProtobuf
import ThresholdRules

/// What a letter or a screen about a case is made from: the assessment as it is kept, the pack that it names,
/// and the complaints' days and bodies, from the log. Nothing of it is anybody's name or address.
struct CaseOnPaper: Sendable {
  let reference: String
  let kept: Recourse_Threshold_V1_GetAssessmentResponse
  /// What the rules say now.
  let assessment: Assessment
  /// What they said when the decision was signed; what they say now where that was not kept.
  let signedOn: Assessment
  let pack: PolicyPack
  /// The review, where the threshold was decided met and Panel has opened it.
  let review: Recourse_Panel_V1_GetReviewResponse?
  let complaints: [ComplaintFacts]
  let timeline: CaseTimeline

  /// - Parameter purpose: a letter to the applicant, or to see how far it is.
  /// - Throws: the refusals `unknown-case` and `not-assessed-yet`; ``Failure`` `unknown-rule` and
  ///   `unknown-policy`.
  static func read(
    _ reference: String, for purpose: Recourse_Threshold_V1_AssessmentPurpose.Value,
    _ connection: Connection
  ) async throws -> CaseOnPaper {
    let kept = try await connection.assessment(of: reference, for: purpose)
    guard let assessment = try Assessment(kept) else {
      throw Failure.input("not-assessed-yet", path: "REF", "The case is not assessed yet.")
    }
    let events = try await connection.events(of: "case/\(reference)")
    let timeline = CaseTimeline(events)
    return CaseOnPaper(
      reference: reference, kept: kept, assessment: assessment,
      signedOn: kept.hasDecisionAssessment
        ? try Assessment(
          kept.decisionAssessment, policyName: kept.policyName, policyVersion: kept.policyVersion)
        : assessment,
      pack: try await connection.publishedPack(assessment.policyDigest, area: timeline.area),
      review: kept.hasDecision && kept.decision.met
        ? try await connection.review(of: reference) : nil,
      complaints: events.compactMap(ComplaintFacts.init), timeline: timeline)
  }

  /// A body by the name that people know it by.
  func name(of body: String) -> String { pack.body(body)?.name ?? body }
}

extension CaseTimeline {
  var area: String? {
    for case .applicationReceived(_, let area, _) in entries.map(\.fact) { return area }
    return nil
  }

  /// The days of all decisions, the first one first.
  var decidedOn: [CalendarDate] {
    entries.compactMap { entry in
      switch entry.fact {
      case .thresholdDecided(_, _, let day), .thresholdDecidedAnew(_, _, let day): day
      default: nil
      }
    }
  }

  /// When the decision was put off last.
  var deferredOn: CalendarDate? {
    for case .thresholdDeferred(let day, _) in entries.reversed().map(\.fact) { return day }
    return nil
  }
}

extension ComplaintFacts {
  /// Nil for any other event, and for one that cannot be read.
  init?(_ logged: Recourse_Bus_V1_LoggedEvent) {
    guard logged.event.type == Recourse_Intake_V1_ComplaintRecorded.protoMessageName,
      let event = try? Recourse_Intake_V1_ComplaintRecorded(serializedBytes: logged.event.payload),
      let behaviour = Self.days(event.behaviourFrom, event.behaviourTo),
      let complaint = Self.days(event.complaintFrom, event.complaintTo)
    else { return nil }
    self.init(
      index: Int(event.index), behaviour: behaviour, complaint: complaint, body: event.body,
      complainant: event.complainantKey, incident: event.incidentKey, hate: event.hate,
      household: event.householdKey)
  }

  private static func days(_ first: String, _ last: String) -> ClosedRange<CalendarDate>? {
    guard let first = CalendarDate(first) else { return nil }
    return first...max(first, CalendarDate(last) ?? first)
  }
}
