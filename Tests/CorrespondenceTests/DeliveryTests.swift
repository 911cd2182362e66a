import CaseModel
import Foundation
import Messages
import SwiftProtobuf
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Correspondence

/// What became of notices, and what they are evidence of.
@Suite(.timeLimit(.minutes(1))) struct DeliveryTests {
  /// One that came on paper, whose applicant is not told by the receipt.
  private func onPaper(
    _ body: (CorrespondenceStage, CaseReference, Recourse_Correspondence_V1_Notice) async throws ->
      Void
  ) async throws {
    try await CorrespondenceStage.with { stage in
      let reference = try await stage.apply { $0.channel = .paper }
      let notice = try await stage.notice(reference, .acknowledgement)
      try await body(stage, reference, notice)
    }
  }

  private func acknowledgedOn(
    _ stage: CorrespondenceStage, _ reference: CaseReference
  ) async throws -> String? {
    try await stage.assessment(reference).clocks.first { $0.stage == "acknowledge" }?.doneOn
  }

  @Test func `an acknowledgement that was sent is evidence that the applicant knows`()
    async throws
  {
    try await onPaper { stage, reference, notice in
      #expect(try await acknowledgedOn(stage, reference) == "")
      _ = try await stage.take(notice)
      #expect(try await acknowledgedOn(stage, reference) == "")
      try await stage.record(notice, .sent)
      #expect(try await acknowledgedOn(stage, reference) == "2026-03-20")
    }
  }

  @Test func `a notification is evidence when it has left, by mail or by hand`() async throws {
    try await onPaper { stage, reference, _ in
      let told = try await stage.notices(reference, .bodyNotification)
      let mailed = try #require(told.first { $0.state == .ready })
      let handed = try #require(told.first { $0.state == .held })
      _ = try await stage.take(mailed)
      try await stage.record(mailed, .sent)
      try await stage.settle(handed, as: .sent)
      try await stage.place.settle()
      let done = try await stage.assessment(reference).notifications.filter {
        !$0.notifiedOn.isEmpty
      }
      #expect(Set(done.map(\.body)) == [mailed.body, handed.body])
    }
  }

  @Test func `a notice does not wait for a worker that was taken away for good`() async throws {
    try await onPaper { stage, _, notice in
      #expect(notice.state == .ready)
      let courier = CorrespondenceStage.courier.name
      let early = await refusal {
        _ = try await stage.service.forgetServer(.with { $0.worker = courier })
      }
      #expect(early == "still-there")
      await stage.place.kill(courier)
      let correspondence = try #require(stage.place.context(of: "correspondence"))
      while try await correspondence.isConnected(courier) { await Task.yield() }
      let forgotten = try await stage.service.forgetServer(.with { $0.worker = courier })
      #expect(forgotten.channels == [.email])
      try await stage.place.settle()
      let reference = try CaseReference(parsing: notice.caseReference)
      #expect(try await stage.notice(reference, .acknowledgement).state == .waiting)
      let again = try await stage.service.forgetServer(.with { $0.worker = courier })
      #expect(again.channels.isEmpty)
    }
  }

  @Test func `the same word is taken once, and says so`() async throws {
    try await onPaper { stage, reference, notice in
      _ = try await stage.take(notice)
      let first = try await stage.record(notice, .sent)
      let again = try await stage.record(notice, .sent)
      #expect(!first.repeated && again.repeated)
      try await stage.record(notice, .delivered)
      #expect(try await stage.notice(reference, .acknowledgement).state == .delivered)
      let names = try await stage.place.events(key: reference.key.description)
        .filter { $0.producer.worker == "correspondence" }
        .map { String($0.event.type.split(separator: ".").last ?? "") }
      #expect(names.filter { $0 == "NoticeSent" }.count == 1)
      #expect(names.filter { $0 == "NoticeDelivered" }.count == 1)
    }
  }

  @Test func `a failure is shown, and goes again by a person's word`() async throws {
    try await onPaper { stage, reference, notice in
      _ = try await stage.take(notice)
      try await stage.record(notice, .failed, code: "mailbox-refused")
      let failed = try await stage.notice(reference, .acknowledgement)
      #expect(failed.state == .failed && failed.failureCode == "mailbox-refused")
      #expect(try await acknowledgedOn(stage, reference) == "")
      let open = try await stage.service.listNotices(.init()).notices
      #expect(open.contains { $0.noticeID == notice.noticeID })
      try await stage.settle(failed, as: .ready)
      try await stage.place.settle()
      let ready = try await stage.notice(reference, .acknowledgement)
      #expect(ready.state == .ready)
      // It is another attempt: the old one's word is not about it.
      let refused = await refusal { try await stage.record(notice, .sent) }
      #expect(refused == "other-attempt")
      _ = try await stage.take(ready, attempt: 2)
      try await stage.record(ready, .sent, attempt: 2)
      #expect(try await stage.notice(reference, .acknowledgement).state == .sent)
    }
  }

  @Test func `what may have left waits for a person, and is never repeated by itself`()
    async throws
  {
    try await onPaper { stage, reference, notice in
      _ = try await stage.take(notice)
      try await stage.record(notice, .uncertain)
      #expect(try await stage.notice(reference, .acknowledgement).state == .uncertain)
      let failed = try await stage.events(
        Recourse_Correspondence_V1_NoticeFailed.self, of: reference)
      #expect(failed.map(\.uncertain) == [true])
      try await stage.serve([.email])
      #expect(try await stage.notice(reference, .acknowledgement).state == .uncertain)
      #expect(try await stage.settle(notice, as: .sent).state == .sent)
      try await stage.place.settle()
      #expect(try await acknowledgedOn(stage, reference) == "2026-03-20")
    }
  }

  @Test func `nobody speaks of a notice that they were not given`() async throws {
    try await onPaper { stage, _, notice in
      let refused = await refusal { try await stage.record(notice, .sent) }
      #expect(refused == "not-on-its-way")
      let other = await refusal {
        _ = try await stage.service.recordDelivery(
          .with {
            $0.noticeID = notice.noticeID
            $0.attempt = 1
            $0.state = .sent
          })
      }
      #expect(other == "unknown-notice")
    }
  }

  @Test func `what an outside server says is no code, and is not kept`() async throws {
    try await onPaper { stage, reference, notice in
      _ = try await stage.take(notice)
      try await stage.record(notice, .failed, code: "550 no such user <applicant.one>")
      #expect(try await stage.notice(reference, .acknowledgement).failureCode == "other")
    }
  }

  @Test func `why a stage is late is somebody's to say, and then goes`() async throws {
    try await CorrespondenceStage.with { stage in
      let reference = try await stage.apply()
      stage.place.clock.advance(by: 120 * 86_400)
      try await stage.place.settle()
      let owed = try await stage.lateNotice(reference)
      #expect(owed.state == .held && owed.holdReason == .incomplete)
      let stageName = "decide"
      #expect(try await stage.assessment(reference).delays.contains { $0.stage == stageName })
      let written = try await stage.service.writeNotice(
        .with {
          $0.caseReference = reference.description
          $0.kind = .delay
          $0.about = stageName
          $0.reason = "The landlord has not answered yet"
          $0.officer = "Officer One"
          $0.idempotencyKey = "w1"
        })
      #expect(!written.repeated)
      try await stage.place.settle()
      let all = try await stage.notices(reference, .delay)
      let ready = try #require(all.first { $0.state == .ready })
      #expect(try await stage.read(ready).text.contains("The landlord has not answered yet"))
      _ = try await stage.take(ready)
      try await stage.record(ready, .sent)
      let told = try await stage.assessment(reference).delays.first { $0.stage == stageName }
      #expect(told?.toldOn.isEmpty == false)
    }
  }
}

extension CorrespondenceStage {
  /// The first notice about a delay, when there is one.
  fileprivate func lateNotice(_ reference: CaseReference) async throws -> Notice {
    while true {
      if let notice = try await notices(reference, .delay).first(where: { $0.state != .composing })
      {
        return notice
      }
      try await place.settle()
    }
  }
}
