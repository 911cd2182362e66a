import Foundation
import GRPCCore
import Messages
import SwiftProtobuf
import Synchronization
import Testing
import WorkerKitTesting

@testable import Webhook
@testable import WorkerKit

@Suite("Notices to somebody outside", .timeLimit(.minutes(1)))
struct WebhookPluginTests {
  private static let reference = "4F7K-2M9X"

  @Test func `an event is told once, and that it was stands in the case`() async throws {
    try await WebhookStage.with { stage in
      try await stage.announce(Self.reference)
      try await stage.place.settle()
      let notices = stage.receiver.notices
      try #require(notices.count == 1)
      let told = try notices[0].told
      #expect(told.event == "recourse.threshold.v1.ThresholdDecided")
      #expect(told.case == Self.reference && told.data.caseReference == Self.reference)
      #expect(told.occurredAt == "2026-03-20T09:46:40Z")
      #expect(told.data.clause == "s.104(4)")
      let recorded = try await stage.recorded(Self.reference)
      #expect(
        recorded == [
          .with {
            $0.caseReference = Self.reference
            $0.webhook = "alerts"
            $0.eventType = "recourse.threshold.v1.ThresholdDecided"
            $0.eventPosition = UInt64(told.position) ?? 0
            $0.state = .delivered
            $0.attempts = 1
            $0.statusCode = 204
          }
        ])
    }
  }

  @Test func `headers say what it is, which delivery, and who sent it`() async throws {
    try await WebhookStage.with { stage in
      try await stage.announce(Self.reference)
      try await stage.place.settle()
      let notice = try #require(stage.receiver.notices.first)
      #expect(notice.headers["content-type"] == "application/json")
      #expect(notice.headers["recourse-event"] == "recourse.threshold.v1.ThresholdDecided")
      let delivery = try #require(notice.headers["recourse-delivery"])
      #expect(try notice.told.delivery == delivery)
      #expect(notice.headers["idempotency-key"] == delivery)
      let signature = try #require(notice.headers["recourse-signature"])
      let now = Int(WebhookStage.now.timeIntervalSince1970)
      #expect(signature.hasPrefix("t=\(now),v1="))
      #expect(isGenuine(signature, notice.body, secret: WebhookStage.secret, now: now))
      #expect(!isGenuine(signature, notice.body + [0x20], secret: WebhookStage.secret, now: now))
      #expect(!isGenuine(signature, notice.body, secret: "another", now: now))
      #expect(!isGenuine(signature, notice.body, secret: WebhookStage.secret, now: now + 301))
    }
  }

  @Test func `a notice is sent again until it is taken, with the same delivery`() async throws {
    let answers = Receiver.answering([500, 503, 429, 301, 200])
    try await WebhookStage.with(answers: answers) { stage in
      try await stage.announce(Self.reference)
      try await stage.place.settle()
      let notices = stage.receiver.notices
      #expect(notices.count == 5)
      #expect(Set(notices.compactMap { $0.headers["recourse-delivery"] }).count == 1)
      #expect(Set(notices.map(\.body)).count == 1)
      let recorded = try await stage.recorded(Self.reference)
      #expect(recorded.map(\.state) == [.delivered])
      #expect(recorded.first?.attempts == 5 && recorded.first?.statusCode == 200)
    }
  }

  @Test func `a notice that is refused is not sent again`() async throws {
    try await WebhookStage.with(answers: Receiver.answering([410])) { stage in
      try await stage.announce(Self.reference)
      try await stage.place.settle()
      #expect(stage.receiver.notices.count == 1)
      let recorded = try await stage.recorded(Self.reference)
      #expect(recorded.map(\.state) == [.refused])
      #expect(recorded.first?.attempts == 1 && recorded.first?.statusCode == 410)
    }
  }

  @Test func `a notice is given up when it was sent as often as it may be`() async throws {
    try await WebhookStage.with(attempts: 3, answers: Receiver.answering([500])) { stage in
      try await stage.announce(Self.reference)
      try await stage.place.settle()
      #expect(stage.receiver.notices.count == 3)
      let recorded = try await stage.recorded(Self.reference)
      #expect(recorded.map(\.state) == [.givenUp])
      #expect(recorded.first?.attempts == 3 && recorded.first?.statusCode == 500)
    }
  }

  @Test func `notices of a case stay in order, and other cases do not wait for them`() async throws
  {
    // The first fails until the other case has been told.
    let isOtherTold = Atomic(false)
    let answers: @Sendable (Int, Receiver.Notice) -> Receiver.Answer = { _, notice in
      let clause = (try? notice.told)?.data.clause
      if clause == "other" { isOtherTold.store(true, ordering: .sequentiallyConsistent) }
      let fails = clause == "first" && !isOtherTold.load(ordering: .sequentiallyConsistent)
      return .status(fails ? 500 : 200)
    }
    try await WebhookStage.with(attempts: .max, answers: answers) { stage in
      try await stage.announce(Self.reference, clause: "first")
      try await stage.announce(Self.reference, clause: "second")
      try await stage.announce("2M9X-4F7K", clause: "other")
      try await stage.place.settle()
      let clauses = try stage.receiver.notices.map { try $0.told.data.clause }
      #expect(clauses.last == "second" && clauses.filter { $0 == "second" }.count == 1)
      let other = try #require(clauses.firstIndex(of: "other"))
      let taken = try #require(clauses.lastIndex(of: "first"))
      #expect(other < taken)
      let recorded = try await stage.recorded(Self.reference)
      #expect(recorded.map(\.state) == [.delivered, .delivered])
    }
  }

  @Test func `who was cut off before the answer sends again, as the same delivery`() async throws {
    let answers: @Sendable (Int, Receiver.Notice) -> Receiver.Answer = { number, _ in
      number == 0 ? .none : .status(204)
    }
    try await WebhookStage.with(onDisk: true, answers: answers) { stage in
      try await stage.announce(Self.reference)
      var arrivals = stage.receiver.arrivals.makeAsyncIterator()
      _ = await arrivals.next()
      try await stage.place.restart("alerts")
      try await stage.place.settle()
      let notices = stage.receiver.notices
      #expect(notices.count == 2)
      #expect(Set(notices.compactMap { $0.headers["recourse-delivery"] }).count == 1)
      let recorded = try await stage.recorded(Self.reference)
      #expect(recorded.map(\.state) == [.delivered])
      #expect(recorded.first?.attempts == 2)
    }
  }

  @Test func `what happened before the webhook was there is not told`() async throws {
    try await Receiver.with { receiver, url in
      try await TestPlace.with([WebhookStage.announcer], now: WebhookStage.now) { place in
        let stage = WebhookStage(place: place, receiver: receiver)
        try await stage.announce("2M9X-4F7K")
        try await place.settle()
        try await place.start(
          WebhookPlugin.worker(
            WebhookStage.notices(to: url), PluginSettings(["secret": WebhookStage.secret])))
        try await stage.announce(Self.reference)
        try await place.settle()
        let cases = try receiver.notices.map { try $0.told.case }
        #expect(cases == [Self.reference])
      }
    }
  }

  @Test func `one more notice than may wait is given up at once, and says so`() async throws {
    try await WebhookStage.with { stage in
      let context = try #require(stage.place.context(of: "alerts"))
      try await context.slice.write { tx in
        try tx.execute(
          """
          WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < ?)
          INSERT INTO notice (log_position, event_key, event_type, payload, occurred_at)
          SELECT 1000000 + n, 'system/x', 'x.Y', x'00', 0 FROM number
          """, .integer(TakeEvent.waitingLimit))
      }
      try await stage.announce(Self.reference)
      try await stage.place.settle()
      let recorded = try await stage.recorded(Self.reference)
      #expect(recorded.map(\.state) == [.givenUp])
      #expect(recorded.first?.attempts == 0)
      #expect(stage.receiver.notices.isEmpty)
    }
  }

  @Test func `a webhook without its secret is not ready, and says why`() async throws {
    let webhook = try WebhookPlugin.worker(
      WebhookStage.notices(to: "http://127.0.0.1:1/"), PluginSettings())
    try await TestPlace.with([webhook], now: WebhookStage.now, unready: ["alerts"]) { place in
      let workers = Recourse_Worker_V1_Worker.Stub(wrapping: place.client)
      let status = try await workers.status(
        Recourse_Worker_V1_StatusRequest(), metadata: ["recourse-target": "alerts"])
      #expect(status.detail == "the setting secret is not set")
    }
  }

  @Test func `a webhook of webhooks is refused`() {
    let type = Recourse_Webhook_V1_DeliveryRecorded.protoMessageName
    #expect(throws: WebhookError.tellsOfItself) {
      try WebhookPlugin.worker(
        WebhookNotices(name: "a", events: [type], url: "http://127.0.0.1:1/"), PluginSettings())
    }
  }
}
