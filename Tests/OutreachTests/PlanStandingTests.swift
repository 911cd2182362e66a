import Messages
import SwiftProtobuf
import Testing
import WorkerKit

@testable import Outreach

@Suite struct PlanStandingTests {
  private static let today = CalendarDate(daysSince1970: 20_634)  // 30 June 2026

  private func findings(_ plan: OutreachPlan) -> [String] {
    PlanStanding(plan: plan, today: Self.today).findings.map { finding in
      "\(finding.kind) \(finding.id)\(finding.part.isEmpty ? "" : " \(finding.part)")"
    }
  }

  @Test(arguments: [
    ("2026-06-29", ["late drop-in"]), ("2026-06-30", ["due drop-in"]),
    ("2026-07-14", ["due drop-in"]), ("2026-07-15", []), ("", []),
  ])
  func `an approved activity is due for two weeks, and late after its day`(
    date: String, expected: [String]
  ) {
    let activity = PlanFixture.activity(date: date, approved: "2026-06-01")
    #expect(findings(PlanFixture.plan([activity])) == expected)
  }

  @Test func `what nobody has approved waits, and what was held needs nothing`() {
    let waiting = PlanFixture.activity("one", date: "")
    let held = PlanFixture.activity("two", date: "2026-06-01", held: "2026-06-01")
    #expect(findings(PlanFixture.plan([waiting, held])) == ["waitsForApproval one"])
  }

  @Test func `guests of an event to come are looked after`() {
    var answered = PlanFixture.guest("d", invited: "2026-06-20", sequence: 1)
    answered.answer = .declined
    var gone = PlanFixture.guest("e", invited: "2026-06-20", sequence: 0)
    gone.cancelledOn = "2026-06-21"
    let guests = [
      PlanFixture.guest("a"), PlanFixture.guest("b", invited: "2026-06-20", sequence: 0),
      PlanFixture.guest("c", invited: "2026-06-20", sequence: 1), answered, gone,
    ]
    var event = PlanFixture.event(guests, uid: "u", sequence: 1)
    #expect(
      findings(PlanFixture.plan(events: [event]))
        == ["notInvited launch a", "invitationOutdated launch b", "notAnswered launch c"])
    event.date = "2026-06-29"
    #expect(findings(PlanFixture.plan(events: [event])).isEmpty)
    event.date = "2026-07-10"
    event.cancelledOn = "2026-06-22"
    #expect(findings(PlanFixture.plan(events: [event])).isEmpty)
  }

  @Test func `what is handed out is late until it is done`() {
    var posters = PlanFixture.distribution(date: "2026-06-29")
    #expect(findings(PlanFixture.plan(distributions: [posters])) == ["late posters"])
    posters.distributedOn = "2026-06-30"
    #expect(findings(PlanFixture.plan(distributions: [posters])).isEmpty)
  }

  @Test(arguments: [
    ("2026-06-29", ["renewalLate pledge"]), ("2026-09-28", ["renewalDue pledge"]),
    ("2026-09-29", []), ("", []),
  ])
  func `the renewal of a pledge is due for ninety days`(renewBy: String, expected: [String]) {
    let pledge = OutreachPledge.with {
      $0.id = "pledge"
      $0.title = "The pledge"
      $0.renewBy = renewBy
    }
    #expect(findings(PlanFixture.plan(pledges: [pledge])) == expected)
  }

  @Test func `a commitment needs evidence`() {
    let pledge = OutreachPledge.with {
      $0.id = "pledge"
      $0.commitments = [
        .with { $0.id = "promote" },
        .with {
          $0.id = "ensure"
          $0.evidence = [.with { $0.says = "Easy read on the page" }]
        },
      ]
    }
    #expect(findings(PlanFixture.plan(pledges: [pledge])) == ["noEvidence pledge promote"])
  }
}
