import CaseModel
import Messages
import SwiftProtobuf
import Testing
import WorkerKitTesting

@testable import Correspondence

/// Whoever can be reached otherwise from now on is written to that way, and nothing goes twice.
@Suite(.timeLimit(.minutes(1))) struct ChangedContactTests {
  @Test func `what had no safe way goes when the person names one, once`() async throws {
    try await CorrespondenceStage.with { stage in
      let reference = try await stage.applyByPhoneOnly()
      let held = try await stage.notice(reference, .acknowledgement)
      #expect(held.state == .held && held.holdReason == .noSafeWay)

      try await stage.changeContact(of: reference, to: .email)
      let ready = try await stage.notice(reference, .acknowledgement)
      #expect(ready.state == .ready && ready.channel == .email && ready.insteadBecause.isEmpty)
      #expect(try await stage.take(ready).address == "new.address@mail.example")
      try await stage.record(ready, .sent)

      try await stage.changeContact(of: reference, to: .email, address: "other@mail.example")
      let sent = try await stage.notice(reference, .acknowledgement)
      #expect(sent.state == .sent)
      let announced = try await stage.events(
        Recourse_Correspondence_V1_NoticeReady.self, of: reference
      ).filter { $0.noticeID == sent.noticeID }
      #expect(announced.map(\.attempt) == [1])
    }
  }

  @Test func `what somebody told by hand does not go when the person names a way`() async throws {
    try await CorrespondenceStage.with { stage in
      let reference = try await stage.applyByPhoneOnly()
      try await stage.settle(
        try await stage.notice(reference, .acknowledgement), as: .sent)
      try await stage.changeContact(of: reference, to: .email)
      let notice = try await stage.notice(reference, .acknowledgement)
      #expect(notice.state == .sent && notice.channel == .unspecified)
      #expect(await refusal { _ = try await stage.take(notice) } == "not-ready")
      let announced = try await stage.events(
        Recourse_Correspondence_V1_NoticeReady.self, of: reference)
      #expect(!announced.contains { $0.noticeID == notice.noticeID })
    }
  }

  @Test func `what still has no safe way stays held, and is not told of anew`() async throws {
    try await CorrespondenceStage.with { stage in
      let reference = try await stage.applyByPhoneOnly()
      let before = try await stage.notice(reference, .acknowledgement)
      #expect(before.insteadBecause.contains("10:00-14:00"))
      try await stage.changeContact(of: reference, to: .phone, between: "16:00-18:00")
      let after = try await stage.notice(reference, .acknowledgement)
      #expect(after.state == .held && after.holdReason == .noSafeWay)
      // Whoever rings sees the hours as they are now.
      #expect(after.insteadBecause.contains("16:00-18:00"))
      let announced = try await stage.events(
        Recourse_Correspondence_V1_NoticeHeld.self, of: reference)
      #expect(announced.filter { $0.noticeID == after.noticeID }.count == 1)
    }
  }

  @Test func `what is held for another reason waits for a person's word all the same`()
    async throws
  {
    try await CorrespondenceStage.with { stage in
      let reference = try await stage.apply()
      stage.place.clock.advance(by: 120 * 86_400)
      try await stage.place.settle()
      var late: [CorrespondenceStage.Notice] = []
      while late.isEmpty {
        try await stage.place.settle()
        late = try await stage.notices(reference, .delay).filter { $0.state == .held }
      }
      #expect(late.allSatisfy { $0.holdReason == .incomplete })
      try await stage.changeContact(of: reference, to: .email)
      let now = try await stage.notices(reference, .delay)
      #expect(
        late.allSatisfy { one in
          now.contains { $0.noticeID == one.noticeID && $0.state == .held }
        })
    }
  }
}

extension CorrespondenceStage {
  /// An application of somebody who can be rung and no more.
  func applyByPhoneOnly() async throws -> CaseReference {
    try await apply { application in
      application.applicant.safeContact.channels = [.phone]
    }
  }

  /// The applicant says by themselves how they can be reached from now on.
  func changeContact(
    of reference: CaseReference, to channel: Recourse_Intake_V1_SafeContact.Channel,
    address: String = "new.address@mail.example", between hours: String = ""
  ) async throws {
    let door = Recourse_Intake_V1_Door.Stub(wrapping: place.client)
    let code = try await door.issueCode(
      .with {
        $0.caseReference = reference.description
        $0.officer = "Officer One"
        $0.reason = "They rang"
      }
    ).code
    let session = try await door.openCase(
      .with {
        $0.caseReference = reference.description
        $0.code = code
      }
    ).session
    let response = try await door.changeContact(
      .with {
        $0.session = session
        $0.contact.email = address
        $0.contact.phone = "01632 960001"
        $0.contact.safeContact.channels = [channel]
        $0.contact.safeContact.phoneBetween = hours
        $0.idempotencyKey = code
      })
    #expect(response.faults.isEmpty)
    try await place.settle()
  }
}
