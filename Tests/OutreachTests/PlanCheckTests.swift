import Messages
import SwiftProtobuf
import Testing

@testable import Outreach

@Suite struct PlanCheckTests {
  struct Wrong: Sendable, CustomTestStringConvertible {
    let code: String
    let path: String
    let change: @Sendable (inout OutreachPlan) -> Void
    var testDescription: String { "\(code) at \(path)" }

    init(_ code: String, _ path: String, _ change: @escaping @Sendable (inout OutreachPlan) -> Void)
    {
      self.code = code
      self.path = path
      self.change = change
    }
  }

  private static let plan = PlanFixture.plan(
    [PlanFixture.activity("one"), PlanFixture.activity("two")],
    events: [PlanFixture.event([PlanFixture.guest("a"), PlanFixture.guest("b")])],
    distributions: [PlanFixture.distribution()])

  @Test func `a plan that makes sense is let through`() throws {
    try PlanCheck.check(Self.plan.record)
    #expect(OutreachPlan(Self.plan.record) == Self.plan)
  }

  static let wrongs = [
    Wrong("missing", "title") { $0.title = "" },
    Wrong("unexpected", "id") { $0.id = "No Id" },
    Wrong("missing", "activities[1].channel") { $0.activities[1].channel = .unspecified },
    Wrong("unexpected", "activities[0].date") { $0.activities[0].date = "soon" },
    Wrong("unexpected", "activities[0].cost") { $0.activities[0].costPence = .max },
    Wrong("missing", "activities[0].owner.organisation") { $0.activities[0].owner.role = "Lead" },
    Wrong("twice", "activities[1].id") { $0.activities[1].id = "one" },
    Wrong("unknown-campaign", "activities[0].campaign") { $0.activities[0].campaign = "other" },
    Wrong("unknown-activity", "events[0].activity") { $0.events[0].activity = "three" },
    Wrong("unknown-activity", "distributions[0].activity") {
      $0.distributions[0].activity = "three"
    },
    Wrong("order", "events[0].ends") { $0.events[0].ends = "10:00" },
    Wrong("missing", "events[0].date") { $0.events[0].date = "" },
    Wrong("missing", "events[0].begins") {
      $0.events[0].begins = ""
      $0.events[0].ends = "11:00"
    },
    Wrong("twice", "events[0].guests[1].id") { $0.events[0].guests[1].id = "a" },
    Wrong("unexpected", "events[0].guests[0].mailbox") {
      $0.events[0].guests[0].mailbox = "somebody"
    },
    Wrong("order", "campaigns[0].to") {
      $0.campaigns[0].from = "2026-02-01"
      $0.campaigns[0].to = "2026-01-31"
    },
    Wrong("commitments", "pledges[0].commitments") {
      $0.pledges = [
        .with {
          $0.id = "pledge"
          $0.title = "The pledge"
          $0.scheme = .asbHelpPledge
        }
      ]
    },
    Wrong("too-many", "events[0].guests") { plan in
      plan.events[0].guests = (0...PlanLimits.entries).map { PlanFixture.guest("g\($0)") }
    },
  ]

  @Test(arguments: wrongs)
  func `what makes no sense is told with its place`(wrong: Wrong) throws {
    var plan = Self.plan
    wrong.change(&plan)
    let problem = try #require(throws: PlanProblem.self) { try PlanCheck.check(plan.record) }
    #expect(problem.code == wrong.code)
    #expect(problem.path == wrong.path)
  }
}
