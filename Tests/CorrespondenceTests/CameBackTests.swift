import CaseModel
import Messages
import SwiftProtobuf
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Correspondence

/// What came back after it was sent is evidence of nothing, and what goes again is evidence from then on.
@Suite(.timeLimit(.minutes(1))) struct CameBackTests {
  private func acknowledgedOn(
    _ stage: CorrespondenceStage, _ reference: CaseReference
  ) async throws -> String? {
    try await stage.assessment(reference).clocks.first { $0.stage == "acknowledge" }?.doneOn
  }

  private func notifiedOn(
    _ stage: CorrespondenceStage, _ reference: CaseReference, _ body: String
  ) async throws -> String? {
    try await stage.assessment(reference).notifications.first { $0.body == body }?.notifiedOn
  }

  @Test func `an acknowledgement that came back was not given, and waits for a person`()
    async throws
  {
    try await CorrespondenceStage.with { stage in
      let reference = try await stage.apply { $0.channel = .paper }
      let notice = try await stage.notice(reference, .acknowledgement)
      _ = try await stage.take(notice)
      try await stage.record(notice, .sent)
      #expect(try await acknowledgedOn(stage, reference) == "2026-03-20")

      try await stage.record(notice, .failed, code: "mailbox-full")
      #expect(try await acknowledgedOn(stage, reference) == "")
      let failed = try await stage.notice(reference, .acknowledgement)
      #expect(failed.state == .failed && failed.sentOn == "2026-03-20")
      let open = try await stage.service.listNotices(.init()).notices
      #expect(open.contains { $0.noticeID == notice.noticeID })

      // Sent again three days later, it is evidence from then on.
      stage.place.clock.advance(by: 3 * 86_400)
      try await stage.settle(failed, as: .ready)
      try await stage.place.settle()
      let again = try await stage.notice(reference, .acknowledgement)
      #expect(try await acknowledgedOn(stage, reference) == "")
      _ = try await stage.take(again, attempt: 2)
      try await stage.record(again, .sent, attempt: 2)
      #expect(try await acknowledgedOn(stage, reference) == "2026-03-23")
      let sent = try await stage.events(
        Recourse_Correspondence_V1_NoticeSent.self, of: reference
      ).filter { $0.noticeID == notice.noticeID }
      #expect(sent.map(\.sentOn) == ["2026-03-20", "2026-03-23"])
    }
  }

  @Test func `a notification that came back is owed again, until somebody hands it over`()
    async throws
  {
    try await CorrespondenceStage.with { stage in
      let reference = try await stage.apply()
      let all = try await stage.notices(reference, .bodyNotification)
      let mailed = try #require(all.first { $0.state == .ready })
      _ = try await stage.take(mailed)
      try await stage.record(mailed, .sent)
      #expect(try await notifiedOn(stage, reference, mailed.body) == "2026-03-20")
      // An officer reads it in the office's own mailbox.
      try await stage.settle(mailed, as: .failed)
      try await stage.place.settle()
      #expect(try await notifiedOn(stage, reference, mailed.body) == "")
      try await stage.settle(mailed, as: .delivered)
      try await stage.place.settle()
      #expect(try await notifiedOn(stage, reference, mailed.body) == "2026-03-20")
    }
  }

  @Test func `what somebody else has evidence of stands`() async throws {
    try await CorrespondenceStage.with { stage in
      // The receipt on the page told them, on the same day.
      let reference = try await stage.apply {
        $0.channel = .web
        $0.receivedAt = .init(date: CorrespondenceStage.now)
      }
      let known = try await acknowledgedOn(stage, reference)
      #expect(known == "2026-03-20")
      let notice = try await stage.notice(reference, .acknowledgement)
      _ = try await stage.take(notice)
      try await stage.record(notice, .sent)
      try await stage.record(notice, .failed, code: "mailbox-full")
      #expect(try await stage.notice(reference, .acknowledgement).state == .failed)
      #expect(try await acknowledgedOn(stage, reference) == known)
    }
  }

  @Test func `one that never left is taken back from nobody`() async throws {
    try await CorrespondenceStage.with { stage in
      let reference = try await stage.apply { $0.channel = .paper }
      let notice = try await stage.notice(reference, .acknowledgement)
      _ = try await stage.take(notice)
      try await stage.record(notice, .failed, code: "mailbox-refused")
      let context = try #require(stage.place.context(of: "correspondence"))
      let told = try await context.slice.read { slice in
        try slice.rows(
          "SELECT effect_key FROM kit_effect WHERE kind = ?", .text(TellEvidence.effect)
        ).count
      }
      #expect(told == 0)
    }
  }
}
