import CaseModel
import CorrespondenceRules
import Foundation
import Messages
import SwiftProtobuf
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Correspondence

/// The way of a notice: what is served, hours, and what becomes of one that nobody takes.
@Suite(.timeLimit(.minutes(1))) struct WayTests {
  @Test func `a notice waits for a channel, and goes when there is one`() async throws {
    try await CorrespondenceStage.with(serving: []) { stage in
      let reference = try await stage.apply()
      #expect(try await stage.notice(reference, .acknowledgement).state == .waiting)
      try await stage.serve([.email])
      let notice = try await stage.notice(reference, .acknowledgement)
      #expect(notice.state == .ready && notice.servedBy == "courier")
    }
  }

  @Test func `channels that letters wait for and nobody serves are told, until somebody does`()
    async throws
  {
    try await CorrespondenceStage.with(serving: [.post]) { stage in
      #expect(try await stage.service.listNotices(.init()).unserved.isEmpty)
      let reference = try await stage.apply()
      let notice = try await stage.notice(reference, .acknowledgement)
      #expect(notice.state == .waiting && notice.awaitsServer)
      let waiting = try await stage.notices(reference).filter(\.awaitsServer)
      let unserved = try await stage.service.listNotices(.init()).unserved
      #expect(unserved.map(\.channel) == [.email])
      #expect(unserved.map(\.notices) == [UInt32(waiting.count)])
      // Of one case nothing is said of the others.
      let ofCase = try await stage.service.listNotices(
        .with { $0.caseReference = reference.description })
      #expect(ofCase.unserved.isEmpty)
      // What was held for want of it is among them still.
      stage.place.clock.advance(by: NoticeBounds.channelLimit + 60)
      #expect(try await stage.until(reference, .acknowledgement, is: .held).awaitsServer)
      #expect(try await stage.service.listNotices(.init()).unserved.map(\.channel) == [.email])
      try await stage.serve([.email])
      #expect(try await stage.service.listNotices(.init()).unserved.isEmpty)
      #expect(try await stage.notice(reference, .acknowledgement).awaitsServer == false)
    }
  }

  @Test func `a letter that waits for an hour does not wait for a worker`() async throws {
    try await CorrespondenceStage.with(serving: [.sms]) { stage in
      let reference = try await stage.apply { application in
        application.applicant.safeContact.channels = [.sms]
        application.applicant.safeContact.phoneBetween = "12:00-14:00"
      }
      let notice = try await stage.notice(reference, .acknowledgement)
      #expect(notice.state == .waiting && !notice.awaitsServer)
    }
  }

  @Test func `one that nobody takes on in a day is shown, and goes by a person's word alone`()
    async throws
  {
    try await CorrespondenceStage.with(serving: []) { stage in
      let reference = try await stage.apply()
      stage.place.clock.advance(by: NoticeBounds.channelLimit - 60)
      try await stage.place.settle()
      #expect(try await stage.notice(reference, .acknowledgement).state == .waiting)
      stage.place.clock.advance(by: 120)
      let held = try await stage.until(reference, .acknowledgement, is: .held)
      #expect(held.holdReason == .noChannel)
      // Who serves it weeks later does not send what may be stale.
      try await stage.serve([.email])
      #expect(try await stage.notice(reference, .acknowledgement).state == .held)
      #expect(try await stage.release(held).state == .ready)
    }
  }

  @Test func `one that is ready and that its worker does not take is shown too`() async throws {
    try await CorrespondenceStage.with { stage in
      let reference = try await stage.apply()
      await stage.place.kill("courier")
      stage.place.clock.advance(by: NoticeBounds.channelLimit + 60)
      let held = try await stage.until(reference, .acknowledgement, is: .held)
      #expect(held.holdReason == .noChannel)
    }
  }

  @Test func `a worker that was given a notice and says nothing leaves it uncertain`()
    async throws
  {
    try await CorrespondenceStage.with { stage in
      let reference = try await stage.apply()
      let notice = try await stage.notice(reference, .acknowledgement)
      _ = try await stage.take(notice)
      stage.place.clock.advance(by: NoticeBounds.wordLimit + 60)
      let uncertain = try await stage.until(reference, .acknowledgement, is: .uncertain)
      #expect(uncertain.failureCode == EndWait.noWord)
      // A word that comes late is taken.
      try await stage.record(notice, .sent)
      #expect(try await stage.notice(reference, .acknowledgement).state == .sent)
    }
  }

  @Test func `a text message waits for the hour, and says nothing of the letter`() async throws {
    try await CorrespondenceStage.with(serving: [.sms]) { stage in
      let reference = try await stage.apply { application in
        application.applicant.safeContact.channels = [.sms]
        application.applicant.safeContact.phoneBetween = "12:00-14:00"
      }
      #expect(try await stage.notice(reference, .acknowledgement).state == .waiting)
      stage.place.clock.advance(by: 3 * 3_600)
      let notice = try await stage.until(reference, .acknowledgement, is: .ready)
      let taken = try await stage.take(notice)
      let read = try await stage.read(notice)
      #expect(taken.text == read.textMessage && taken.html.isEmpty && taken.calendar.isEmpty)
      #expect(taken.address.contains("960001"))
      #expect(!taken.text.isEmpty && taken.text != read.text)
    }
  }

  @Test func `one that is taken after the hour waits for the next one`() async throws {
    try await CorrespondenceStage.with(serving: [.sms]) { stage in
      let reference = try await stage.apply { application in
        application.applicant.safeContact.channels = [.sms]
        application.applicant.safeContact.phoneBetween = "09:00-10:00"
      }
      let notice = try await stage.notice(reference, .acknowledgement)
      #expect(notice.state == .ready)
      stage.place.clock.advance(by: 3_600)
      let code = await refusal { _ = try await stage.take(notice) }
      #expect(code == "not-ready")
      #expect(try await stage.notice(reference, .acknowledgement).state == .waiting)
    }
  }

  @Test func `there is no post to somebody who did not name it, and no other way is guessed`()
    async throws
  {
    try await CorrespondenceStage.with(serving: [.post, .sms]) { stage in
      let reference = try await stage.apply { application in
        application.applicant.safeContact.channels = [.phone]
      }
      let notice = try await stage.notice(reference, .acknowledgement)
      #expect(notice.state == .held && notice.holdReason == .noSafeWay)
      #expect(notice.insteadBecause.contains("10:00-14:00"))
      let code = await refusal { _ = try await stage.release(notice, channel: .post) }
      #expect(code == "not-a-safe-way")
      // Somebody rings.
      #expect(try await stage.read(notice).phone.isEmpty == false)
      #expect(try await stage.settle(notice, as: .sent).state == .sent)
      let sent = try await stage.events(
        Recourse_Correspondence_V1_NoticeSent.self, of: reference)
      #expect(sent.map(\.channel) == [.unspecified] && sent.map(\.instead) == [false])
    }
  }

  @Test func `what is done instead is on record`() async throws {
    try await CorrespondenceStage.with(serving: [.email]) { stage in
      let reference = try await stage.apply { application in
        application.applicant.safeContact.channels = [.post, .email]
      }
      let notice = try await stage.notice(reference, .acknowledgement)
      #expect(notice.channel == .email && notice.preferredChannel == .post)
      #expect(!notice.insteadBecause.isEmpty)
      _ = try await stage.take(notice)
      try await stage.record(notice, .sent)
      let sent = try await stage.events(
        Recourse_Correspondence_V1_NoticeSent.self, of: reference)
      #expect(sent.map(\.instead) == [true])
    }
  }

  @Test func `only the worker that serves the channel is given a notice`() async throws {
    try await CorrespondenceStage.with { stage in
      let reference = try await stage.apply()
      let notice = try await stage.notice(reference, .acknowledgement)
      let codes = [
        await refusal {
          _ = try await stage.service.takeNotice(
            .with {
              $0.noticeID = notice.noticeID
              $0.attempt = 1
            })
        },
        await refusal { _ = try await stage.take(notice, attempt: 2) },
      ]
      #expect(codes == ["not-ready", "not-ready"])
      let taken = try await stage.take(notice)
      #expect(taken.address == "applicant.one@mail.example" && taken.name == "Applicant One")
      // A worker that was cut off asks again.
      #expect(try await stage.take(notice) == taken)
    }
  }

  @Test func `who reads Welsh is written to in Welsh`() async throws {
    try await CorrespondenceStage.with { stage in
      let reference = try await stage.apply { application in
        application.applicant.language = "cy"
      }
      let read = try await stage.read(try await stage.notice(reference, .acknowledgement))
      #expect(read.notice.language == "cy" && read.html.contains("lang=\"cy\""))
      #expect(read.text.contains("Mae eich cais gennym"))
    }
  }
}

extension CorrespondenceStage {
  /// Returns the notice when it has come to a state; timers fire in their own time.
  func until(
    _ reference: CaseReference, _ kind: Recourse_Correspondence_V1_NoticeKind,
    is state: Recourse_Correspondence_V1_NoticeState.Value
  ) async throws -> Notice {
    while true {
      let notice = try await notice(reference, kind)
      if notice.state == state { return notice }
      await Task.yield()
    }
  }
}
