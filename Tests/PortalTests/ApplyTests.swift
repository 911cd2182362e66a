import Foundation
import Intake
import Messages
import SwiftProtobuf
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Portal

/// An application by HTTP, from "I have never heard of this" to the receipt, with the real Intake behind it.
@Suite(.serialized) struct ApplyTests {
  static let complaintPages: [[(String, String)]] = [
    [("happened-day", "9"), ("happened-month", "1"), ("happened-year", "2026")],
    [("reported-day", "10"), ("reported-month", "1"), ("reported-year", "2026")],
    [("made-to", "police")], [("by", "self")], [("what", "Music until four")],
    [("response", "Nobody came")], [],
  ]

  /// Begins, and gives the code and the first question.
  private func begin(_ browser: Browser) async throws -> (code: String, page: Browser.Answer) {
    let started = try await browser.fill(try await browser.get("/apply"), [("area", "plymouth")])
    #expect(started.status == 200)
    let page = try started.page()
    let code = try #require(page.all("strong").first?.text)
    #expect(code.filter { $0 != "-" }.count == 16)
    #expect(browser.cookie.hasPrefix("session=") && !browser.cookie.contains(code))
    let next = try #require(page.link("I have written it down"))
    return (code, try await browser.get(next))
  }

  @Test func `the code is there when its page is loaded again, until the first answer`()
    async throws
  {
    try await PortalPlace.with { portal in
      let browser = portal.browser
      let sent = try await browser.sendForm("/apply", [("area", "plymouth")])
      #expect(sent.status == 303 && sent.headers["location"] == "/apply/code")
      let code = try #require(try await browser.get("/apply/code").page().all("strong").first?.text)
      #expect(code.filter { $0 != "-" }.count == 16)
      #expect(try await browser.get("/cy/apply/code").text.contains(code))
      let question = try await browser.get("/apply/question/who")
      #expect(!question.text.contains(code))
      _ = try await browser.fill(question, [("who", "myself")])
      let after = try await browser.get("/apply/code")
      #expect(after.status == 200 && !after.text.contains(code))
      browser.cookie = ""
      #expect(try await browser.get("/apply/code").status == 200)
      let back = try await browser.post("/return", [("code", code)])
      #expect(back.path.hasPrefix("/apply/question/"), "it is the code of this draft")
    }
  }

  /// Answers page after page.
  private func answer(
    _ pages: [[(String, String)]], from first: Browser.Answer, _ browser: Browser
  ) async throws -> Browser.Answer {
    var answer = first
    for fields in pages {
      let next = try await browser.fill(answer, fields)
      #expect(try next.page().faults == [], "\(answer.path): \(fields)")
      answer = next
    }
    return answer
  }

  private static let who: [[(String, String)]] = [
    [("who", "myself")], [("danger", "no")], [("name", "Applicant One")],
    [("email", "one@mail.example")], [("safe-ways", "EMAIL")], [("language", "en")],
    [("adjustments", "Large print")],
  ]

  /// From the list of people to "check your answers".
  private static let rest: [[(String, String)]] = [
    [], [("risk-frequency", "weekly"), ("risk", "fear")], [("impact", "No sleep")],
    [("outcome", "Somebody in charge")], [("attendance", "ATTEND_REMOTELY")],
    [("consent-sharing", "yes")], [("consent-support-victim-support", "no")],
    [("consent-support-victim-care-unit", "no")], [("consent-feedback", "no")], [],
  ]

  @Test func `somebody goes from the first page to a receipt, without scripts`() async throws {
    try await PortalPlace.with { portal in
      let browser = portal.browser
      let (code, first) = try await begin(browser)
      var page = try await answer(Self.who, from: first, browser)
      #expect(page.path == "/apply/complaints")
      page = try await browser.fill(page, [("add", "yes")])
      page = try await answer(Self.complaintPages, from: page, browser)
      #expect(page.path == "/apply/complaints")
      page = try await answer([[]] + Self.rest, from: page, browser)
      #expect(page.path == "/apply/files")
      let check = try await browser.get("/apply/check")
      #expect(try check.page().main.contains("Applicant One"))
      let receipt = try await browser.fill(check, [])
      #expect(receipt.path == "/apply/receipt")
      let shown = try receipt.page()
      #expect(shown.heading == "Application sent")
      let reference = try #require(shown.all("strong").first?.text)
      #expect(!receipt.path.contains(reference) && !shown.title.contains(reference))
      #expect(shown.main.contains("2026"), "a day by which something happens")
      // It is there, as it was told.
      let intake = Recourse_Intake_V1_Intake.Stub(wrapping: portal.place.client)
      let cases = try await intake.listCases(.init()).cases.map(\.caseReference)
      #expect(cases == [reference])
      // Sent again, it is the same one.
      let again = try await browser.get("/apply/receipt")
      #expect(try again.page().main.contains(reference))
      #expect(try await browser.get("/apply/question/who").status == 409)
      // And somebody else with reference and code gets in.
      let other = portal.browser
      let back = try await other.get("/return")
      let opened = try await other.sendForm(
        try #require(try back.page().form?.action), [("code", code), ("reference", reference)])
      #expect(opened.status == 303 && opened.headers["location"] == "/case")
    }
  }

  @Test(arguments: [("self", false), ("other", true)])
  func `check your answers shows a name only where it was said that somebody else complained`(
    who: String, isShown: Bool
  ) async throws {
    try await PortalPlace.with { portal in
      let browser = portal.browser
      _ = try await begin(browser)
      let added = try await browser.fill(
        try await browser.get("/apply/complaints"), [("add", "yes")])
      var pages = Self.complaintPages
      pages[3] = [("by", who), ("other-name", "Neighbour at number 2")]
      _ = try await answer(pages, from: added, browser)
      let check = try await browser.get("/apply/check").page().main
      #expect(check.contains("9 January 2026"))
      #expect(check.contains("Neighbour at number 2") == isShown)
      #expect(check.contains("If it was somebody else") == isShown)
    }
  }

  @Test func `danger is answered with 999 at once`() async throws {
    try await PortalPlace.with { portal in
      let browser = portal.browser
      let first = try await begin(browser).page
      let danger = try await answer(
        [[("who", "myself")], [("danger", "yes")]], from: first, browser)
      #expect(danger.path == "/apply/danger")
      #expect(try danger.page().all("a").contains { $0.attributes["href"] == "tel:999" })
      let on = try #require(try danger.page().link("Go on with the application"))
      #expect(try await browser.get(on).path == "/apply/question/name")
    }
  }

  @Test func `what is wrong stands at the top and beside the field, and what was typed stays`()
    async throws
  {
    try await PortalPlace.with { portal in
      let browser = portal.browser
      let first = try await begin(browser).page
      var page = try await answer(Array(Self.who.prefix(3)), from: first, browser)
      page = try await browser.fill(page, [("email", "not an e-mail"), ("address", "1 Street")])
      let shown = try page.page()
      #expect(shown.faults.count == 1 && shown.title.hasPrefix("Error: "))
      #expect(page.status == 400)
      #expect(shown.all("textarea").first?.text == "1 Street")
      #expect(
        shown.all("input").contains { $0.attributes["value"] == "not an e-mail" })
    }
  }

  @Test func `somebody leaves, comes back with the code, and goes on where they were`() async throws
  {
    try await PortalPlace.with { portal in
      let browser = portal.browser
      let (code, first) = try await begin(browser)
      let page = try await answer([[("who", "myself")], [("danger", "no")]], from: first, browser)
      let later = try await browser.fill(page, [("name", "Applicant One"), ("later", "yes")])
      #expect(try later.page().heading == "Your answers are saved")
      #expect(browser.cookie.isEmpty)
      let other = portal.browser
      let back = try await other.fill(
        try await other.get("/return"), [("code", code.lowercased().replacing("-", with: " "))])
      #expect(back.path == "/apply/question/contact", "the name is there already")
      let wrong = try await portal.browser.fill(
        try await other.get("/return"), [("code", "AAAA-AAAA-AAAA-AAAA")])
      #expect(try wrong.page().faults.count == 1)
    }
  }

  @Test func `what was typed when the session had ended is kept once the code is shown`()
    async throws
  {
    try await PortalPlace.with { portal in
      let browser = portal.browser
      let (code, first) = try await begin(browser)
      let page = try await answer([[("who", "myself")], [("danger", "no")]], from: first, browser)
      #expect(page.path == "/apply/question/name")
      // The session ends elsewhere, as time would end it.
      let token = String(browser.cookie.dropFirst("session=".count))
      let door = Recourse_Intake_V1_Door.Stub(wrapping: portal.place.client)
      _ = try await door.closeSession(.with { $0.session = token })
      let asked = try await browser.fill(page, [("name", "Typed in vain?")])
      #expect(try asked.page().heading == "Enter your code to go on")
      #expect(asked.status == 403)
      // A wrong code loses nothing either.
      let wrong = try await browser.fill(asked, [("code", "AAAA-AAAA-AAAA-AAAA")])
      #expect(try wrong.page().faults.count == 1)
      let on = try await browser.fill(wrong, [("code", code)])
      #expect(on.path == "/apply/question/contact")
      let name = try await browser.get("/apply/question/name").page()
      #expect(name.all("input").contains { $0.attributes["value"] == "Typed in vain?" })
    }
  }

  @Test func `an answer that another window changed is not thrown away without a word`()
    async throws
  {
    try await PortalPlace.with { portal in
      let browser = portal.browser
      let first = try await begin(browser).page
      let page = try await answer([[("who", "myself")], [("danger", "no")]], from: first, browser)
      // Both windows show the same question.
      _ = try await browser.fill(page, [("name", "In one window")])
      let second = try await browser.fill(page, [("name", "In the other")])
      #expect(second.path == "/apply/question/name")
      #expect(try second.page().main.contains("changed in another window"))
      #expect(
        try second.page().all("input").contains { $0.attributes["value"] == "In the other" })
      let kept = try await browser.fill(second, [])
      #expect(kept.path == "/apply/question/contact")
    }
  }

  @Test func `what is missing is told before it can be sent, with a way there`() async throws {
    try await PortalPlace.with { portal in
      let browser = portal.browser
      _ = try await begin(browser)
      let check = try await browser.get("/apply/check")
      let refused = try await browser.fill(check, [])
      let page = try refused.page()
      #expect(!page.faults.isEmpty && refused.status == 400)
      #expect(try await browser.get("/apply/receipt").path == "/apply/check", "there is none yet")
      let there = try #require(page.all("a").first { $0.text.contains("Not answered yet") })
      let address = try #require(there.attributes["href"])
      #expect(address == "/apply/question/who?change=yes")
      let cases = try await Recourse_Intake_V1_Intake.Stub(wrapping: portal.place.client)
        .listCases(.init()).cases
      #expect(cases.isEmpty)
    }
  }

  @Test func `the Welsh pages stay Welsh from page to page`() async throws {
    try await PortalPlace.with { portal in
      let browser = portal.browser
      let started = try await browser.fill(
        try await browser.get("/cy/apply"), [("area", "plymouth")])
      let next = try #require(try started.page().link("Rwyf wedi'i ysgrifennu"))
      var page = try await browser.get(next)
      #expect(page.path == "/cy/apply/question/who")
      page = try await browser.fill(page, [("who", "myself")])
      #expect(page.path == "/cy/apply/question/danger")
      let wrong = try await browser.fill(page, [])
      #expect(try wrong.page().title.hasPrefix("Gwall: "))
    }
  }
}
