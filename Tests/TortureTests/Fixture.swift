import CaseModel

@testable import Torture

/// The history of a run in which everything went as it must; tests spoil it.
enum Fixture {
  static let bodies = ["council", "police"]
  static let agencies = ["victim-support", "victim-care-unit"]

  /// Four applications: one reviewed with a recommendation, one reviewed without, one not met, and one that
  /// was never answered and is in the log all the same.
  static var history: RunHistory {
    var history = RunHistory()
    history.bodies = bodies
    history.applications = [
      application(
        Submission(
          number: 0, complaints: 3, agencies: agencies, meeting: .withRecommendation,
          isRepeated: true), decision: .acknowledged, meeting: .acknowledged),
      application(
        Submission(
          number: 1, complaints: 4, agencies: [], meeting: .withoutRecommendation),
        decision: .acknowledged, meeting: .acknowledged),
      application(
        Submission(number: 2, complaints: 1, agencies: ["victim-support"], meeting: .none),
        decision: .acknowledged),
      application(
        Submission(number: 3, complaints: 3, agencies: [], meeting: .none), isAcknowledged: false),
    ]
    for application in history.applications { history.append(application) }
    history.figures.applications = (0..<4).map(reference)
    history.figures.thresholdNotMet = [reference(2)]
    history.figures.reviews = [reference(0), reference(1)]
    history.figures.reviewsWithRecommendations = [reference(0)]
    history.workers = ["intake", "support"].map {
      RunHistory.Worker(name: $0, isSettled: true, parked: 0, uncertain: 0)
    }
    return history
  }

  static func reference(_ number: Int) -> String { "CASE-000\(number)" }

  private static func application(
    _ submission: Submission, isAcknowledged: Bool = true, decision: RunHistory.Answer = .notSent,
    meeting: RunHistory.Answer = .notSent
  ) -> RunHistory.Application {
    var application = RunHistory.Application(submission)
    if isAcknowledged {
      application.references = Array(
        repeating: reference(submission.number), count: submission.isRepeated ? 2 : 1)
    }
    application.decision = decision
    application.meeting = meeting
    return application
  }
}

extension RunHistory {
  /// Adds what follows from an application: its events and its referrals.
  fileprivate mutating func append(_ application: Application) {
    let submission = application.submission
    let day = CalendarDate(daysSince1970: 20_000)
    var facts: [(String, CaseEventFact)] = [
      ("intake", .applicationReceived(on: day, area: "area", complaints: submission.complaints))
    ]
    for index in 0..<submission.complaints {
      facts.append(("intake", .complaintRecorded(index: index, on: day, body: "council")))
    }
    facts.append(
      ("intake", .consentGiven(purpose: "SHARE_WITH_RELEVANT_BODIES", recipient: "")))
    for agency in submission.agencies {
      facts.append(("intake", .consentGiven(purpose: "SUPPORT_REFERRAL", recipient: agency)))
      referrals.append(Referral(number: submission.number, agency: agency))
    }
    facts += bodies.map { ("threshold", .notificationOwed(body: $0)) }
    facts.append(
      (
        "threshold",
        .thresholdAssessed(
          outcome: submission.isMet ? .met : .notMet, counted: submission.complaints, required: 3,
          on: day)
      ))
    facts += submission.agencies.map { ("support", .referralMade(agency: $0)) }
    if submission.agencies.isEmpty {
      facts.append(("support", .supportOffered(agencies: Fixture.agencies)))
    }
    if application.decision == .acknowledged {
      facts.append(
        ("threshold", .thresholdDecided(met: submission.isMet, clause: "s.104(4)", on: day)))
      if submission.isMet {
        facts.append(("panel", .reviewOpened(on: day, dueBy: day)))
        facts.append(("panel", .panelBlocked(bodies: bodies, dueBy: day)))
      }
    }
    if application.meeting == .acknowledged {
      let count = submission.meeting == .withRecommendation ? 1 : 0
      facts.append(("panel", .panelHeld(on: day, recommendations: count)))
      if count == 1 {
        facts.append(("panel", .recommendationMade(index: 0, body: "council", on: day)))
      }
    }
    for (worker, fact) in facts { add(fact, by: worker, to: submission.number) }
    add(.acknowledgement, to: submission.number)
    for body in bodies { add(.bodyNotification, to: submission.number, reader: body) }
    if application.decision == .acknowledged {
      add(submission.isMet ? .thresholdMet : .thresholdNotMet, to: submission.number)
    }
    guard application.meeting == .acknowledged else { return }
    add(.outcome, to: submission.number)
    if submission.meeting == .withRecommendation {
      add(.recommendation, to: submission.number, reader: "council")
    }
  }

  /// Adds a notice that was written.
  mutating func add(_ kind: Notice.Kind, to number: Int, reader: String = "applicant") {
    notices.append(Notice(reference: Fixture.reference(number), kind: kind, reader: reader))
  }

  /// Adds one event at the end of the log, with the position and the number that come next.
  mutating func add(_ fact: CaseEventFact, by worker: String, to number: Int) {
    var received: Int?
    if case .applicationReceived = fact { received = number }
    events.append(
      Event(
        position: (events.last?.position ?? 0) + 1, producer: worker,
        sequence: UInt64(events.count { $0.producer == worker } + 1),
        key: "case/\(Fixture.reference(number))", fact: fact, number: received))
  }

  /// Takes out the events that match, as if they had never been, and numbers the others anew.
  mutating func remove(where matches: (Event) -> Bool) {
    renumber(events.filter { !matches($0) })
  }

  /// Puts the last event that matches in front of the first that matches the other.
  mutating func move(
    _ matches: (Event) -> Bool, before other: (Event) -> Bool
  ) {
    guard let from = events.lastIndex(where: matches),
      let to = events.firstIndex(where: other)
    else { return }
    var moved = events
    moved.insert(moved.remove(at: from), at: to)
    renumber(moved)
  }

  private mutating func renumber(_ list: [Event]) {
    var sequences: [String: UInt64] = [:]
    events = list.enumerated().map { index, event in
      sequences[event.producer, default: 0] += 1
      return Event(
        position: UInt64(index + 1), producer: event.producer,
        sequence: sequences[event.producer, default: 0], key: event.key, fact: event.fact,
        number: event.number)
    }
  }

  /// Changes one event's place or number and nothing else.
  mutating func change(
    at index: Int, position: UInt64? = nil, sequence: UInt64? = nil
  ) {
    let event = events[index]
    events[index] = Event(
      position: position ?? event.position, producer: event.producer,
      sequence: sequence ?? event.sequence, key: event.key, fact: event.fact, number: event.number)
  }
}

extension RunHistory.Event {
  func isOf(_ number: Int) -> Bool { key == "case/\(Fixture.reference(number))" }

  /// True if the event's line in a timeline begins so.
  func says(_ beginning: String, of number: Int) -> Bool {
    isOf(number) && fact.line.hasPrefix(beginning)
  }
}
