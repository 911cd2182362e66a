import CaseModel
import Foundation
import IntakeRules
import Messages
import SwiftProtobuf
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Intake

/// What a person sees and changes of a case of their own.
@Suite(.timeLimit(.minutes(3))) struct OwnChangeTests {
  @Test
  func `a person reads what they told, without alleged perpetrators, and that is on record once`()
    async throws
  {
    try await IntakeStage.with { stage in
      let draft = try await stage.startDraft()
      _ = try await stage.handIn(draft.session) {
        $0.allegedPerpetrators = [
          .with {
            $0.name = "Qzallegedname"
            $0.address = "Qzallegedaddress"
          }
        ]
      }
      let own = try await stage.ownCase(in: draft.session)
      let told = try Examples.message("three-complaints")
      #expect(own.application.applicant == told.applicant)
      #expect(own.application.victims == told.victims && own.application.others == told.others)
      #expect(own.application.complaints == told.complaints)
      #expect(
        own.application.impact == told.impact && own.application.attendance == told.attendance)
      #expect(own.application.heardVia == told.heardVia && own.application.risk == told.risk)
      #expect(own.application.allegedPerpetrators.isEmpty)
      let bytes: Data = try own.serializedBytes()
      #expect(!Marker("Qzalleged").isIn(bytes))
      #expect(own.consents.map(\.purpose) == told.consents.map(\.purpose))
      #expect(own.complaintsAtReceipt == 3 && own.withdrawnOn.isEmpty)
      #expect(own.policyDigest == (try PackFixture.plymouthDigest()))
      _ = try await stage.ownCase(in: draft.session)
      let record = try await stage.recorded("intake.read-own-case")
      #expect(record.map { $0[1] } == [own.caseReference])
      #expect(record[0][2] == "own-case: application, consents, attachments")
    }
  }

  @Test func `a complaint that is added later follows the others, and is announced as later`()
    async throws
  {
    try await IntakeStage.with { stage in
      let own = try await stage.ownCase()
      let response = try await stage.addComplaint(in: own.session) { $0.hateStrands = [.race] }
      #expect(response.faults.isEmpty && response.logPosition > 0)
      let recorded = try await stage.events(
        Recourse_Intake_V1_ComplaintRecorded.self, of: own.reference)
      #expect(recorded.map(\.index) == [0, 1, 2, 3])
      #expect(recorded.map(\.addedLater) == [false, false, false, true])
      let last = recorded[3]
      #expect(last.complaintFrom == "2026-06-22" && last.body == "plymouth-city-council")
      #expect(last.hate && last.complainantKey == recorded[0].complainantKey)
      #expect(last.policyDigest == recorded[0].policyDigest)
      let seen = try await stage.ownCase(in: own.session)
      #expect(seen.application.complaints.count == 4 && seen.complaintsAtReceipt == 3)
      #expect(seen.application.complaints[3].what == "Shouting at night")
      #expect(seen.application.complaints[3].hateStrands == [.race])
    }
  }

  @Test func `what is wrong with a later complaint is told by its place, and nothing is kept`()
    async throws
  {
    try await IntakeStage.with { stage in
      let own = try await stage.ownCase()
      let head = try await stage.place.logHead()
      let wrong: [(String, @Sendable (inout Complaint) -> Void)] = [
        ("missing complaint.behaviourDate", { $0.behaviourDate = "" }),
        ("in-the-future complaint.complaintDate", { $0.complaintDate = "2026-07-01" }),
        ("unknown-body complaint.body", { $0.body = "atlantis" }),
        ("unknown-complainant complaint.complainant", { $0.complainant = "zaphod" }),
        ("too-long complaint.what", { $0.what = String(repeating: "a", count: 10_001) }),
        ("unknown-value complaint.madeTo", { $0.madeTo = .UNRECOGNIZED(99) }),
      ]
      for (expected, change) in wrong {
        let response = try await stage.addComplaint(in: own.session, change)
        #expect(response.faults.map { "\($0.code) \($0.path)" } == [expected])
        #expect(response.faults.allSatisfy { !$0.message.contains("zaphod") })
      }
      #expect(try await stage.place.logHead() == head)
      #expect(try await stage.count("complaint") == 3)
    }
  }

  @Test func `a case takes so many complaints and no more`() async throws {
    try await IntakeStage.with { stage in
      let own = try await stage.ownCase()
      try await stage.slice.write { tx in
        for place in 3..<DoorBounds.complaintsLimit {
          try tx.execute(
            """
            INSERT INTO complaint SELECT case_reference, ?, behaviour_from, behaviour_to,
              complaint_from, complaint_to, made_to, body, reference, channel, incident,
              complainant, what, response_so_far, added_on
            FROM complaint WHERE place = 0
            """, .integer(place))
        }
      }
      #expect(
        await stage.refusalCode { try await stage.addComplaint(in: own.session) } == "too-many")
    }
  }

  @Test
  func `the same key changes a case once, in another session too, and keys of cases do not meet`()
    async throws
  {
    try await IntakeStage.with { stage in
      let own = try await stage.ownCase()
      let first = try await stage.addComplaint(in: own.session, key: "k")
      let other = try await stage.openCase(own.reference, own.code)
      let again = try await stage.addComplaint(in: other, key: "k")
      #expect(!first.repeated && again.repeated && again.logPosition == first.logPosition)
      #expect(try await stage.count("complaint") == 4)
      #expect(
        await stage.refusalCode {
          try await stage.addComplaint(in: other, key: "k") { $0.what = "Something else" }
        } == "idempotency-key-reused")
      let neighbour = try await stage.ownCase()
      #expect(try await !stage.addComplaint(in: neighbour.session, key: "k").repeated)
    }
  }

  @Test
  func
    `how somebody is reached is replaced whole, by the form's own checks, and name and kind stay`()
    async throws
  {
    try await IntakeStage.with { stage in
      let own = try await stage.ownCase()
      let before = try await stage.ownCase(in: own.session).application.applicant
      let contact = Party.with {
        $0.name = "Somebody Else"
        $0.kind = .business
        $0.phone = "01632 960001"
        $0.language = "cy"
        $0.adjustments = ["large print"]
        $0.safeContact.channels = [.sms]
        $0.safeContact.phoneBetween = "10:00-14:00"
      }
      let response = try await stage.change(contact: contact, in: own.session)
      #expect(response.faults.isEmpty && response.logPosition > 0)
      let after = try await stage.ownCase(in: own.session).application.applicant
      #expect(after.name == before.name && after.kind == before.kind)
      #expect(after.phone == "01632 960001" && after.email.isEmpty && after.postalAddress.isEmpty)
      #expect(after.safeContact == contact.safeContact && after.adjustments == ["large print"])
      let changed = try #require(
        try await stage.events(Recourse_Intake_V1_ContactChanged.self, of: own.reference).first)
      #expect(changed.changedOn == "2026-06-30" && !changed.personKey.isEmpty)
      for logged in try await stage.place.events() {
        #expect(logged.event.payload.range(of: Data("960001".utf8)) == nil)
      }
      let wrong = try await stage.change(
        contact: .with {
          $0.safeContact.channels = [.email]
          $0.safeContact.phoneBetween = "whenever"
        }, in: own.session)
      #expect(
        wrong.faults.map { "\($0.code) \($0.path)" } == [
          "unreachable contact.safeContact.channels[0]",
          "wrong-form contact.safeContact.phoneBetween",
        ])
      #expect(try await stage.ownCase(in: own.session).application.applicant == after)
    }
  }

  @Test func `how somebody takes part may be changed, to one of the form's ways`() async throws {
    try await IntakeStage.with { stage in
      let own = try await stage.ownCase()
      _ = try await stage.change(attendance: .attendRemotely, in: own.session)
      let seen = try await stage.ownCase(in: own.session)
      #expect(seen.application.attendance == .attendRemotely)
      let chosen = try await stage.events(
        Recourse_Intake_V1_AttendanceChosen.self, of: own.reference)
      #expect(chosen.map(\.attendance) == ["ATTEND_REMOTELY"])
      for none in [Application.Attendance.unspecified, .UNRECOGNIZED(99)] {
        let response = try await stage.change(attendance: none, in: own.session)
        #expect(response.faults.map { "\($0.code) \($0.path)" } == ["missing attendance"])
      }
    }
  }

  @Test func `a consent of their own is answered as an officer would record it`() async throws {
    try await IntakeStage.with { stage in
      let own = try await stage.ownCase()
      let withdrawn = try await stage.answer(.withdrawn, in: own.session)
      #expect(withdrawn.awaited.map(\.purpose) == [.shareWithRelevantBodies])
      #expect(
        try await stage.events(Recourse_Intake_V1_ConsentWithdrawn.self, of: own.reference).count
          == 1)
      #expect(
        await stage.refusalCode { try await stage.answer(.withdrawn, in: own.session) }
          == "nothing-to-withdraw")
      let wordless = try await stage.answer(.given, wording: "", in: own.session)
      #expect(wordless.faults.map { "\($0.code) \($0.path)" } == ["missing wording"])
      let given = try await stage.answer(.given, wording: "2026-02", in: own.session)
      #expect(given.awaited.isEmpty && given.faults.isEmpty)
      let seen = try await stage.ownCase(in: own.session)
      #expect(seen.consents.last?.wording == "2026-02" && seen.awaited.isEmpty)
      #expect(
        try await stage.recorded("intake.record-consent").map { $0[0] } == [
          "applicant", "applicant",
        ])
    }
  }

  @Test func `killed after a change was kept, and before anybody heard, it is one change`()
    async throws
  {
    try await IntakeStage.with(onDisk: true) { stage in
      let own = try await stage.ownCase()
      _ = try await stage.addComplaint(in: own.session, key: "a")
      _ = try await stage.withdraw(in: own.session, key: "w")
      try await stage.place.restart("intake")
      #expect(try await stage.addComplaint(in: own.session, key: "a").repeated)
      #expect(try await stage.withdraw(in: own.session, key: "w").repeated)
      try await stage.place.settle()
      let recorded = try await stage.events(
        Recourse_Intake_V1_ComplaintRecorded.self, of: own.reference)
      let withdrawn = try await stage.events(
        Recourse_Intake_V1_ApplicationWithdrawn.self, of: own.reference)
      #expect(recorded.count == 4 && withdrawn.count == 1)
    }
  }

  @Test func `what a person may not do without a session leaves everything as it is`() async throws
  {
    try await IntakeStage.with { stage in
      let own = try await stage.ownCase()
      _ = try await stage.door.closeSession(.with { $0.session = own.session })
      let head = try await stage.place.logHead()
      for refused in [
        await stage.refusalCode { try await stage.withdraw(in: own.session) },
        await stage.refusalCode { try await stage.addComplaint(in: own.session) },
        await stage.refusalCode { try await stage.change(contact: .init(), in: own.session) },
        await stage.refusalCode { try await stage.answer(.withdrawn, in: own.session) },
        await stage.refusalCode { try await stage.change(attendance: .statement, in: own.session) },
        await stage.refusalCode { try await stage.handIn(own.session) },
      ] {
        #expect(refused == "session-ended")
      }
      #expect(try await stage.place.logHead() == head)
    }
  }
}
