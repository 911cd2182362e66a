import CaseEvents
import CaseLetters
import GRPCCore
import Messages
import ThresholdRules
import WorkerKit

/// What the workers know about one case, asked from each owner. What a worker does not have, because
/// the case has not got that far, is nil.
struct CaseFile: Sendable {
  let reference: String
  /// What happened, from the log, oldest first.
  let timeline: CaseTimeline
  let threshold: Recourse_Threshold_V1_GetAssessmentResponse?
  /// What Threshold's rules said.
  let assessment: Assessment?
  /// What a new application would need today; nil where nothing is assessed yet.
  let again: NewApplication?
  let review: Recourse_Panel_V1_GetReviewResponse?
  let support: Recourse_Support_V1_GetSupportResponse?
  let consents: Recourse_Intake_V1_GetConsentsResponse?
  /// What has to be minded of the people in it; nil where Intake does not know the case.
  let needs: Recourse_Intake_V1_GetNeedsResponse?
  /// What became of its letters; nil where Correspondence cannot be asked.
  let letters: [Recourse_Correspondence_V1_Notice]?
  let settling: Settling.Outcome

  /// Waits until the workers have drawn every consequence, then asks them.
  /// - Throws: ``Failure`` `unknown-case` if the log has no fact about it.
  static func read(_ reference: String, _ connection: Connection) async throws -> CaseFile {
    let settling = try await Settling.settle(connection)
    let events = try await events(of: reference, connection)
    var thresholdRequest = Recourse_Threshold_V1_GetAssessmentRequest()
    thresholdRequest.caseReference = reference
    thresholdRequest.atLeastPosition = settling.position
    thresholdRequest.purpose = .caseWork
    var supportRequest = Recourse_Support_V1_GetSupportRequest()
    supportRequest.caseReference = reference
    supportRequest.atLeastPosition = settling.position
    var consentsRequest = Recourse_Intake_V1_GetConsentsRequest()
    consentsRequest.caseReference = reference
    consentsRequest.atLeastPosition = settling.position
    let threshold = try await orNil { [thresholdRequest] in
      try await connection.threshold.getAssessment(
        thresholdRequest, options: Connection.limit())
    }
    let assessment = try threshold.flatMap { try Assessment($0) }
    let timeline = CaseTimeline(events)
    return CaseFile(
      reference: reference, timeline: timeline, threshold: threshold, assessment: assessment,
      again: try await again(
        after: assessment, threshold?.findings ?? [], in: timeline, events, connection),
      review: try await connection.review(of: reference, at: settling.position),
      support: try await orNil { [supportRequest] in
        try await connection.support.getSupport(supportRequest, options: Connection.limit())
      },
      consents: try await orNil { [consentsRequest] in
        try await connection.intake.getConsents(consentsRequest, options: Connection.limit())
      },
      needs: try await connection.needs(of: reference, at: settling.position),
      letters: try await letters(of: reference, settling, connection),
      settling: settling)
  }

  /// What happened in a case, oldest first.
  /// - Throws: ``Failure`` `unknown-case` if there are none.
  static func timeline(
    of reference: String, _ connection: Connection
  ) async throws -> CaseTimeline {
    CaseTimeline(try await events(of: reference, connection))
  }

  private static func events(
    of reference: String, _ connection: Connection
  ) async throws -> [Recourse_Bus_V1_LoggedEvent] {
    let events = try await connection.events(of: "case/\(reference)")
    guard !events.isEmpty else {
      throw Failure.input("unknown-case", path: "REF", "There is no case \(reference) here.").with(
        wayOut: "`recourse case list` shows the cases.")
    }
    return events
  }

  /// Under the pack of the case, with what was complained of in it and what bodies have on record of that.
  private static func again(
    after assessment: Assessment?, _ findings: [Recourse_Threshold_V1_BodyFinding],
    in timeline: CaseTimeline,
    _ events: [Recourse_Bus_V1_LoggedEvent], _ connection: Connection
  ) async throws -> NewApplication? {
    guard let assessment else { return nil }
    let pack = try await connection.publishedPack(assessment.policyDigest, area: timeline.area)
    return NewApplication(
      on: try ProcessClock.today(), after: events.compactMap(ComplaintFacts.init),
      Evidence(findings: findings.compactMap(Evidence.Finding.init)), under: pack)
  }

  /// What a worker answers; nil where the case has not got that far.
  static func orNil<Answer>(
    _ call: () async throws -> Answer
  ) async throws -> Answer? {
    do {
      return try await call()
    } catch let error as RPCError {
      guard let refusal = Refusal(error), refusal.kind == .notFound else { throw error }
      return nil
    }
  }
}

extension Connection {
  /// A case's review as Panel has it, with everything taken in that there is, or up to a position; nil where
  /// none is owed.
  func review(
    of reference: String, at position: UInt64? = nil
  ) async throws -> Recourse_Panel_V1_GetReviewResponse? {
    var request = Recourse_Panel_V1_GetReviewRequest()
    request.purpose = .caseWork
    request.caseReference = reference
    request.atLeastPosition = if let position { position } else { try await head() }
    return try await CaseFile.orNil { [request] in
      try await panel.getReview(request, options: Self.limit())
    }
  }

  /// What has to be minded of the people in a case, as Intake has it at a position or now.
  func needs(
    of reference: String, at position: UInt64? = nil
  ) async throws -> Recourse_Intake_V1_GetNeedsResponse? {
    var request = Recourse_Intake_V1_GetNeedsRequest()
    request.purpose = .caseWork
    request.caseReference = reference
    request.atLeastPosition = if let position { position } else { try await head() }
    return try await CaseFile.orNil { [request] in
      try await intake.getNeeds(request, options: Self.limit())
    }
  }

  /// All events of a key, as the log has them.
  func events(of key: String) async throws -> [Recourse_Bus_V1_LoggedEvent] {
    var request = Recourse_Bus_V1_ReadByKeyRequest()
    request.key = key
    return try await eventLog.readByKey(request, options: Self.limit()) { response in
      var events: [Recourse_Bus_V1_LoggedEvent] = []
      for try await batch in response.messages { events += batch.events }
      return events
    }
  }
}
