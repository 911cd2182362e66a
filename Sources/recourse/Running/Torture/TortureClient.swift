import CaseModel
import GRPCCore
import Messages
import Torture
import WorkerKit

/// A client that submits one application after the other, and the officer who signs for them. What is not
/// answered is sent again under the same key.
struct TortureClient: Sendable {
  let record: TortureRecord
  let connection: Connection
  private let clock = ContinuousClock()

  typealias Instant = ContinuousClock.Instant

  /// From one application to the next.
  static let pace: Duration = .milliseconds(150)
  /// Before something is sent again.
  static let retryPause: Duration = .milliseconds(200)
  /// Refusals of what has not got so far yet.
  private static let early: Set = ["unknown-case", "no-review", "not-assessed-yet"]

  init(record: TortureRecord, connection: Connection) {
    self.record = record
    self.connection = connection
  }

  private typealias Acknowledged = (submission: Submission, reference: String)

  /// Submits until the end; the officer may go on a little with what is due then.
  func run(until end: Instant, officer officerEnd: Instant) async throws {
    // Holds no more than the pace lets through.
    let (due, queue) = AsyncStream<Acknowledged>.makeStream()
    async let signed: Void = signAll(due, until: officerEnd)
    defer { queue.finish() }
    while clock.now < end {
      if let acknowledged = try await submit(record.next(), until: end) {
        queue.yield(acknowledged)
      }
      try await clock.sleep(for: Self.pace)
    }
    queue.finish()
    try await signed
  }

  private func submit(_ submission: Submission, until end: Instant) async throws -> Acknowledged? {
    let form = record.forms.application(submission)
    let key = "torture-\(record.seed)-\(submission.number)"
    var reference: String?
    for _ in 0..<(submission.isRepeated ? 2 : 1) {
      let response = try await untilAnswered(submission, until: end) {
        try await ApplyCommand.submit(form, key: key, connection)
      }
      guard let response else { break }
      record.acknowledged(submission, as: response.caseReference)
      reference = reference ?? response.caseReference
    }
    return reference.map { (submission, $0) }
  }

  private func signAll(_ due: AsyncStream<Acknowledged>, until end: Instant) async throws {
    for await (submission, reference) in due where clock.now < end {
      record.note(submission, \.decision, .unknown)
      let decided = try await untilAnswered(submission, until: end) {
        try await ThresholdCommand.Decide.sign(
          reference, isMet: submission.isMet, officer: DemoJourney.officer,
          reason: "As the rules recommend", key: "decision-\(submission.number)", connection)
      }
      guard let decided else { continue }
      record.note(submission, \.decision, .acknowledged)
      guard submission.meeting != .none else { continue }
      try await hold(submission, reference, on: decided.decision.decidedOn, until: end)
    }
  }

  private func hold(
    _ submission: Submission, _ reference: String, on day: String, until end: Instant
  ) async throws {
    record.note(submission, \.meeting, .unknown)
    var request = record.forms.meeting(submission, reference, on: day)
    request.idempotencyKey = "meeting-\(submission.number)"
    let held = try await untilAnswered(submission, until: end) { [request] in
      try await connection.panel.hold(request, options: Connection.limit())
    }
    if held != nil { record.note(submission, \.meeting, .acknowledged) }
  }

  /// Sends until there is an answer, at least once; nil if there is none before the end, or if it is refused
  /// for good.
  private func untilAnswered<Answer: Sendable>(
    _ submission: Submission, until end: Instant, _ call: () async throws -> Answer
  ) async throws -> Answer? {
    repeat {
      do {
        return try await call()
      } catch let error as RPCError {
        try Task.checkCancellation()
        let failure = Failure(error)
        if failure.exit == .input, !Self.early.contains(failure.code) {
          record.refused(submission, failure.code)
          return nil
        }
        record.unanswered(Refusal(error)?.code ?? "\(error.code)")
      }
      try await clock.sleep(for: Self.retryPause)
    } while clock.now < end
    return nil
  }
}

extension Connection {
  /// Opens one, again and again until the end while no broker answers. The body may begin anew.
  static func patiently<Result: Sendable>(
    _ directory: DataDirectory, until end: ContinuousClock.Instant,
    _ body: (Connection) async throws -> Result
  ) async throws -> Result {
    let clock = ContinuousClock()
    while true {
      do {
        return try await open(directory, body)
      } catch let failure as Failure where failure == directory.notRunning && clock.now < end {
        try await clock.sleep(for: TortureClient.retryPause)
      }
    }
  }
}
