import Foundation
import GRDB
import Messages
import SwiftProtobuf

@testable import Broker
@testable import WorkerKit

/// What must hold of a run when everything is at its end.
struct Checks {
  private let run: Run
  private let events: [Recourse_Bus_V1_LoggedEvent]
  private let problem: String?

  /// Events in the log of the last run that was checked.
  nonisolated(unsafe) static private(set) var lastCount = 0

  init(_ run: Run) {
    self.run = run
    var events: [Recourse_Bus_V1_LoggedEvent] = []
    var problem: String?
    var position: UInt64 = 0
    reading: while let store = run.broker.broker?.store {
      switch store.read(LogQuery(after: position, limit: 500)) {
      case .success(let page):
        events += page.events
        if page.events.isEmpty { break reading }
        position = page.scanned
      case .failure(let refusal):
        problem = "the log cannot be read: \(refusal)"
        break reading
      }
    }
    self.events = events
    self.problem = problem
    Self.lastCount = events.count
  }

  func failures() -> [String] {
    var failures: [String] = []
    if let problem { failures.append(problem) }
    failures += numbers() + cases() + figures() + slices() + output()
    return failures
  }

  // MARK: - The log

  /// Positions and the numbers of each producer follow one another.
  private func numbers() -> [String] {
    var failures: [String] = []
    for (index, event) in events.enumerated() where event.position != UInt64(index + 1) {
      failures.append("position \(index + 1) is missing")
      break
    }
    for (producer, events) in Dictionary(grouping: events, by: { $0.producer.worker }) {
      let sequences = events.map(\.event.sequence)
      if sequences != Array(1...UInt64(events.count)) {
        failures.append("the numbers of \(producer) are not 1, 2, 3 …")
      }
      if Set(events.map(\.producer.sliceID)).count > 1 {
        failures.append("\(producer) has more than one identity")
      }
    }
    return failures.sorted()
  }

  /// Types in the order in which a case must have them.
  private static let order = [
    "ApplicationReceived", "ConsentGiven", "ComplaintRecorded", "NotificationOwed",
    "ThresholdAssessed",
    "ThresholdDecided", "ReviewOpened", "PanelScheduled", "PanelHeld", "RecommendationMade",
  ]

  private func cases() -> [String] {
    var failures: [String] = []
    let byKey = Dictionary(grouping: events, by: \.event.key)
    let applied = events.filter { Self.short($0) == "ApplicationReceived" }.count
    if applied != run.people.applications.count {
      failures.append("\(applied) applications in the log of \(run.people.applications.count)")
    }
    for (application, outcome) in zip(run.people.applications, run.people.outcomes) {
      guard let reference = outcome.reference else { continue }
      let events = byKey["case/\(reference)"] ?? []
      var count: [String: Int] = [:]
      for event in events { count[Self.short(event), default: 0] += 1 }
      let met = outcome.met == true
      let expected = [
        "ApplicationReceived": 1, "ComplaintRecorded": application.qualifying,
        "ConsentGiven": application.hasConsent ? 1 : 0, "ThresholdAssessed": 1,
        "ThresholdDecided": 1, "ReviewOpened": met ? 1 : 0, "PanelHeld": outcome.held ? 1 : 0,
        "RecommendationMade": outcome.held ? application.recommendations : 0,
        "ReferralMade": application.hasConsent ? 1 : 0,
      ]
      for (type, wanted) in expected.sorted(by: { $0.key < $1.key })
      where count[type, default: 0] != wanted {
        failures.append(
          "application \(application.number): \(count[type, default: 0]) \(type), not \(wanted)")
      }
      if met != application.mustBeMet {
        failures.append("application \(application.number) was decided wrong")
      }
      let places = events.compactMap { Self.order.firstIndex(of: Self.short($0)) }
      if places != places.sorted() {
        failures.append("application \(application.number): its events are out of order")
      }
    }
    return failures
  }

  private static func short(_ event: Recourse_Bus_V1_LoggedEvent) -> String {
    String(event.event.type.split(separator: ".").last ?? "")
  }

  // MARK: - What follows from it

  private func figures() -> [String] {
    guard let figures = run.people.figures else { return ["no figures came"] }
    let outcomes = Array(zip(run.people.applications, run.people.outcomes))
    let truth: [(String, Recourse_Reporting_V1_Figure, Int)] = [
      ("applications", figures.applications, outcomes.count),
      ("not met", figures.thresholdNotMet, outcomes.filter { $0.1.met == false }.count),
      ("reviews", figures.reviews, outcomes.filter { $0.1.held }.count),
      (
        "reviews with recommendations", figures.reviewsWithRecommendations,
        outcomes.filter { $0.1.held && $0.0.recommendations > 0 }.count
      ),
    ]
    return truth.compactMap { name, figure, wanted in
      Int(figure.count) == wanted ? nil : "\(name): \(figure.count) counted of \(wanted)"
    }
  }

  /// Nothing is parked, uncertain or unsent, and the files are whole.
  private func slices() -> [String] {
    run.workers.flatMap { worker -> [String] in
      do {
        var configuration = Configuration()
        configuration.readonly = true
        let slice = try DatabaseQueue(path: worker.slicePath, configuration: configuration)
        defer { try? slice.close() }
        return try slice.read { database in
          var failures: [String] = []
          for (what, sql) in Self.mustBeEmpty {
            let count = try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM \(sql)") ?? 0
            if count > 0 { failures.append("\(worker.name): \(count) \(what)") }
          }
          let health = try String.fetchOne(database, sql: "PRAGMA integrity_check") ?? ""
          if health != "ok" { failures.append("\(worker.name): \(health)") }
          failures += try audit(of: worker.name, database)
          return failures + (worker.name == "panel" ? try breaches(database) : [])
        }
      } catch {
        return ["\(worker.name): its slice cannot be read: \(error)"]
      }
    }
  }

  /// Whatever befell the disks and processes, the log has no head of a row that the slice lacks.
  private func audit(of worker: String, _ database: Database) throws -> [String] {
    let anchors = try run.broker.broker?.store.database.read(AuditAnchors.all) ?? []
    let own = anchors.filter { $0.worker == worker }.map { anchor in
      SliceAudit.Anchor(
        incarnation: anchor.incarnation, sequence: anchor.sequence, head: anchor.head,
        position: anchor.position, recordedAt: anchor.recordedAt)
    }
    var chain = AuditChain(incarnation: 1, anchors: own)
    try chain.walk(database)
    let faults = chain.faults.map { "\(worker): its audit: \($0.what)" }
    return chain.rows > 0 && own.isEmpty
      ? faults + ["\(worker): its audit is not anchored"] : faults
  }

  private static let mustBeEmpty = [
    ("events are parked", "kit_parked"), ("events are not announced", "kit_outbox"),
    ("effects are uncertain", "kit_effect WHERE state = 'uncertain'"),
    ("effects are open", "kit_effect WHERE state IN ('intended', 'sending')"),
    ("timers failed", "kit_timer WHERE attempts > 0"),
  ]

  /// A review that no body offered a day for is on record as late, once.
  private func breaches(_ database: Database) throws -> [String] {
    let late = try String.fetchAll(database, sql: "SELECT case_reference FROM breach")
    let wanted = zip(run.people.applications, run.people.outcomes)
      .filter { $0.1.met == true && !$0.1.held }.compactMap { $0.1.reference }
    return Set(late) == Set(wanted) && late.count == wanted.count
      ? [] : ["panel: \(late.count) reviews are on record as late of \(wanted.count)"]
  }

  /// One referral was handed over for each consent.
  private func output() -> [String] {
    let folder = run.output.appending(path: "support").path
    let found = FileManager.default.enumerator(atPath: folder)?.allObjects as? [String] ?? []
    let files = found.filter { $0.hasSuffix(".json") }.count
    let wanted = run.people.applications.filter(\.hasConsent).count
    return files == wanted ? [] : ["\(files) referrals were handed over of \(wanted)"]
  }
}
