import CaseEvents
import CaseModel
import Foundation
import GRPCCore
import Messages
import SwiftProtobuf
import Torture
import WorkerKit

/// Waits until a system that was tortured is quiet, reads all that it holds, and has it checked.
struct TortureVerdict: Sendable {
  let directory: DataDirectory
  let plan: FaultPlan
  let record: TortureRecord
  private let clock = ContinuousClock()

  /// How long everything may take to be well again: a process that was killed often rests before it is
  /// started, and what was queued has to be worked off.
  static let quietLimit: Duration = .seconds(180)
  /// How long consequences may take then that no position in the log shows, such as a referral or a letter.
  static let consequencesLimit: Duration = .seconds(180)
  /// Between two looks.
  static let lookInterval: Duration = .milliseconds(500)
  /// How long it may take to read the log. Reading it verifies every checksum.
  static let readLimit: Duration = .seconds(600)

  init(directory: DataDirectory, plan: FaultPlan, record: TortureRecord) {
    self.directory = directory
    self.plan = plan
    self.record = record
  }

  func reach() async throws -> TortureReport {
    let quietEnd = clock.now.advanced(by: Self.quietLimit)
    return try await Connection.patiently(directory, until: quietEnd) { connection in
      var history = RunHistory()
      history.bodies = record.forms.bodies
      history.applications = record.applications
      history.planned = plan.counts
      history.sent = record.progress.faults
      history.workers = try await workers(quietBy: quietEnd, connection)
      let end = clock.now.advanced(by: Self.consequencesLimit)
      while true {
        try await readOn(&history, connection)
        history.notices = try await notices(of: history, connection)
        // What they follow from is in the log by now.
        try await readOn(&history, connection)
        history.referrals = referrals()
        // A worker that cannot tell is a finding as well.
        do { history.figures = try await figures(connection) } catch is RPCError {
          try Task.checkCancellation()
        }
        let report = TortureChecker.check(history)
        if report.isAsExpected || !report.mayOnlyBeLate || clock.now >= end { return report }
        try await clock.sleep(for: Self.lookInterval)
        history.workers = try await workers(quietBy: end, connection)
      }
    }
  }

  /// What each worker says of itself once nothing is on its way any more, or at the end.
  private func workers(
    quietBy end: ContinuousClock.Instant, _ connection: Connection
  ) async throws -> [RunHistory.Worker] {
    while true {
      do {
        let picture = try await Picture.whenSettled(connection)
        if picture.isSettled || clock.now >= end {
          return picture.workers.map { history($0, picture) }
        }
      } catch let error as RPCError {
        try Task.checkCancellation()
        guard clock.now < end else { throw error }
      }
      try await clock.sleep(for: Self.lookInterval)
    }
  }

  private func history(_ worker: Picture.Worker, _ picture: Picture) -> RunHistory.Worker {
    let lag = worker.status.map { picture.lag(of: $0) }
    return RunHistory.Worker(
      name: worker.name, isSettled: worker.health == "SERVING" && lag == 0,
      parked: Int(worker.status?.parkedEvents ?? 0),
      uncertain: Int(worker.status?.uncertainEffects ?? 0))
  }

  // MARK: What the system holds

  /// Everything that anybody announces: nobody may read events without naming them.
  private static let types =
    ((try? WorkerCatalogue.all()) ?? []).flatMap(\.emits).map { $0.protoMessageName }

  /// Reads what has come into the log since it was read last.
  private func readOn(_ history: inout RunHistory, _ connection: Connection) async throws {
    var request = Recourse_Bus_V1_ReadRequest()
    request.afterPosition = history.events.last?.position ?? 0
    request.types = Self.types
    history.events += try await connection.eventLog.read(
      request, options: Connection.limit(Self.readLimit)
    ) { response in
      var events: [RunHistory.Event] = []
      for try await batch in response.messages { events += batch.events.map(event) }
      return events
    }
  }

  private func event(_ logged: Recourse_Bus_V1_LoggedEvent) -> RunHistory.Event {
    let producer = logged.producer
    let slice = producer.sliceID.map { String($0, radix: 16) }.joined(separator: ".")
    var number: Int?
    if logged.event.type == Recourse_Intake_V1_ApplicationReceived.protoMessageName,
      let received = try? Recourse_Intake_V1_ApplicationReceived(
        serializedBytes: logged.event.payload)
    {
      number = record.forms.number(receivedAt: received.receivedAt)
    }
    return RunHistory.Event(
      position: logged.position, producer: "\(producer.worker) \(slice)/\(producer.incarnation)",
      sequence: logged.event.sequence, key: logged.event.key,
      fact: CaseEventFact(type: logged.event.type, payload: logged.event.payload), number: number)
  }

  /// The files that Support handed over; one that cannot be read is a referral of nobody.
  private func referrals() -> [RunHistory.Referral] {
    struct Letter: Decodable {
      let agency: String
      let name: String
    }
    let folder = directory.outputDirectory(of: "support").appending(path: "referrals")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(".json") }.map { name in
      let bytes = FileManager.default.contents(atPath: folder.appending(path: name).path)
      guard let letter = try? JSONDecoder().decode(Letter.self, from: bytes ?? Data()) else {
        return RunHistory.Referral(number: nil, agency: "")
      }
      return RunHistory.Referral(
        number: TortureForms.number(ofName: letter.name), agency: letter.agency)
    }
  }

  /// What Correspondence shows of each case that is in the log; of a case that it cannot tell of, nothing.
  private func notices(
    of history: RunHistory, _ connection: Connection
  ) async throws -> [RunHistory.Notice] {
    let keys = Set(history.events.map(\.key)).compactMap { try? EventKey(parsing: $0) }
    let position = history.events.last?.position ?? 0
    var notices: [RunHistory.Notice] = []
    for key in keys.sorted(by: { $0.name < $1.name }) where key.kind == .case {
      do {
        notices += try await connection.notices(of: key.name, at: position)
          .map(RunHistory.Notice.init)
      } catch is RPCError {
        try Task.checkCancellation()
      }
    }
    return notices
  }

  private func figures(_ connection: Connection) async throws -> RunHistory.Figures {
    let answer = try await ReportCommand.Statutory.fetch(
      from: record.forms.receivedOn, to: record.forms.receivedOn.adding(days: Self.daysLimit),
      connection)
    var figures = RunHistory.Figures()
    figures.applications = answer.applications.cases
    figures.thresholdNotMet = answer.thresholdNotMet.cases
    figures.reviews = answer.reviews.cases
    figures.reviewsWithRecommendations = answer.reviewsWithRecommendations.cases
    return figures
  }

  /// Days from receipt to the last decision at most: no run is so long.
  private static let daysLimit = 30
}

extension RunHistory.Notice {
  fileprivate init(_ notice: Recourse_Correspondence_V1_Notice) {
    let kind: Kind =
      switch notice.kind {
      case .acknowledgement: .acknowledgement
      case .bodyNotification: .bodyNotification
      case .thresholdMet: .thresholdMet
      case .thresholdNotMet: .thresholdNotMet
      case .delay: .delay
      case .outcome: .outcome
      case .recommendation: .recommendation
      case .recommendationReminder: .recommendationReminder
      case .followUp: .followUp
      default: .other
      }
    self.init(
      reference: notice.caseReference, kind: kind,
      reader: notice.body.isEmpty ? notice.person : notice.body,
      isWritten: notice.state != .composing,
      timesSent: notice.steps.count { $0.step == "sent" })
  }
}
