import CaseModel

/// Says of a run whether everything that was acknowledged came about once, in order, and nothing else did.
public enum TortureChecker {
  /// Checks everything that the history holds.
  public static func check(_ history: RunHistory) -> TortureReport {
    var report = TortureReport()
    report.events = history.events.count
    LogCheck.check(history.events, &report)
    let cases = match(history, &report)
    let due = NoticeCheck(history.notices)
    for (reference, events, application) in cases {
      CaseCheck(reference: reference, application: application, bodies: history.bodies)
        .check(events, &report)
    }
    for (reference, events, _) in cases { due.check(reference, events.map(\.fact), &report) }
    checkReferrals(history, cases, &report)
    checkFigures(history.figures, cases, &report)
    for worker in history.workers { check(worker, &report) }
    checkTested(history, &report)
    return report
  }

  /// Checks the audits of these workers, which can be read to their ends only when all have stopped.
  public static func check(
    _ audits: [RunHistory.Audit], of workers: [String], _ report: inout TortureReport
  ) {
    for audit in audits {
      report.audited += audit.rows
      for fault in audit.faults { report.add(.brokenAudit, audit.worker, fault) }
    }
    for worker in workers where !audits.contains(where: { $0.worker == worker }) {
      report.add(.untested, worker, "there is no audit of it")
    }
    if report.acknowledged > 0, report.audited == 0 {
      report.add(.untested, "audits", "there is no row in any")
    }
  }

  /// So many kills or stops may all miss, where each process was away just then.
  static let missesLimit = 2

  /// Clients had answers, and faults happened.
  private static func checkTested(_ history: RunHistory, _ report: inout TortureReport) {
    if report.acknowledged == 0 {
      report.add(.untested, "applications", "none of \(report.attempted) was acknowledged")
    }
    for signal in [FaultPlan.Signal.kill, .stop] {
      let planned = history.planned[signal, default: 0]
      if planned > missesLimit, history.sent[signal, default: 0] == 0 {
        report.add(.untested, signal.rawValue, "none of \(planned) that were planned was sent")
      }
    }
  }

  /// A case of the log, and the application that it is about.
  private typealias Found = (
    reference: String, events: [RunHistory.Event], application: RunHistory.Application
  )

  /// Finds the applications in the log: those that were acknowledged once each, the others once at most.
  private static func match(_ history: RunHistory, _ report: inout TortureReport) -> [Found] {
    let applications = Dictionary(
      history.applications.map { ($0.submission.number, $0) }, uniquingKeysWith: { one, _ in one })
    var found: [Found] = []
    var references: [Int: [String]] = [:]
    for (reference, events) in byCase(history.events) {
      guard let number = events.lazy.compactMap(\.number).first,
        let application = applications[number]
      else {
        report.add(.unexpected, reference, "nobody submitted this application")
        continue
      }
      found.append((reference, events, application))
      if let other = references[number]?.first {
        report.add(.duplicated, reference, "application \(number) is also \(other)")
      }
      references[number, default: []].append(reference)
    }
    for application in history.applications {
      count(application, references[application.submission.number] ?? [], &report)
    }
    return found
  }

  /// The events of each case in their order, cases in the order of their first events.
  private static func byCase(
    _ events: [RunHistory.Event]
  ) -> [(reference: String, events: [RunHistory.Event])] {
    var cases: [(reference: String, events: [RunHistory.Event])] = []
    var places: [String: Int] = [:]
    for event in events {
      guard let key = try? EventKey(parsing: event.key), key.kind == .case else { continue }
      if let place = places[key.name] {
        cases[place].events.append(event)
      } else {
        places[key.name] = cases.count
        cases.append((key.name, [event]))
      }
    }
    return cases
  }

  /// - Parameter logged: the references under which the log has it.
  private static func count(
    _ application: RunHistory.Application, _ logged: [String], _ report: inout TortureReport
  ) {
    let place = "application \(application.submission.number)"
    report.attempted += 1
    for code in application.refusals { report.add(.refused, place, code) }
    guard let acknowledged = application.references.first else {
      if !logged.isEmpty { report.recovered += 1 }
      return
    }
    report.acknowledged += 1
    if application.references.count > 1 { report.repeated += 1 }
    if let other = application.references.first(where: { $0 != acknowledged }) {
      report.add(.wrong, place, "acknowledged as \(acknowledged), then as \(other)")
    }
    if logged.isEmpty {
      report.add(.lost, place, "acknowledged as \(acknowledged), and not in the log")
    } else if !logged.contains(acknowledged) {
      report.add(.wrong, place, "acknowledged as \(acknowledged), in the log as \(logged[0])")
    }
  }

  private static func check(_ worker: RunHistory.Worker, _ report: inout TortureReport) {
    if !worker.isSettled {
      report.add(.unsettled, worker.name, "it does not serve, or is behind")
    }
    if worker.parked > 0 {
      report.add(.parked, worker.name, "\(worker.parked) events are set aside")
    }
    if worker.uncertain > 0 {
      report.add(.uncertain, worker.name, "\(worker.uncertain) effects may have happened or not")
    }
  }
}

// MARK: - What came out

extension TortureChecker {
  /// One referral for each consent was handed over, and no other.
  private static func checkReferrals(
    _ history: RunHistory, _ cases: [Found], _ report: inout TortureReport
  ) {
    var counts: [RunHistory.Referral: Int] = [:]
    for referral in history.referrals { counts[referral, default: 0] += 1 }
    for (reference, _, application) in cases {
      let submission = application.submission
      for agency in submission.agencies {
        let referral = RunHistory.Referral(number: submission.number, agency: agency)
        let count = counts.removeValue(forKey: referral) ?? 0
        report.referred += count
        if count == 0 { report.add(.missing, reference, "no referral to \(agency) was sent") }
        if count > 1 { report.add(.duplicated, reference, "\(count) referrals to \(agency)") }
      }
    }
    let surplus = counts.values.reduce(0, +)
    if surplus > 0 {
      report.add(.unexpected, "support", "\(surplus) referrals that nobody consented to")
    }
  }

  private static func checkFigures(
    _ figures: RunHistory.Figures, _ cases: [Found], _ report: inout TortureReport
  ) {
    var truth = RunHistory.Figures()
    for (reference, events, _) in cases {
      truth.applications.append(reference)
      for event in events {
        switch event.fact {
        case .thresholdDecided(let met, _, _):
          report.decided += 1
          if !met { truth.thresholdNotMet.append(reference) }
        case .panelHeld:
          report.reviewed += 1
          truth.reviews.append(reference)
        case .recommendationMade: truth.reviewsWithRecommendations.append(reference)
        default: break
        }
      }
    }
    let parts: [(String, KeyPath<RunHistory.Figures, [String]>)] = [
      ("applications", \.applications), ("thresholdNotMet", \.thresholdNotMet),
      ("reviews", \.reviews), ("reviewsWithRecommendations", \.reviewsWithRecommendations),
    ]
    for (name, part) in parts where figures[keyPath: part].sorted() != truth[keyPath: part].sorted()
    {
      report.add(
        .wrongFigure, name,
        "\(figures[keyPath: part].count) reported, \(truth[keyPath: part].count) true")
    }
  }
}
