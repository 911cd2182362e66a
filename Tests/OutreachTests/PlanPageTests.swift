import Foundation
import GRPCCore
import Messages
import SwiftProtobuf
import Testing
import WorkerKitTesting

@testable import Outreach
@testable import WorkerKit

/// A plan that is larger than an answer may be.
@Suite(.timeLimit(.minutes(1))) struct PlanPageTests {
  private static let plan = PlanFixture.plan(
    (1...7).map { PlanFixture.activity("activity-\($0)") },
    events: [PlanFixture.event((1...9).map { PlanFixture.guest("guest-\($0)") })],
    distributions: [PlanFixture.distribution()])

  @Test(arguments: [1, 400, 900, 3_000, 1_000_000])
  func `the parts of a plan are the whole plan, each entry once`(bytes: Int) throws {
    var parts: [OutreachPlan] = []
    var before: Int? = 0
    while let count = before {
      let page = try PlanPage(of: Self.plan, after: count, bytesLimit: bytes)
      parts.append(page.plan)
      before = page.next
      try #require(parts.count <= 10)
    }
    var whole = parts[0]
    for part in parts.dropFirst() {
      #expect(part.title == whole.title)
      whole.campaigns += part.campaigns
      whole.activities += part.activities
      whole.events += part.events
      whole.distributions += part.distributions
      whole.pledges += part.pledges
    }
    #expect(whole == Self.plan)
    #expect(bytes > 1 || parts.count == 10, "an entry is a part, however large it is")
    #expect(bytes < 1_000_000 || parts.count == 1)
  }

  /// 40 events with 480 guests each, who are named as shortly as they can be.
  private static var huge: OutreachPlan {
    PlanFixture.plan(
      events: (1...40).map { number in
        .with {
          $0.id = "event-with-a-name-as-long-as-an-id-may-be-\(number + 1_000)"
          $0.title = "T"
          $0.date = "2026-07-10"
          $0.guests = (1...480).map { guest in
            .with {
              $0.id = String(guest, radix: 36)
              $0.organisation = "O"
            }
          }
        }
      })
  }

  @Test func `a plan whose guests need more than an answer is read by pages`() async throws {
    let now = Date(timeIntervalSince1970: 1_782_810_000)  // 30 June 2026, 9:00 UTC
    try await TestPlace.with([try OutreachPlugin.worker()], now: now) { place in
      let outreach = OutreachClient(wrapping: place.client)
      _ = try await outreach.importPlan(.with { $0.plan = Self.huge })
      var pages = [try await outreach.getPlan(.init())]
      while let next = pages.last?.nextPage, !next.isEmpty {
        pages.append(try await outreach.getPlan(.with { $0.page = next }))
      }
      #expect(pages.count > 1)
      #expect(pages.flatMap(\.plan.events) == Self.huge.events)
      #expect(pages.map(\.findings.count).reduce(0, +) == 19_200, "nobody is invited yet")

      let second = pages[0].nextPage
      _ = try await outreach.importPlan(
        .with {
          $0.plan = Self.huge
          $0.plan.title = "Another title"
        })
      for (page, code) in [(second, "plan-changed"), ("there", "unexpected")] {
        let error = try await #require(throws: RPCError.self) {
          _ = try await outreach.getPlan(.with { $0.page = page })
        }
        #expect(Refusal(error)?.code == code)
      }
    }
  }
}
