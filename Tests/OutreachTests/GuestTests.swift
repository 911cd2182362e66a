import Foundation
import GRPCCore
import Messages
import SwiftProtobuf
import Testing
import WorkerKitTesting

@testable import Outreach
@testable import WorkerKit

@Suite("Guests of an event", .timeLimit(.minutes(1)))
struct GuestTests {
  private static let now = Date(timeIntervalSince1970: 1_782_810_000)  // 30 June 2026, 9:00 UTC
  private static let plan = PlanFixture.plan(
    events: [
      PlanFixture.event([
        PlanFixture.guest("a", mailbox: "team@a.example"), PlanFixture.guest("b"),
      ])
    ])

  private func withPlan(
    _ plan: OutreachPlan = plan,
    _ body: @Sendable (TestPlace, OutreachClient) async throws -> Void
  ) async throws {
    try await TestPlace.with([try OutreachPlugin.worker()], now: Self.now) { place in
      let outreach = OutreachClient(wrapping: place.client)
      _ = try await outreach.importPlan(.with { $0.plan = plan })
      try await body(place, outreach)
    }
  }

  private func invite(
    _ outreach: OutreachClient, _ guests: [String] = []
  ) async throws -> Recourse_Outreach_V1_InviteResponse {
    try await outreach.invite(
      .with {
        $0.event = "launch"
        $0.guests = guests
      })
  }

  private func cancel(
    _ outreach: OutreachClient, _ guests: [String] = []
  ) async throws -> Recourse_Outreach_V1_InviteResponse {
    try await outreach.cancelInvitations(
      .with {
        $0.event = "launch"
        $0.guests = guests
      })
  }

  private func refusal<Response>(_ call: () async throws -> Response) async throws -> String {
    let error = try await #require(throws: RPCError.self) { _ = try await call() }
    return try #require(Refusal(error)).code
  }

  /// Lines of a file that was written for a guest.
  private func lines(
    of guest: String, in response: Recourse_Outreach_V1_InviteResponse, _ place: TestPlace
  ) async throws -> [String] {
    try await place.settle()
    let file = try #require(response.files.first { $0.guest == guest })
    let text = try String(
      contentsOf: place.outputDirectory.appending(path: file.name), encoding: .utf8)
    return text.replacing("\r\n ", with: "").split(separator: "\r\n").map(String.init)
  }

  private func guests(
    _ outreach: OutreachClient
  ) async throws -> [OutreachGuest] {
    try await outreach.getPlan(.init()).plan.events[0].guests
  }

  @Test func `every guest is invited once, by a file of their own`() async throws {
    try await withPlan { place, outreach in
      let invited = try await invite(outreach)
      #expect(invited.files.map(\.guest) == ["a", "b"])
      let lines = try await lines(of: "a", in: invited, place)
      #expect(lines.contains("METHOD:REQUEST"))
      #expect(lines.contains("SEQUENCE:0"))
      #expect(lines.contains { $0.hasSuffix(":mailto:team@a.example") })
      #expect(try await invite(outreach).files.isEmpty)
    }
  }

  @Test func `what is changed is told under a higher number, and old answers to it are dropped`()
    async throws
  {
    try await withPlan { place, outreach in
      let first = try await lines(of: "a", in: invite(outreach), place)
      _ = try await outreach.recordAnswer(
        .with {
          $0.event = "launch"
          $0.guest = "a"
          $0.answer = .accepted
        })
      var moved = Self.plan
      moved.events[0].begins = "14:00"
      let plan = moved
      _ = try await outreach.importPlan(.with { $0.plan = plan })
      #expect(try await guests(outreach)[0].answer == .accepted)
      let second = try await lines(of: "a", in: invite(outreach), place)
      #expect(second.contains("SEQUENCE:1"))
      #expect(second.contains("DTSTART;TZID=Europe/London:20260710T140000"))
      #expect(first.first { $0.hasPrefix("UID:") } == second.first { $0.hasPrefix("UID:") })
      #expect(try await guests(outreach)[0].answer == .unspecified)
    }
  }

  @Test func `an answer by a mail program finds its event and its guest`() async throws {
    try await withPlan { place, outreach in
      let lines = try await lines(of: "b", in: invite(outreach), place)
      let uid = try #require(lines.first { $0.hasPrefix("UID:") })
      let attendee = try #require(lines.first { $0.hasPrefix("ATTENDEE") })
        .replacing("PARTSTAT=NEEDS-ACTION", with: "PARTSTAT=TENTATIVE")
      let file = ["BEGIN:VCALENDAR", "METHOD:REPLY", "BEGIN:VEVENT", uid, "SEQUENCE:0", attendee]
      let reply = try CalendarReply(
        parsing: (file + ["END:VEVENT", "END:VCALENDAR"]).joined(separator: "\r\n"))
      let answered = try await outreach.recordAnswer(
        .with {
          $0.uid = reply.uid
          $0.attendee = reply.attendee
          $0.sequence = UInt32(reply.sequence)
          $0.answer = reply.answer
        })
      #expect(answered.guest == "b")
      #expect(try await guests(outreach)[1].answer == .tentative)
    }
  }

  @Test func `an answer to what no longer holds, or by nobody that is known, is refused`()
    async throws
  {
    try await withPlan { place, outreach in
      let lines = try await lines(of: "a", in: invite(outreach), place)
      let uid = String(try #require(lines.first { $0.hasPrefix("UID:") }).dropFirst(4))
      let answer = Recourse_Outreach_V1_RecordAnswerRequest.with {
        $0.uid = uid
        $0.attendee = "mailto:somebody@else.example"
        $0.answer = .accepted
      }
      #expect(try await refusal { try await outreach.recordAnswer(answer) } == "which-guest")
      var moved = Self.plan
      moved.events[0].place = "Library"
      let plan = moved
      _ = try await outreach.importPlan(.with { $0.plan = plan })
      _ = try await invite(outreach)
      let old = Recourse_Outreach_V1_RecordAnswerRequest.with {
        $0.uid = uid
        $0.attendee = "MAILTO:team@a.example"
        $0.sequence = 0
        $0.answer = .accepted
      }
      #expect(try await refusal { try await outreach.recordAnswer(old) } == "old-answer")
      let strange = Recourse_Outreach_V1_RecordAnswerRequest.with {
        $0.uid = "other"
        $0.answer = .accepted
      }
      #expect(try await refusal { try await outreach.recordAnswer(strange) } == "unknown-event")
    }
  }

  @Test func `an answer to an event that two plans have is taken by the plan that is named`()
    async throws
  {
    try await withPlan { place, outreach in
      let lines = try await lines(of: "a", in: invite(outreach), place)
      let uid = String(try #require(lines.first { $0.hasPrefix("UID:") }).dropFirst(4))
      // What was exported is taken in once more, as the plan of another year.
      var copy = try await outreach.getPlan(.init()).plan
      copy.id = "plan-2025"
      let other = copy
      _ = try await outreach.importPlan(.with { $0.plan = other })
      var answer = Recourse_Outreach_V1_RecordAnswerRequest.with {
        $0.uid = uid
        $0.attendee = "mailto:team@a.example"
        $0.answer = .accepted
      }
      let unclear = answer
      #expect(try await refusal { try await outreach.recordAnswer(unclear) } == "which-plan")
      answer.plan = "plan-2026"
      #expect(try await outreach.recordAnswer(answer).plan == "plan-2026")
      let untouched = try await outreach.getPlan(.with { $0.plan = "plan-2025" }).plan
      #expect(untouched.events[0].guests[0].answer == .unspecified)
    }
  }

  @Test func `who was invited by somebody else, or from another mailbox, is invited again`()
    async throws
  {
    try await withPlan { place, outreach in
      _ = try await invite(outreach, ["a"])
      var moved = Self.plan
      moved.organiser.mailbox = "reviews@council.example"
      let plan = moved
      let changes = try await outreach.importPlan(.with { $0.plan = plan }).changes
      #expect(changes.map(\.item) == ["plan", "event"])
      #expect(changes[1].fields == ["organiser"])
      let again = try await invite(outreach)
      #expect(again.files.map(\.guest) == ["a", "b"])
      let lines = try await lines(of: "a", in: again, place)
      #expect(lines.contains("SEQUENCE:1"))
      #expect(lines.contains { $0.hasSuffix(":mailto:reviews@council.example") })
      #expect(try await outreach.importPlan(.with { $0.plan = plan }).changes.isEmpty)
    }
  }

  @Test func `when everybody is invited, nothing is written down of inviting again`() async throws {
    try await withPlan { place, outreach in
      _ = try await invite(outreach)
      let slice = try #require(place.context(of: "outreach")).slice
      #expect(try await invite(outreach).files.isEmpty)
      let written = try await slice.read { slice in
        try slice.rows("SELECT sequence FROM kit_audit WHERE action = 'outreach.event-invite'")
          .count
      }
      #expect(written == 1)
    }
  }

  @Test func `an event that is called off tells everybody who is expected`() async throws {
    try await withPlan { place, outreach in
      _ = try await invite(outreach, ["a"])
      let cancelled = try await cancel(outreach)
      #expect(cancelled.files.map(\.guest) == ["a"])
      let lines = try await lines(of: "a", in: cancelled, place)
      #expect(lines.contains("METHOD:CANCEL"))
      #expect(lines.contains("STATUS:CANCELLED"))
      #expect(lines.contains("SEQUENCE:1"))
      #expect(try await refusal { try await invite(outreach) } == "event-cancelled")
    }
  }

  @Test func `one guest is told not to come, and hears again only by name`() async throws {
    try await withPlan { place, outreach in
      _ = try await invite(outreach)
      let cancelled = try await lines(of: "b", in: cancel(outreach, ["b"]), place)
      #expect(cancelled.contains("METHOD:CANCEL"))
      #expect(try await refusal { try await cancel(outreach, ["b"]) } == "not-invited")
      #expect(try await invite(outreach).files.isEmpty)
      let again = try await lines(of: "b", in: invite(outreach, ["b"]), place)
      #expect(again.contains("METHOD:REQUEST"))
      #expect(again.contains("SEQUENCE:2"))
    }
  }

  @Test func `an event that takes the id of one that was called off and removed invites anew`()
    async throws
  {
    try await withPlan { place, outreach in
      let first = try await lines(of: "a", in: invite(outreach), place)
      _ = try await cancel(outreach)
      let without = PlanFixture.plan()
      let pruned = try await outreach.importPlan(
        .with {
          $0.plan = without
          $0.prune = true
        })
      #expect(pruned.changes.map(\.kind) == [.removed])
      _ = try await outreach.importPlan(.with { $0.plan = Self.plan })
      let second = try await lines(of: "a", in: invite(outreach), place)
      #expect(second.contains("METHOD:REQUEST") && second.contains("SEQUENCE:0"))
      #expect(first.first { $0.hasPrefix("UID:") } != second.first { $0.hasPrefix("UID:") })
    }
  }

  @Test func `who came is known when it was`() async throws {
    try await withPlan { place, outreach in
      let request = Recourse_Outreach_V1_RecordAttendanceRequest.with {
        $0.event = "launch"
        $0.guests = ["b"]
        $0.othersAbsent = true
      }
      #expect(try await refusal { try await outreach.recordAttendance(request) } == "event-to-come")
      place.clock.advance(by: 11 * 86_400)
      _ = try await outreach.recordAttendance(request)
      #expect(try await guests(outreach).map(\.attended) == [false, true])
      #expect(try await refusal { try await invite(outreach) } == "event-over")
    }
  }

  @Test(arguments: ["no-mailbox", "no-date"])
  func `nobody is invited to what is not known`(code: String) async throws {
    var plan = Self.plan
    if code == "no-mailbox" {
      plan.organiser.mailbox = ""
    } else {
      plan.events[0].date = ""
      plan.events[0].begins = ""
    }
    try await withPlan(plan) { _, outreach in
      let said = try await refusal { try await invite(outreach) }
      #expect(said == code)
    }
  }
}
