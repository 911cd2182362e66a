import CaseEvents
import CaseModel
import Letters
import Messages
import Policy
import SwiftProtobuf
import ThresholdRules

/// What a letter or a screen about a case is made from: the assessment as it is kept, the pack that it names,
/// and the complaints' days and bodies, from the log. Nothing of it is anybody's name or address.
struct CaseOnPaper: Sendable {
  let reference: String
  let kept: Recourse_Threshold_V1_GetAssessmentResponse
  let assessment: Assessment
  let pack: PolicyPack
  let lender: PolicyPack?
  let complaints: [ComplaintFacts]
  let timeline: CaseTimeline

  /// - Throws: the refusals `unknown-case` and `not-assessed-yet`; ``Failure`` `unknown-rule`.
  static func read(_ reference: String, _ connection: Connection) async throws -> CaseOnPaper {
    let kept = try await connection.assessment(of: reference)
    guard let assessment = try Assessment(kept) else {
      throw Failure.input("not-assessed-yet", path: "REF", "The case is not assessed yet.")
    }
    let events = try await connection.events(of: "case/\(reference)")
    let timeline = CaseTimeline(events)
    return CaseOnPaper(
      reference: reference, kept: kept, assessment: assessment,
      pack: try await pack(assessment.policyDigest, timeline, connection),
      lender: try PackDocument.lender(on: timeline.receivedOn ?? ProcessClock.today()),
      complaints: events.compactMap(ComplaintFacts.init), timeline: timeline)
  }

  /// One that is built in, or as it was published.
  private static func pack(
    _ digest: String, _ timeline: CaseTimeline, _ connection: Connection
  ) async throws -> PolicyPack {
    let builtIn = try PackDocument.builtIn().map(\.pack)
    if let pack = builtIn.first(where: { $0.digest == digest }) { return pack }
    for area in [timeline.area].compactMap(\.self) + builtIn.compactMap(\.area) {
      for event in try await connection.events(of: "area/\(area)") {
        guard event.event.type == Recourse_Threshold_V1_PolicyPackPublished.protoMessageName,
          let published = try? Recourse_Threshold_V1_PolicyPackPublished(
            serializedBytes: event.event.payload), published.digest == digest
        else { continue }
        return try PackDocument.parse(published.document, at: published.name).pack
      }
    }
    throw Failure(
      exit: .tryAgain, code: "unknown-policy",
      message: "The procedure that the case names has not been published here.")
  }
}

// MARK: - On paper

extension CaseOnPaper {
  /// What the officer sees.
  var screen: OfficerScreen {
    OfficerScreen(assessment: assessment, pack: pack, complaints: complaints)
  }

  /// The letter that tells what was decided, or that it is put off.
  /// - Throws: ``Failure`` `not-decided-yet`.
  func notice() throws -> Letter.ThresholdNotice {
    if let until = CalendarDate(kept.deferredUntil) {
      return notice(
        .deferred(until), on: timeline.deferredOn ?? until, by: pack.decidedBy(),
        reason: kept.deferralReason)
    }
    guard kept.hasDecision, let day = CalendarDate(kept.decision.decidedOn) else {
      let waits =
        kept.hasPending ? "The decision waits for a second signature." : "Nothing is decided yet."
      throw Failure.input("not-decided-yet", path: "REF", waits).with(
        wayOut: "`recourse threshold decide`, `countersign` or `defer` comes first.")
    }
    return notice(
      kept.decision.met ? .met(kept.decision.clause) : .notMet, on: day,
      by: pack.decidedBy(body: kept.decision.body, capacity: kept.capacity), reason: kept.reason)
  }

  private func notice(
    _ outcome: Letter.ThresholdNotice.Outcome, on day: CalendarDate, by decider: String,
    reason: String
  ) -> Letter.ThresholdNotice {
    Letter.ThresholdNotice(
      assessment: assessment, outcome: outcome, pack: pack, caseReference: reference,
      decidedOn: day, decidedBy: decider, reason: reason, complaints: complaints, lender: lender)
  }
}

extension CaseTimeline {
  fileprivate var receivedOn: CalendarDate? {
    for case .applicationReceived(let day, _, _) in entries.map(\.fact) { return day }
    return nil
  }

  fileprivate var area: String? {
    for case .applicationReceived(_, let area, _) in entries.map(\.fact) { return area }
    return nil
  }

  /// When the decision was put off last.
  fileprivate var deferredOn: CalendarDate? {
    for case .thresholdDeferred(let day, _) in entries.reversed().map(\.fact) { return day }
    return nil
  }
}

extension ComplaintFacts {
  /// Nil for any other event, and for one that cannot be read.
  fileprivate init?(_ logged: Recourse_Bus_V1_LoggedEvent) {
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
