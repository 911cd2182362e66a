import CaseModel
import Testing

@testable import Torture

/// A run without mistakes passes; each kind of mistake is found, and named as what it is.
@Suite struct TortureCheckerTests {
  private let day = CalendarDate(daysSince1970: 20_000)

  /// What is found when the history is spoilt in this way.
  private func kinds(_ spoil: (inout RunHistory) -> Void) -> Set<Finding.Kind> {
    var history = Fixture.history
    spoil(&history)
    return Set(TortureChecker.check(history).findings.map(\.kind))
  }

  @Test func `a run in which all went well is as expected, and counted`() {
    let report = TortureChecker.check(Fixture.history)
    #expect(report.findings == [])
    #expect(report.isAsExpected)
    #expect(report.attempted == 4)
    #expect(report.acknowledged == 3)
    #expect(report.unknown == 1)
    #expect(report.recovered == 1)
    #expect(report.repeated == 1)
    #expect(report.decided == 3)
    #expect(report.reviewed == 2)
    #expect(report.referred == 3)
    #expect(report.events == Fixture.history.events.count)
  }

  @Test func `what was never answered may be missing altogether`() {
    let found = kinds { history in
      history.remove { $0.isOf(3) }
      history.figures.applications.removeLast()
    }
    #expect(found == [])
  }

  @Test func `what was never answered must be whole if it is there`() {
    #expect(kinds { $0.remove { $0.says("Complaint 2", of: 3) } } == [.missing, .outOfOrder])
  }

  @Test func `an acknowledged application that is gone is lost`() {
    let found = kinds { history in
      history.remove { $0.isOf(1) }
      history.figures.applications.removeAll { $0 == Fixture.reference(1) }
      history.figures.reviews.removeAll { $0 == Fixture.reference(1) }
    }
    #expect(found == [.lost])
  }

  @Test func `an application that has two cases is duplicated`() {
    let found = kinds { history in
      let again = history.events.filter { $0.isOf(3) }
      for event in again { history.add(event.fact, by: event.producer, to: 9) }
      for notice in history.notices where notice.reference == Fixture.reference(3) {
        history.add(notice.kind, to: 9, reader: notice.reader)
      }
      history.renumberApplication(from: 9, to: 3)
      history.figures.applications.append(Fixture.reference(9))
    }
    #expect(found == [.duplicated])
  }

  @Test func `a case that nobody applied for is unexpected`() {
    let found = kinds { history in
      history.add(.applicationReceived(on: day, area: "area", complaints: 1), by: "intake", to: 9)
    }
    #expect(found == [.unexpected])
  }

  @Test func `another reference at the second time is wrong`() {
    #expect(kinds { $0.applications[0].references[1] = Fixture.reference(8) } == [.wrong])
  }

  @Test func `another reference than the log's is wrong`() {
    #expect(kinds { $0.applications[1].references = [Fixture.reference(8)] } == [.wrong])
  }

  @Test(arguments: [
    ("Threshold decided", 2), ("Review opened", 0), ("Panel held", 1), ("Recommendation 1", 0),
    ("Referred to victim-support", 2), ("Threshold assessed", 1), ("Support offered", 1),
    ("Consent given: SUPPORT", 2), ("police must be told", 0),
  ])
  func `a fact that is there twice is found`(line: String, number: Int) throws {
    var history = Fixture.history
    let event = try #require(history.events.last { $0.says(line, of: number) })
    history.add(event.fact, by: event.producer, to: number)
    #expect(TortureChecker.check(history).count(.duplicated) == 1)
  }

  @Test(arguments: [
    ("Threshold decided", 2), ("Review opened", 0), ("Panel held", 1), ("Recommendation 1", 0),
    ("Referred to victim-support", 2), ("Threshold assessed", 1), ("Support offered", 1),
    ("Complaint 2", 1), ("Consent given: SHARE", 2), ("police must be told", 0),
  ])
  func `a fact that is missing is found`(line: String, number: Int) {
    let found = kinds { $0.remove { $0.says(line, of: number) } }
    #expect(found.contains(.missing))
  }

  @Test(arguments: [
    ("Threshold assessed", "Complaint 3", 0), ("Threshold decided", "Threshold assessed", 1),
    ("Review opened", "Threshold decided", 0), ("Panel held", "Review opened", 1),
    ("Recommendation 1", "Panel held", 0), ("Support offered", "Threshold assessed", 1),
    ("Referred to", "Threshold assessed", 2), ("Consent given", "Application received", 2),
  ])
  func `a fact before what it follows from is out of order`(
    line: String, cause: String, number: Int
  ) {
    let found = kinds { history in
      history.move({ $0.says(line, of: number) }, before: { $0.says(cause, of: number) })
    }
    #expect(found.contains(.outOfOrder))
  }

  @Test func `support is offered where consent came after the assessment`() {
    let late: (inout RunHistory) -> Void = { history in
      history.move(
        { $0.says("Threshold assessed", of: 2) },
        before: { $0.says("Consent given: SUPPORT", of: 2) })
    }
    #expect(kinds(late) == [.missing])
    let found = kinds { history in
      late(&history)
      history.add(.supportOffered(agencies: Fixture.agencies), by: "support", to: 2)
    }
    #expect(found == [])
  }

  @Test func `a decision that nobody asked for is found`() {
    let found = kinds { history in
      history.add(.thresholdDecided(met: true, clause: "s.104(4)", on: day), by: "threshold", to: 3)
    }
    #expect(found.contains(.duplicated))
  }

  @Test func `a decision that was never answered may be there or not`() {
    let there = kinds { $0.applications[2].decision = .unknown }
    #expect(there == [])
    let away = kinds { history in
      history.applications[2].decision = .unknown
      history.remove { $0.says("Threshold decided", of: 2) }
      history.notices.removeAll { $0.kind == .thresholdNotMet }
      history.figures.thresholdNotMet = []
    }
    #expect(away == [])
  }

  @Test func `a decision of the wrong kind is found`() {
    let found = kinds { history in
      history.remove { $0.says("Threshold decided", of: 2) }
      history.add(.thresholdDecided(met: true, clause: "s.104(4)", on: day), by: "threshold", to: 2)
      history.notices.removeAll { $0.kind == .thresholdNotMet }
      history.add(.thresholdMet, to: 2)
      history.figures.thresholdNotMet = []
    }
    #expect(found == [.wrong])
  }

  @Test func `an event that cannot be read is found`() {
    #expect(kinds { $0.add(.unreadable(type: "a.B"), by: "panel", to: 0) } == [.wrong])
  }

  @Test func `a refused command is found`() {
    #expect(kinds { $0.applications[0].refusals = ["must-be-met"] } == [.refused])
  }
}

extension RunHistory {
  /// Makes the case of one number a case of another application.
  fileprivate mutating func renumberApplication(from: Int, to: Int) {
    events = events.map { event in
      Event(
        position: event.position, producer: event.producer, sequence: event.sequence,
        key: event.key, fact: event.fact, number: event.number == from ? to : event.number)
    }
  }
}
