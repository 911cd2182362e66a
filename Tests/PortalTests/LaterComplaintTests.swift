import Foundation
import Messages
import SwiftProtobuf
import Testing
import WorkerKitTesting

@testable import Portal

@Suite("A later complaint and the note on safe contact, by HTTP", .timeLimit(.minutes(3)))
struct LaterComplaintTests {
  /// What Intake has of the case, for its own person.
  private func own(_ stage: FollowStage) async throws -> Recourse_Intake_V1_GetOwnCaseResponse {
    let door = Recourse_Intake_V1_Door.Stub(wrapping: stage.portal.place.client)
    let opened = try await door.openCase(
      .with {
        $0.caseReference = stage.reference
        $0.code = stage.code
      })
    return try await door.getOwnCase(.with { $0.session = opened.session })
  }

  @Test func `a later complaint is asked what the application asks of each`() async throws {
    try await FollowStage.with(
      PortalOptions(),
      {
        $0.others = [
          .with {
            $0.id = "other-1"
            $0.name = "Neighbour at number 2"
            $0.household = "number 2"
          }
        ]
      },
      { stage in
        try await stage.signIn()
        let form = try await stage.browser.get("/case/complaint")
        let fields = [
          ("happened-day", "10"), ("happened-month", "2"), ("happened-year", "2026"),
          ("happened-about", "yes"),
          ("reported-day", "11"), ("reported-month", "2"), ("reported-year", "2026"),
          ("reported-to-day", "14"), ("reported-to-month", "2"), ("reported-to-year", "2026"),
          ("body", "devon-and-cornwall-police"), ("by", "other"),
          ("other-name", "neighbour at number 2"), ("hate", "DISABILITY"),
          ("what", "Shouting again"),
        ]
        func instead(_ changes: [(String, String)]) -> [(String, String)] {
          fields.filter { field in !changes.contains { $0.0 == field.0 } } + changes
        }
        let early = try await stage.browser.fill(
          form, instead([("reported-month", "1"), ("reported-to-month", "1")]))
        #expect(early.status == 400 && early.text.contains("This is before it happened"))
        let order = try await stage.browser.fill(form, instead([("reported-to-day", "9")]))
        #expect(order.status == 400)
        #expect(try order.page().faults.count == 1)
        let nobody = try await stage.browser.fill(form, instead([("by", "nobody")]))
        #expect(nobody.status == 400 && nobody.text.contains("Choose who complained"))
        let nameless = try await stage.browser.fill(form, instead([("other-name", "")]))
        #expect(nameless.status == 400 && nameless.text.contains("a word for this person"))
        _ = try await stage.browser.fill(form, fields)
        let added = try #require(try await own(stage).application.complaints.last)
        #expect(added.behaviourDate == "2026-02-07" && added.behaviourDateTo == "2026-02-13")
        #expect(added.complaintDate == "2026-02-11" && added.complaintDateTo == "2026-02-14")
        #expect(added.complainant == "other-1" && added.hateStrands == [.disability])
        #expect(try await own(stage).application.others.count == 1, "it is the same neighbour")
        let more = try await stage.browser.get("/case/complaint")
        _ = try await stage.browser.fill(more, instead([("other-name", "Somebody at number 9")]))
        let application = try await own(stage).application
        #expect(application.complaints.last?.complainant == "other-2")
        #expect(
          application.others.map(\.name) == ["Neighbour at number 2", "Somebody at number 9"])
      })
  }

  @Test func `the note on safe contact is shown, and changed`() async throws {
    try await FollowStage.with(
      PortalOptions(), { $0.applicant.safeContact.note = "Ring twice, then hang up" },
      { stage in
        try await stage.signIn()
        let form = try await stage.browser.get("/case/contact")
        #expect(form.text.contains("Ring twice, then hang up"))
        _ = try await stage.browser.fill(form, [("language", "cy")])
        #expect(try await own(stage).application.applicant.safeContact.note.hasPrefix("Ring"))
        let again = try await stage.browser.get("/case/contact")
        _ = try await stage.browser.fill(again, [("note", "Never on a Sunday")])
        let note = try await own(stage).application.applicant.safeContact.note
        #expect(note == "Never on a Sunday")
      })
  }
}
