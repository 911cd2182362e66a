import CaseModel
import Foundation
import Messages
import SwiftProtobuf
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Intake

/// A draft becomes an application, once.
@Suite(.timeLimit(.minutes(3))) struct HandInTests {
  @Test func `what is handed in is announced like any application, and its code opens the case`()
    async throws
  {
    try await IntakeStage.with { stage in
      let draft = try await stage.startDraft()
      try await stage.save("so far", after: 0, in: draft.session)
      let response = try await stage.handIn(draft.session)
      #expect(response.faults.isEmpty && !response.repeated && response.logPosition > 0)
      #expect(response.receivedOn == "2026-06-30" && response.awaited.isEmpty)
      let received = try #require(
        try await stage.events(
          Recourse_Intake_V1_ApplicationReceived.self, of: response.caseReference
        ).first)
      #expect(received.channel == "WEB" && received.area == "plymouth" && received.complaints == 3)
      let session = try await stage.openCase(response.caseReference, draft.code)
      #expect(try await stage.ownCase(in: session).caseReference == response.caseReference)
      // The session that handed it in goes on as the case's, and the draft's code leads there.
      #expect(try await stage.ownCase(in: draft.session).receivedOn == "2026-06-30")
      let again = try await stage.openDraft(draft.code)
      #expect(again.caseReference == response.caseReference)
      #expect(try await stage.ownCase(in: again.session).caseReference == response.caseReference)
      // Nothing of what it held stays.
      let left = try await stage.slice.read { slice in
        try slice.row(
          "SELECT COUNT(*) AS left FROM door_draft WHERE content IS NOT NULL OR wrapped_key IS NOT NULL"
        )?.int("left")
      }
      #expect(left == 0)
      let submitted = try await stage.slice.read { slice in
        try slice.rows("SELECT submitted_by FROM application").map { try $0.text("submitted_by") }
      }
      #expect(submitted == ["PUBLIC"])
    }
  }

  @Test func `handing in twice gives one case, whatever comes the second time`() async throws {
    try await IntakeStage.with { stage in
      let session = try await stage.startDraft().session
      let first = try await stage.handIn(session)
      let again = try await stage.handIn(session) { $0.complaints.removeAll() }
      #expect(again.repeated && again.caseReference == first.caseReference)
      #expect(again.faults.isEmpty && again.logPosition == first.logPosition)
      #expect(try await stage.count("application") == 1)
    }
  }

  @Test func `killed after it was handed in, and before anybody heard, it is one case`()
    async throws
  {
    try await IntakeStage.with(onDisk: true) { stage in
      let session = try await stage.startDraft().session
      let first = try await stage.handIn(session)
      try await stage.place.restart("intake")
      let again = try await stage.handIn(session)
      #expect(again.repeated && again.caseReference == first.caseReference)
      try await stage.place.settle()
      let received = try await stage.events(
        Recourse_Intake_V1_ApplicationReceived.self, of: first.caseReference)
      #expect(received.count == 1)
    }
  }

  @Test func `killed while it is handed in, it is a draft or a case, and never both`() async throws
  {
    try await IntakeStage.with(onDisk: true) { stage in
      let draft = try await stage.startDraft()
      try await stage.save("so far", after: 0, in: draft.session)
      async let lost = stage.refusalCode { try await stage.handIn(draft.session) }
      await stage.place.kill("intake")
      try await stage.place.restart("intake")
      // It may have waited at the broker, and been carried out after all.
      _ = await lost
      let cases = try await stage.count("application")
      let again = try await stage.openDraft(draft.code)
      #expect(again.caseReference.isEmpty == (cases == 0))
      if cases == 0 {
        #expect(try await stage.draft(in: again.session).content == Data("so far".utf8))
      }
      _ = try await stage.handIn(draft.session)
      #expect(try await stage.count("application") == 1)
    }
  }

  @Test func `what is wrong is told by path, and the draft stays as it is`() async throws {
    try await IntakeStage.with { stage in
      let session = try await stage.startDraft().session
      try await stage.save("so far", after: 0, in: session)
      let head = try await stage.place.logHead()
      let response = try await stage.handIn(session) {
        $0.applicant.name = ""
        $0.complaints[1].behaviourDate = "Zaphodsday"
        $0.complaints[2].complaintDate = "2026-07-01"
        $0.complaints[2].complaintDateTo = ""
      }
      #expect(response.caseReference.isEmpty)
      #expect(
        response.faults.map { "\($0.code) \($0.path)" } == [
          "missing applicant.name", "not-a-date complaints[1].behaviourDate",
          "after-receipt complaints[2].complaintDate",
        ])
      #expect(response.faults.allSatisfy { !$0.message.isEmpty && !$0.message.contains("Zaphod") })
      #expect(try await stage.draft(in: session).content == Data("so far".utf8))
      #expect(try await stage.place.logHead() == head)
      #expect(try await !stage.handIn(session).caseReference.isEmpty)
    }
  }

  @Test func `its area, channel and day of receipt are the draft's, whatever it says`() async throws
  {
    try await IntakeStage.with { stage in
      let session = try await stage.startDraft().session
      let earlier = try Google_Protobuf_Timestamp(date: .at("2026-03-16T09:12:00Z"))
      let backdated = try await stage.handIn(session) { $0.receivedAt = earlier }
      #expect(backdated.faults.map { "\($0.code) \($0.path)" } == ["not-allowed receivedAt"])
      let response = try await stage.handIn(session) {
        $0.area = "atlantis"
        $0.channel = .paper
      }
      let received = try #require(
        try await stage.events(
          Recourse_Intake_V1_ApplicationReceived.self, of: response.caseReference
        ).first)
      #expect(received.area == "plymouth" && received.channel == "WEB")
    }
  }

  @Test func `what an officer keys in is marked so, and may have come earlier`() async throws {
    try await IntakeStage.with { stage in
      let draft = try await stage.startDraft {
        $0.officer = "A. Officer"
        $0.channel = .paper
      }
      let earlier = try Google_Protobuf_Timestamp(date: .at("2026-03-16T09:12:00Z"))
      let response = try await stage.handIn(draft.session) { $0.receivedAt = earlier }
      #expect(response.receivedOn == "2026-03-16")
      let received = try #require(
        try await stage.events(
          Recourse_Intake_V1_ApplicationReceived.self, of: response.caseReference
        ).first)
      #expect(received.channel == "PAPER")
      let submitted = try await stage.slice.read { slice in
        try slice.rows("SELECT submitted_by FROM application").map { try $0.text("submitted_by") }
      }
      #expect(submitted == ["OFFICER"])
      #expect(
        try await stage.recorded("intake.hand-in")
          == [["A. Officer", response.caseReference, "PAPER"]])
      for logged in try await stage.place.events() {
        #expect(logged.event.payload.range(of: Data("Officer".utf8)) == nil)
      }
    }
  }

  @Test func `an officer who has handed in gets the receipt again, and no right of the applicant`()
    async throws
  {
    try await IntakeStage.with { stage in
      let draft = try await stage.startDraft {
        $0.officer = "A. Officer"
        $0.channel = .phone
      }
      let other = try await stage.openDraft(draft.code).session
      let reference = try await stage.handIn(draft.session).caseReference
      let again = try await stage.handIn(draft.session)
      #expect(again.repeated && again.caseReference == reference)
      for session in [draft.session, other] {
        #expect(
          await stage.refusalCode { try await stage.ownCase(in: session) } == "session-ended")
        #expect(
          await stage.refusalCode { try await stage.addComplaint(in: session) } == "session-ended")
        #expect(
          await stage.refusalCode { try await stage.withdraw(in: session) } == "session-ended")
        #expect(
          await stage.refusalCode {
            try await stage.refusing {
              try await Recourse_Intake_V1_Attachments.Stub(wrapping: stage.place.client)
                .list(.with { $0.session = session })
            }
          } == "session-ended")
      }
      // Whoever has the code is the person, with the reference and without.
      for session in [
        try await stage.openCase(reference, draft.code),
        try await stage.openDraft(draft.code).session,
      ] {
        #expect(try await stage.ownCase(in: session).caseReference == reference)
      }
    }
  }

  @Test func `an officer's session is no case's once its draft is gone`() async throws {
    try await IntakeStage.with { stage in
      let draft = try await stage.startDraft {
        $0.officer = "A. Officer"
        $0.channel = .phone
      }
      let reference = try await stage.handIn(draft.session).caseReference
      try await stage.slice.write { tx in
        try tx.execute("DELETE FROM door_draft WHERE case_reference = ?", .text(reference))
      }
      #expect(
        await stage.refusalCode { try await stage.ownCase(in: draft.session) } == "session-ended")
      let session = try await stage.openCase(reference, draft.code)
      #expect(try await stage.ownCase(in: session).caseReference == reference)
    }
  }

  @Test func `a new code shuts out the old one and whoever had it open, and is on record`()
    async throws
  {
    try await IntakeStage.with { stage in
      let own = try await stage.ownCase()
      let code = try await stage.issueCode(own.reference, because: "Zaphod lost it")
      #expect(code != own.code)
      #expect(
        await stage.refusalCode { try await stage.openCase(own.reference, own.code) }
          == "unknown-code")
      #expect(await stage.refusalCode { try await stage.openDraft(own.code) } == "unknown-code")
      #expect(
        await stage.refusalCode { try await stage.ownCase(in: own.session) } == "session-ended")
      _ = try await stage.ownCase(in: stage.openCase(own.reference, code))
      // What a person typed is beside the record.
      #expect(try await stage.recorded("intake.issue-code") == [["A. Officer", own.reference, ""]])
      // One that never had a code gets its first.
      let paper = try await stage.submit().caseReference
      _ = try await stage.openCase(paper, stage.issueCode(paper))
    }
  }

  @Test func `a code is given out by somebody, with a reason, for a case that there is`()
    async throws
  {
    try await IntakeStage.with { stage in
      let reference = try await stage.ownCase().reference
      #expect(
        await stage.refusalCode { try await stage.issueCode(reference, by: " ") } == "missing")
      #expect(
        await stage.refusalCode { try await stage.issueCode(reference, because: "") } == "missing")
      #expect(await stage.refusalCode { try await stage.issueCode("0000-0000") } == "unknown-case")
      #expect(
        await stage.refusalCode {
          try await stage.issueCode(reference, because: String(repeating: "a", count: 10_001))
        } == "too-long")
    }
  }
}
