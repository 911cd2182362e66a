import CaseModel
import Foundation
import Messages
import PanelRules
import SwiftProtobuf
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Panel

/// Bodies are reminded of what is waited for, and what is overdue can be found.
@Suite struct ReminderTests {
  let reference = Fixture.reference()

  private func held(_ body: (TestPlace) async throws -> Void) async throws {
    try await Fixture.place { place in
      try await place.announceDecided(reference)
      try await place.hold(reference)
      try await body(place)
    }
  }

  private func reminders(
    in place: TestPlace
  ) async throws -> [Recourse_Panel_V1_ReminderOwed] {
    try await place.events(Recourse_Panel_V1_ReminderOwed.self)
  }

  /// Lets days go by, one after the other.
  private func wait(_ days: Int, in place: TestPlace) async throws {
    for _ in 0..<days {
      place.clock.advance(by: Fixture.day)
      try await place.settle()
    }
  }

  @Test func `a body is reminded before the day, after it, and again, and then somebody above`()
    async throws
  {
    try await held { place in
      // 22 April is five working days before the last one.
      place.clock.advance(by: 36 * Fixture.day)
      try await place.settle()
      #expect(try await reminders(in: place).isEmpty)
      try await wait(1, in: place)
      let early = try await reminders(in: place)
      #expect(early.map(\.overdue) == [false] && early.map(\.dueOn) == [Fixture.answerDueOn])
      #expect(try await place.followUps(overdue: true).followUps.isEmpty)
      try await wait(7, in: place)
      #expect(try await reminders(in: place).count == 1)
      try await wait(1, in: place)
      let late = try await reminders(in: place)
      #expect(late.map(\.overdue) == [false, true] && late.map(\.number) == [1, 2])
      #expect(
        late.map(\.escalates) == [false, false] && late.map(\.awaited) == [.answer, .answer])
      let listed = try #require(try await place.followUps(overdue: true).followUps.first)
      #expect(listed.caseReference == reference.description && listed.overdue)
      #expect(listed.reminders == 2 && listed.body == Fixture.council)
      #expect(try await place.followUp(reference).overdue)
      // Ten working days later; 4 May is a bank holiday.
      try await wait(14, in: place)
      #expect(try await reminders(in: place).count == 2)
      try await wait(1, in: place)
      #expect(try await reminders(in: place).last?.escalates == true)
    }
  }

  @Test func `reminders end, and it stays overdue`() async throws {
    try await held { place in
      for _ in 0..<30 {
        place.clock.advance(by: 10 * Fixture.day)
        try await place.settle()
      }
      let all = try await reminders(in: place)
      #expect(all.filter(\.overdue).count == ReminderPlan.overdueLimit)
      #expect(try await place.followUps(overdue: true).followUps.count == 1)
    }
  }

  @Test func `an answer ends its reminders, and what was accepted is watched in its place`()
    async throws
  {
    try await held { place in
      place.clock.advance(by: 45 * Fixture.day)
      try await place.settle()
      #expect(try await reminders(in: place).map(\.overdue) == [true])
      try await place.answer(reference) { $0.doBy = "2026-05-15" }
      #expect(try await place.followUps(overdue: true).followUps.isEmpty)
      #expect(try await place.followUp(reference).reminders == 0)
      place.clock.advance(by: 16 * Fixture.day)
      try await place.settle()
      let all = try await reminders(in: place)
      #expect(all.map(\.awaited) == [.answer, .action] && all.last?.dueOn == "2026-05-15")
      try await place.report(reference)
      for _ in 0..<6 {
        place.clock.advance(by: 30 * Fixture.day)
        try await place.settle()
      }
      #expect(try await reminders(in: place).count == 2)
      #expect(try await place.followUps().followUps.isEmpty)
    }
  }

  @Test func `that something is under way does not stop its reminders`() async throws {
    try await held { place in
      try await place.answer(reference) { $0.doBy = "2026-03-31" }
      try await place.report(reference) {
        $0.action = .underWay
        $0.text = "Ordered"
        $0.evidence = ""
      }
      place.clock.advance(by: 16 * Fixture.day)
      try await place.settle()
      #expect(try await reminders(in: place).map(\.overdue) == [true])
    }
  }

  @Test func `what earlier rounds recommended stands, and is answered by its round`() async throws {
    try await held { place in
      try await place.announceAppeal(reference, on: Fixture.decidedOn)
      let again = try await place.review(reference)
      #expect(again.recommendations.isEmpty)
      #expect(again.earlierRecommendations.map(\.text) == ["Visit weekly"])
      #expect(again.earlierRecommendations.map(\.followUp.awaited) == [.answer])
      // The newest round in which the panel met, while the next has not.
      try await place.answer(reference)
      try await place.hold(reference) { $0.recommendations[0].text = "Change the locks" }
      let both = try await place.review(reference)
      #expect(both.recommendations.map(\.text) == ["Change the locks"])
      #expect(both.recommendations.map(\.followUp.round) == [2])
      #expect(both.recommendations.map(\.followUp.answer) == [.unspecified])
      #expect(both.earlierRecommendations.map(\.followUp.answer) == [.accepted])
      try await place.report(reference) { $0.round = 1 }
      #expect(
        try await place.review(reference).earlierRecommendations.map(\.followUp.action) == [.done])
      #expect(try await place.followUps().followUps.map(\.round) == [2])
    }
  }

  @Test func `what is waited for is listed by its day, of one body or of all`() async throws {
    try await held { place in
      let other = Fixture.reference(2)
      try await place.announceDecided(other)
      try await place.hold(other) {
        $0.recommendations[0].body = Fixture.police
        $0.recommendations.append(
          .with {
            $0.body = Fixture.council
            $0.text = "Mend the light"
          })
      }
      try await place.answer(other) { $0.doBy = "2026-04-01" }
      let all = try await place.followUps().followUps
      #expect(all.map(\.dueOn) == ["2026-04-01", Fixture.answerDueOn, Fixture.answerDueOn])
      #expect(all.first?.body == Fixture.police && all.first?.awaited == .action)
      #expect(try await place.followUps(body: Fixture.police).followUps.count == 1)
      #expect(try await place.followUps(body: Fixture.council).followUps.count == 2)
      #expect(try await place.followUps(body: "nobody").followUps.isEmpty)
    }
  }

  @Test func `a list says when it is not all`() async throws {
    try await Fixture.place { place in
      for seed in 1...6 {
        let reference = Fixture.reference(UInt64(seed))
        try await place.announceDecided(reference)
        try await place.hold(reference) {
          $0.recommendations = (0..<100).map { number in
            .with {
              $0.body = Fixture.council
              $0.text = "Number \(number)"
            }
          }
        }
      }
      let listed = try await place.followUps()
      #expect(listed.followUps.count == ListFollowUps.limit && listed.more)
    }
  }
}
