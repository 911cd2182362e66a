import Foundation
import Messages
import SwiftProtobuf
import Testing
import WorkerKitTesting

@testable import Portal

@Suite("Changing a case of one's own, by HTTP", .timeLimit(.minutes(3)))
struct FollowChangeTests {
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

  @Test func `a later complaint is added, with a month where the day is not known`() async throws {
    try await FollowStage.with { stage in
      try await stage.signIn()
      let form = try await stage.browser.get("/case/complaint")
      let faulty = try await stage.browser.fill(form, [("what", "Shouting again")])
      #expect(faulty.status == 400)
      let page = try faulty.page()
      #expect(page.faults.count == 3 && page.main.contains("Shouting again"))
      let done = try await stage.browser.fill(
        faulty,
        [
          ("happened-day", ""), ("happened-month", "2"), ("happened-year", "2026"),
          ("reported-day", "18"), ("reported-month", "3"), ("reported-year", "2026"),
          ("body", "devon-and-cornwall-police"), ("what", "Shouting again"),
        ])
      #expect(try done.page().main.contains("Your complaint was added"))
      let own = try await own(stage)
      #expect(own.application.complaints.count == 4 && own.complaintsAtReceipt == 3)
      let added = try #require(own.application.complaints.last)
      #expect(added.behaviourDate == "2026-02-01" && added.behaviourDateTo == "2026-02-28")
      #expect(added.complaintDate == "2026-03-18" && added.madeTo == .police)
    }
  }

  @Test func `a form that is sent twice changes once`() async throws {
    try await FollowStage.with { stage in
      try await stage.signIn()
      let form = try await stage.browser.get("/case/complaint")
      let fields = [
        ("happened-day", "1"), ("happened-month", "3"), ("happened-year", "2026"),
        ("reported-day", "18"), ("reported-month", "3"), ("reported-year", "2026"),
        ("body", "other"), ("what", "Shouting again"),
      ]
      _ = try await stage.browser.fill(form, fields)
      _ = try await stage.browser.fill(form, fields)
      #expect(try await own(stage).application.complaints.count == 4)
    }
  }

  @Test func `how somebody is reached is changed, and who they are stays`() async throws {
    try await FollowStage.with { stage in
      try await stage.signIn()
      let form = try await stage.browser.get("/case/contact")
      let done = try await stage.browser.fill(
        form,
        [
          ("phone", "+44 1632 960099"), ("ways", "phone"), ("between", "12:00-13:00"),
          ("voicemail", "no"), ("language", "cy"),
        ])
      #expect(try done.page().main.contains("How we reach you was changed"))
      let party = try await own(stage).application.applicant
      #expect(party.name == "Applicant One" && party.phone == "+44 1632 960099")
      #expect(party.safeContact.channels == [.phone] && party.language == "cy")
    }
  }

  @Test func `the way that somebody likes best stays the first where something else is changed`()
    async throws
  {
    try await FollowStage.with(
      PortalOptions(),
      {
        $0.applicant.phone = "+44 1632 960001"
        $0.applicant.safeContact.channels = [.phone, .email]
      },
      { stage in
        try await stage.signIn()
        let form = try await stage.browser.get("/case/contact")
        _ = try await stage.browser.fill(form, [("language", "cy")])
        let party = try await own(stage).application.applicant
        #expect(party.language == "cy" && party.safeContact.channels == [.phone, .email])
      })
  }

  @Test func `what is wrong with a way is said in the language of the page`() async throws {
    try await FollowStage.with { stage in
      try await stage.signIn()
      for (prefix, unreachable, hours) in [
        (
          "", "A way that you said is safe has no address that works", "Check how this is written"
        ),
        (
          "/cy", "Nid oes cyfeiriad sy'n gweithio ar gyfer ffordd y dywedoch ei bod yn ddiogel",
          "Gwiriwch sut mae hwn wedi'i ysgrifennu"
        ),
      ] {
        let form = try await stage.browser.get("\(prefix)/case/contact")
        let wrong: [([(String, String)], String)] = [
          ([("phone", ""), ("ways", "phone")], unreachable), ([("between", "at noon")], hours),
        ]
        for (fields, message) in wrong {
          let refused = try await stage.browser.fill(form, fields)
          #expect(refused.status == 400)
          #expect(try refused.page().faults == [message])
        }
      }
    }
  }

  @Test func `how to take part is changed`() async throws {
    try await FollowStage.with { stage in
      try await stage.signIn()
      let form = try await stage.browser.get("/case/attendance")
      let done = try await stage.browser.fill(form, [("attendance", "statement")])
      #expect(try done.page().main.contains("How you take part was changed"))
      #expect(try await own(stage).application.attendance == .statement)
    }
  }

  @Test func `an appeal is lodged on a ground of the procedure, once`() async throws {
    try await FollowStage.with { stage in
      try await stage.signIn()
      let early = try await stage.browser.get("/case/appeal")
      #expect(early.text.contains("nothing to appeal against"))
      try await stage.decide()
      let form = try await stage.browser.get("/case/appeal")
      let faulty = try await stage.browser.fill(form, [("reason", "They forgot a report.")])
      #expect(faulty.status == 400)
      #expect(try faulty.page().main.contains("They forgot a report."))
      let done = try await stage.browser.fill(
        faulty, [("ground", "handling.facts-not-considered"), ("reason", "They forgot a report.")])
      #expect(try done.page().main.contains("We have your appeal"))
      let twice = try await stage.browser.fill(
        faulty, [("ground", "handling.facts-not-considered"), ("reason", "They forgot a report.")])
      #expect(try twice.page().main.contains("We have your appeal"), "a second press is no error")
      try await stage.portal.place.settle()
      #expect(try await stage.announced().count { $0 == "AppealMade" } == 1)
      let again = try await stage.page("/case/appeal")
      #expect(
        !again.elements.contains { $0.attributes["value"] == "handling.facts-not-considered" })
    }
  }

  @Test
  func `an application is taken back only after the question whether somebody pressed for it`()
    async throws
  {
    try await FollowStage.with { stage in
      try await stage.signIn()
      let form = try await stage.browser.get("/case/withdraw")
      let faulty = try await stage.browser.fill(form, [])
      #expect(faulty.status == 400)
      #expect(try faulty.page().faults.count == 1)
      let done = try await stage.browser.fill(faulty, [("pressure", "yes")])
      let page = try done.page()
      #expect(page.main.contains("You took your application back"))
      #expect(page.link("Add a complaint") == nil && page.link("Appeal") == nil)
      try await stage.portal.place.settle()
      let events = try await stage.portal.place.events(key: "case/\(stage.reference)")
      let withdrawn = try #require(
        events.last { $0.event.type == Recourse_Intake_V1_ApplicationWithdrawn.protoMessageName })
      let event = try Recourse_Intake_V1_ApplicationWithdrawn(
        serializedBytes: withdrawn.event.payload)
      #expect(event.underPressure)
    }
  }

  @Test
  func `whoever took the application back still takes back consents, and changes safe ways`()
    async throws
  {
    try await FollowStage.with { stage in
      try await stage.signIn()
      let form = try await stage.browser.get("/case/withdraw")
      _ = try await stage.browser.fill(form, [("pressure", "no")])
      let twice = try await stage.browser.fill(form, [("pressure", "no")])
      #expect(twice.status == 200, "whoever presses twice is told that it is done")
      #expect(try twice.page().main.contains("Your application was taken back"))
      let page = try await stage.page("/case")
      #expect(page.link("Change how we reach you") != nil && page.link("Add a complaint") == nil)
      let contact = try await stage.browser.get("/case/contact")
      _ = try await stage.browser.fill(contact, [("phone", "+44 1632 960099"), ("ways", "phone")])
      #expect(try await own(stage).application.applicant.phone == "+44 1632 960099")
      let list = try await stage.page("/case/consents")
      let link = try #require(
        list.all("a").first { $0.text.contains("Take back") }?.attributes["href"])
      _ = try await stage.browser.fill(try await stage.browser.get(link), [])
      #expect(try await stage.page("/case/consents").main.contains("Taken back on"))
      #expect(
        !(try await stage.page("/case/consents").all("a").contains { $0.text.contains("Say yes") }))
    }
  }

  @Test func `what was typed is not lost where Intake is away, and goes when it is back`()
    async throws
  {
    try await FollowStage.with(onDisk: true) { stage in
      try await stage.signIn()
      let form = try await stage.browser.get("/case/withdraw")
      await stage.portal.place.kill("intake")
      let words = "Typed while \"it\" was <away>"
      let away = try await stage.browser.fill(form, [("pressure", "no"), ("reason", words)])
      #expect(away.status == 503 && away.text.contains("is not lost"))
      #expect(try away.page().form?.action == "/case/withdraw")
      try await stage.portal.place.restart("intake")
      let done = try await stage.browser.fill(away, [])
      #expect(try done.page().main.contains("You took your application back"))
    }
  }

  @Test func `no page has a code in it, though what it should have opened is away`() async throws {
    try await FollowStage.with { stage in
      let form = try await stage.browser.get("/follow")
      await stage.portal.place.kill("intake")
      let away = try await stage.browser.fill(
        form, [("reference", stage.reference), ("code", stage.code)])
      #expect(away.status == 503 && !away.text.contains(stage.code))
    }
  }

  @Test func `whoever leaves is gone at once, though Intake is away`() async throws {
    try await FollowStage.with { stage in
      try await stage.signIn()
      await stage.portal.place.kill("intake")
      let began = ContinuousClock.now
      let left = try await stage.browser.send(.get, "/exit")
      #expect(left.status == 303 && stage.browser.cookie.isEmpty)
      #expect(ContinuousClock.now - began < PortalBounds.callLimit)
    }
  }

  @Test func `whose session of a case has ended is asked for the reference too`() async throws {
    try await FollowStage.with { stage in
      try await stage.signIn()
      let door = Recourse_Intake_V1_Door.Stub(wrapping: stage.portal.place.client)
      let token = String(stage.browser.cookie.split(separator: "=", maxSplits: 1)[1])
      _ = try await door.closeSession(.with { $0.session = token })
      let asked = try await stage.browser.get("/case/letters")
      #expect(try asked.page().all("input").contains { $0.attributes["name"] == "reference" })
      let back = try await stage.browser.fill(
        asked, [("reference", stage.reference), ("code", stage.code)])
      #expect(back.path == "/case/letters" && back.status == 200)
    }
  }

  @Test func `what was typed is not lost where the session has ended`() async throws {
    try await FollowStage.with { stage in
      try await stage.signIn()
      let form = try await stage.browser.get("/case/attendance")
      let door = Recourse_Intake_V1_Door.Stub(wrapping: stage.portal.place.client)
      let token = String(stage.browser.cookie.split(separator: "=", maxSplits: 1)[1])
      _ = try await door.closeSession(.with { $0.session = token })
      let asked = try await stage.browser.fill(form, [("attendance", "not")])
      #expect(asked.text.contains("not lost"))
      let shown = try await stage.browser.fill(asked, [("code", stage.code)])
      #expect(try await own(stage).application.attendance != .doesNotAttend)
      _ = try await stage.browser.fill(shown, [])
      #expect(try await own(stage).application.attendance == .doesNotAttend)
    }
  }
}
