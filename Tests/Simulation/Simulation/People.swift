import Bus
import CHermetic
import Foundation
import GRPCCore
import Messages
import SwiftProtobuf

/// The people: they apply, decide and hold panels, each step again and again until they are told that it is done.
final class People: @unchecked Sendable {
  // Used on the simulation's thread alone.
  let applications: [SimulatedApplication]
  private(set) var outcomes: [Outcome]
  private(set) var attempts = 0
  /// An answer that no repetition may give, if there was one.
  private(set) var wrongAnswer: String?
  private(set) var figures: Recourse_Reporting_V1_StatutoryResponse?
  /// Applications whose way is at its end.
  private(set) var finished = 0
  private var panelDay: String?
  /// The last day of all reviews that nobody says when they can sit for.
  private var lastDay = ""
  /// Applications whose panel has a day, and that are not at their end.
  private var withDay = 0
  /// What people were told last, when it was not what they asked for.
  private(set) var lastRefusal = ""
  private let client: BusClient
  private let scheduler = Scheduler.shared

  private static let timeout: Duration = .seconds(8)

  init(_ count: Int, client: BusClient) {
    applications = (1...count).map { SimulatedApplication($0) }
    outcomes = Array(repeating: Outcome(), count: count)
    self.client = client
  }

  var allFinished: Bool { finished == applications.count }

  /// Follows one application from the form to the end of its panel.
  func follow(_ index: Int) async {
    let application = applications[index]
    do {
      await pause(Chance.number(0..<20_000))
      let reference = try await apply(application)
      outcomes[index].reference = reference
      if Chance.oneIn(4) { try await applyAgain(application, reference) }
      let met = try await decide(reference, application)
      outcomes[index].met = met
      if met, application.isNeglected {
        try await findNeglected(reference)
      } else if met {
        outcomes[index].held = try await hold(reference, application)
        withDay -= 1
      }
      finished += 1
    } catch {
      let place = (error as? RPCError)?.metadata.map { "\($0.key)=\($0.value)" } ?? []
      wrongAnswer = wrongAnswer ?? "application \(application.number): \(error) \(place)"
    }
  }

  private func apply(_ application: SimulatedApplication) async throws -> String {
    let intake = Recourse_Intake_V1_Intake.Stub(wrapping: client)
    let request = Recourse_Intake_V1_SubmitRequest.with {
      $0.application = application.message
      $0.idempotencyKey = application.key
      $0.submittedBy = .public
    }
    return try await untilDone {
      try await intake.submit(request, options: $0).caseReference
    }
  }

  private func applyAgain(_ application: SimulatedApplication, _ reference: String) async throws {
    let again = try await apply(application)
    if again != reference { throw Wrong(what: "applied again, another reference came") }
  }

  private func decide(_ reference: String, _ application: SimulatedApplication) async throws -> Bool
  {
    let threshold = Recourse_Threshold_V1_Threshold.Stub(wrapping: client)
    let request = Recourse_Threshold_V1_DecideRequest.with {
      $0.caseReference = reference
      $0.met = application.mustBeMet
      $0.officer = "A. Officer"
      $0.reason = "As the complaints count."
      $0.capacity = "Lead authority"
      $0.idempotencyKey = "decision-\(application.number)"
    }
    return try await untilDone {
      try await threshold.decide(request, options: $0).decision.met
    }
  }

  // MARK: - Panels

  private func hold(_ reference: String, _ application: SimulatedApplication) async throws -> Bool {
    let panel = Recourse_Panel_V1_Panel.Stub(wrapping: client)
    let review = try await untilDone { options in
      let request = Recourse_Panel_V1_GetReviewRequest.with {
        $0.caseReference = reference
        $0.purpose = .progress
      }
      let review = try await panel.getReview(request, options: options)
      guard [.scheduled, .held].contains(review.state) else {
        try await self.offerDays(review, options)
        throw RPCError(code: .unavailable, message: "no day yet")
      }
      return review
    }
    // The panel's day comes for everybody.
    await comes(review.panelOn)
    let request = Recourse_Panel_V1_HoldRequest.with {
      $0.caseReference = reference
      $0.heldOn = review.panelOn
      $0.recommendations = (0..<application.recommendations).map { index in
        .with {
          $0.body = "plymouth-city-council"
          $0.text = "Recommendation \(index)"
        }
      }
      $0.none = application.recommendations == 0
      $0.reason = "As the panel found."
      $0.idempotencyKey = "held-\(application.number)"
    }
    _ = try await untilDone { try await panel.hold(request, options: $0) }
    return true
  }

  /// Waits until the review is owed; nobody says when they can sit.
  private func findNeglected(_ reference: String) async throws {
    let panel = Recourse_Panel_V1_Panel.Stub(wrapping: client)
    let request = Recourse_Panel_V1_GetReviewRequest.with {
      $0.caseReference = reference
      $0.purpose = .progress
    }
    let review = try await untilDone { try await panel.getReview(request, options: $0) }
    lastDay = max(lastDay, review.dueOn)
  }

  /// The last day of all reviews that nobody held goes by.
  func letDaysPass() {
    guard !lastDay.isEmpty else { return }
    jump(to: lastDay, hour: 10)
    scheduler.jumpAll(by: 86_400_000_000_000)
  }

  private func jump(to day: String, hour: Int) {
    guard let date = try? Date("\(day)T\(hour):00:00Z", strategy: .iso8601) else { return }
    let now = scheduler.globalWall + Int64(scheduler.now)
    let ahead = Int64(date.timeIntervalSince1970) * 1_000_000_000 - now
    if ahead > 0 { scheduler.jumpAll(by: ahead) }
  }

  private func offerDays(
    _ review: Recourse_Panel_V1_GetReviewResponse, _ options: CallOptions
  ) async throws {
    let panel = Recourse_Panel_V1_Panel.Stub(wrapping: client)
    let lines = review.requiredBodies.enumerated().map { index, body in
      Recourse_Panel_V1_AvailabilityLine.with {
        $0.line = UInt32(index + 1)
        $0.body = body
        $0.from = review.dueOn
        $0.to = review.dueOn
      }
    }
    try await panel.addAvailability(options: options) { writer in
      try await writer.write(contentsOf: lines)
    } onResponse: { response in
      for try await _ in response.messages {}
    }
  }

  /// Waits until everybody knows their panel's day, then moves all clocks on to it: it is the same for all who
  /// applied on one day.
  private func comes(_ day: String) async {
    withDay += 1
    while withDay + finished < applications.count { await pause(200) }
    guard panelDay != day else { return }
    panelDay = day
    jump(to: day, hour: 10)
  }

  // MARK: - At the end

  /// The figures over all that happened, seen by a reader that waits for a position.
  func readFigures(atLeast position: UInt64) async {
    let reporting = Recourse_Reporting_V1_Reporting.Stub(wrapping: client)
    let request = Recourse_Reporting_V1_StatutoryRequest.with {
      $0.from = "2026-01-01"
      $0.to = "2026-12-31"
      $0.atLeastPosition = position
    }
    figures = try? await untilDone { try await reporting.statutory(request, options: $0) }
  }

  /// Waits until a worker has taken everything up to a position and announced what follows. Gives the position
  /// of its own newest event.
  func awaitWorker(_ name: String, position: UInt64) async throws -> UInt64 {
    let workers = Recourse_Worker_V1_Worker.Stub(wrapping: client)
    let request = Recourse_Worker_V1_AwaitRequest.with { $0.position = position }
    return try await untilDone {
      try await workers.await(
        request, metadata: [CallMetadata.target: .string(name)], options: $0
      ).ownPosition
    }
  }

  func status(of name: String) async throws -> Recourse_Worker_V1_StatusResponse {
    let workers = Recourse_Worker_V1_Worker.Stub(wrapping: client)
    return try await untilDone {
      try await workers.status(
        Recourse_Worker_V1_StatusRequest(), metadata: [CallMetadata.target: .string(name)],
        options: $0)
    }
  }

  // MARK: - Again and again

  struct Wrong: Error { let what: String }

  /// What may go right when it is tried again.
  private static let passing: Set<RPCError.Code> = [
    .unavailable, .deadlineExceeded, .notFound, .failedPrecondition, .unimplemented, .cancelled,
    .resourceExhausted, .aborted, .unknown,
  ]

  private func untilDone<T: Sendable>(_ body: (CallOptions) async throws -> T) async throws -> T {
    var options = CallOptions.defaults
    options.timeout = Self.timeout
    while true {
      attempts += 1
      do {
        return try await body(options)
      } catch let error as RPCError where Self.passing.contains(error.code) {
        lastRefusal = "\(error.code): \(error.message)"
        await pause(Chance.number(50..<2000))
      }
    }
  }

  private func pause(_ milliseconds: UInt64) async {
    await scheduler.pause(milliseconds)
  }
}
