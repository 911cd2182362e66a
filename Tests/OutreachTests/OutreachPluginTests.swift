import Foundation
import GRPCCore
import Messages
import PluginPackages
import SwiftProtobuf
import Testing
import WorkerKitTesting

@testable import Outreach
@testable import WorkerKit

@Suite("The plan, as the plugin keeps it", .timeLimit(.minutes(1)))
struct OutreachPluginTests {
  private static let now = Date(timeIntervalSince1970: 1_782_810_000)  // 30 June 2026, 9:00 UTC

  private func withPlugin(
    _ body: @Sendable (TestPlace, OutreachClient) async throws -> Void
  ) async throws {
    try await TestPlace.with([try OutreachPlugin.worker()], now: Self.now) { place in
      try await body(place, .init(wrapping: place.client))
    }
  }

  private func take(
    _ plan: OutreachPlan, _ outreach: OutreachClient,
    dryRun: Bool = false
  ) async throws -> [OutreachChange] {
    try await outreach.importPlan(
      .with {
        $0.plan = plan
        $0.dryRun = dryRun
      }
    ).changes
  }

  /// The code of what a call is refused with.
  private func refusal<Response>(_ call: () async throws -> Response) async throws -> String {
    let error = try await #require(throws: RPCError.self) { _ = try await call() }
    return try #require(Refusal(error)).code
  }

  private func events(_ place: TestPlace) async throws -> [String] {
    try await place.events(key: "plan/plan-2026").map(\.event.type)
  }

  @Test func `the manifest that is shipped asks for what the worker declares`() throws {
    let asks = try PluginManifest(parsing: OutreachPlugin.manifest).asks
    let worker = try OutreachPlugin.worker()
    #expect(asks == PluginAsks(own: worker.ownManifest(serving: try worker.serviceNames())))
  }

  @Test
  func `a plan that is taken in twice is there once, and what it says was held is announced once`()
    async throws
  {
    try await withPlugin { place, outreach in
      let plan = PlanFixture.plan(
        [PlanFixture.activity("one", held: "2026-06-02"), PlanFixture.activity("two")])
      #expect(try await take(plan, outreach, dryRun: true).count == 4)
      #expect(try await refusal { try await outreach.getPlan(.init()) } == "no-plan")
      #expect(try await take(plan, outreach).count == 4)
      #expect(try await take(plan, outreach).isEmpty)
      #expect(try await outreach.getPlan(.init()).plan == plan)
      try await place.settle()
      #expect(try await events(place) == [Recourse_Outreach_V1_ActivityHeld.protoMessageName])
    }
  }

  @Test func `what was announced is not announced again when it comes back after it was forgotten`()
    async throws
  {
    try await withPlugin { place, outreach in
      var handedOut = PlanFixture.distribution()
      handedOut.distributed = 250
      handedOut.distributedOn = "2026-06-03"
      let plan = PlanFixture.plan(
        [PlanFixture.activity("one", held: "2026-06-02")], distributions: [handedOut])
      _ = try await take(plan, outreach)
      let empty = PlanFixture.plan()
      let pruned = try await outreach.importPlan(
        .with {
          $0.plan = empty
          $0.prune = true
        })
      #expect(pruned.changes.map(\.kind) == [.removed, .removed])
      #expect(try await take(plan, outreach).count == 2)
      // The same activity on another day is another fact.
      _ = try await outreach.importPlan(
        .with {
          $0.plan = empty
          $0.prune = true
        })
      let later = PlanFixture.plan([PlanFixture.activity("one", held: "2026-06-09")])
      _ = try await take(later, outreach)
      try await place.settle()
      #expect(
        try await events(place) == [
          Recourse_Outreach_V1_ActivityHeld.protoMessageName,
          Recourse_Outreach_V1_MaterialDistributed.protoMessageName,
          Recourse_Outreach_V1_ActivityHeld.protoMessageName,
        ])
    }
  }

  @Test func `what happens to an activity is kept through an import, and announced`() async throws {
    try await withPlugin { place, outreach in
      let plan = PlanFixture.plan(
        [PlanFixture.activity()], distributions: [PlanFixture.distribution()])
      _ = try await take(plan, outreach)
      _ = try await outreach.approveActivity(
        .with {
          $0.activity = "drop-in"
          $0.by.organisation = "A Council"
          $0.by.role = "Head of Communications"
        })
      let held = try await outreach.holdActivity(
        .with {
          $0.activity = "drop-in"
          $0.on = "2026-06-29"
        })
      #expect(held.on == "2026-06-29")
      _ = try await outreach.distribute(.with { $0.distribution = "posters" })
      #expect(try await take(plan, outreach).isEmpty)
      let now = try await outreach.getPlan(.init()).plan
      #expect(now.activities[0].approval.on == "2026-06-30")
      #expect(now.activities[0].heldOn == "2026-06-29")
      #expect(now.distributions[0].distributed == 250)
      try await place.settle()
      #expect(
        try await events(place) == [
          Recourse_Outreach_V1_ActivityHeld.protoMessageName,
          Recourse_Outreach_V1_MaterialDistributed.protoMessageName,
        ])
    }
  }

  @Test func `a command that makes no sense is refused and changes nothing`() async throws {
    try await withPlugin { _, outreach in
      let plan = PlanFixture.plan([PlanFixture.activity(approved: "2026-06-01")])
      _ = try await take(plan, outreach)
      var wrong = plan
      wrong.activities[0].date = "soon"
      let unexpected = wrong
      #expect(try await refusal { try await take(unexpected, outreach) } == "unexpected")
      let by = Recourse_Outreach_V1_Party.with {
        $0.organisation = "A Council"
        $0.role = "Lead"
      }
      let approve = Recourse_Outreach_V1_ApproveActivityRequest.with {
        $0.activity = "drop-in"
        $0.by = by
      }
      #expect(
        try await refusal { try await outreach.approveActivity(approve) } == "already-approved")
      let nobody = Recourse_Outreach_V1_ApproveActivityRequest.with { $0.activity = "drop-in" }
      #expect(try await refusal { try await outreach.approveActivity(nobody) } == "missing")
      let other = Recourse_Outreach_V1_HoldActivityRequest.with { $0.activity = "other" }
      #expect(try await refusal { try await outreach.holdActivity(other) } == "unknown-activity")
      let tomorrow = Recourse_Outreach_V1_HoldActivityRequest.with {
        $0.activity = "drop-in"
        $0.on = "2026-07-01"
      }
      #expect(try await refusal { try await outreach.holdActivity(tomorrow) } == "day-to-come")
      let ahead = Recourse_Outreach_V1_AddActivityRequest.with {
        $0.activity = PlanFixture.activity("ahead", held: "2026-07-01")
      }
      #expect(try await refusal { try await outreach.addActivity(ahead) } == "day-to-come")
      let twice = Recourse_Outreach_V1_AddActivityRequest.with {
        $0.activity = PlanFixture.activity()
      }
      #expect(try await refusal { try await outreach.addActivity(twice) } == "twice")
      #expect(try await outreach.getPlan(.init()).plan == plan)
    }
  }

  @Test func `a file that says of a day to come what happened on it is refused whole`() async throws
  {
    try await withPlugin { place, outreach in
      var handedOut = PlanFixture.distribution()
      handedOut.distributed = 250
      handedOut.distributedOn = "2026-07-01"
      for plan in [
        PlanFixture.plan([PlanFixture.activity(held: "2026-07-01")]),
        PlanFixture.plan(distributions: [handedOut]),
      ] {
        for dryRun in [true, false] {
          let code = try await refusal { try await take(plan, outreach, dryRun: dryRun) }
          #expect(code == "day-to-come")
        }
      }
      #expect(try await refusal { try await outreach.getPlan(.init()) } == "no-plan")
      try await place.settle()
      #expect(try await events(place).isEmpty)
      #expect(
        try await take(PlanFixture.plan([PlanFixture.activity(held: "2026-06-30")]), outreach)
          .isEmpty == false)
    }
  }

  @Test func `a command under one key is carried out once`() async throws {
    try await withPlugin { _, outreach in
      _ = try await take(PlanFixture.plan(), outreach)
      let request = Recourse_Outreach_V1_AddActivityRequest.with {
        $0.activity = PlanFixture.activity()
        $0.idempotencyKey = "a-key"
      }
      let first = try await outreach.addActivity(request)
      let second = try await outreach.addActivity(request)
      #expect(!first.repeated)
      #expect(second.repeated)
      #expect(try await outreach.getPlan(.init()).plan.activities.count == 1)
    }
  }

  @Test func `a plan has a size, and there are so many plans`() async throws {
    try await withPlugin { _, outreach in
      var large = PlanFixture.plan()
      large.activities = (0..<PlanLimits.entries).map { number in
        var activity = PlanFixture.activity("a\(number)")
        activity.notes = String(repeating: "n", count: PlanLimits.textBytes)
        activity.audience = activity.notes
        activity.asset = activity.notes
        return activity
      }
      let tooLarge = large
      #expect(try await refusal { try await take(tooLarge, outreach) } == "too-large")
      for number in 0..<PlanLimits.plans {
        var plan = PlanFixture.plan()
        plan.id = "plan-\(number)"
        _ = try await take(plan, outreach)
      }
      let oneMore = PlanFixture.plan()
      #expect(try await refusal { try await take(oneMore, outreach) } == "too-many-plans")
      #expect(try await refusal { try await outreach.getPlan(.init()) } == "which-plan")
      let named = Recourse_Outreach_V1_GetPlanRequest.with { $0.plan = "plan-7" }
      #expect(try await outreach.getPlan(named).plan.id == "plan-7")
      let none = Recourse_Outreach_V1_GetPlanRequest.with { $0.plan = "other" }
      #expect(try await refusal { try await outreach.getPlan(none) } == "unknown-plan")
    }
  }

  @Test func `what a plan no longer has is kept up to a bound, and goes where that is asked for`()
    async throws
  {
    try await withPlugin { _, outreach in
      for round in 0...(PlanLimits.gone / PlanLimits.entries) {
        _ = try await take(campaigns(of: round), outreach)
      }
      let last = campaigns(of: PlanLimits.gone)
      #expect(try await refusal { try await take(last, outreach) } == "too-many-gone")
      #expect(try await outreach.getPlan(.init()).gone.count == PlanLimits.gone)
      let pruned = try await outreach.importPlan(
        .with {
          $0.plan = last
          $0.prune = true
        })
      #expect(
        pruned.changes.filter { $0.kind == .removed }.count == PlanLimits.gone + PlanLimits.entries)
      #expect(try await outreach.getPlan(.init()).gone.isEmpty)
    }
  }

  /// As many campaigns as a plan may have, each time others.
  private func campaigns(of round: Int) -> OutreachPlan {
    var plan = PlanFixture.plan()
    plan.campaigns = (0..<PlanLimits.entries).map { number in
      .with {
        $0.id = "c\(round)-\(number)"
        $0.title = "A campaign"
      }
    }
    return plan
  }
}
