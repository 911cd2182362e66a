import Foundation
import Messages
import SwiftProtobuf
import Testing
import WorkerKitTesting

@testable import Portal

@Suite("Applications that officers key in", .timeLimit(.minutes(3)))
struct OfficerTests {
  private static func with(
    _ body: (PortalPlace, Browser) async throws -> Void
  ) async throws {
    try await OfficerStage.with { try await body($0.portal, $0.browser) }
  }

  @Test func `nobody is let in without the name of an officer, and one name only`() async throws {
    try await Self.with { portal, browser in
      for headers in [
        [], [("X-Officer", "")], [("X-Officer", String(repeating: "a", count: 101))],
        [("X-Officer", "A. Officer"), ("X-Officer", "Somebody Else")],
      ] {
        let answer = try await browser.send(.get, "/apply", headers: headers)
        #expect(answer.status == 403 && !answer.text.contains("Key in an application"))
      }
      let known = try await browser.send(.get, "/apply", headers: [("X-Officer", "A. Officer")])
      #expect(known.status == 200 && known.text.contains("You are signed in as A. Officer"))
      // Whoever sets the header on the public's pages is nobody by that.
      let outside = try await portal.browser.send(
        .get, "/apply", headers: [("X-Officer", "A. Officer")])
      #expect(outside.status == 200 && !outside.text.contains("A. Officer"))
    }
  }

  @Test func `no case is opened there, and no program comes that way`() async throws {
    try await Self.with { _, browser in
      for path in ["/case", "/follow", "/api/v1/areas", "/api/v1/openapi.json"] {
        let answer = try await browser.send(.get, path, headers: [("X-Officer", "A. Officer")])
        #expect(answer.status == 404, "\(path)")
      }
    }
  }

  @Test(arguments: [
    ("phone", "PHONE"), ("paper", "PAPER"), ("in-person", "IN_PERSON"), ("assisted", "ASSISTED"),
  ])
  func `an application is marked with how it came, and the receipt has the code to hand over`(
    channel: String, name: String
  ) async throws {
    try await Self.with { portal, browser in
      let officer = [("X-Officer", "A. Officer")]
      let begun = try await browser.sendForm(
        "/apply", [("area", "plymouth"), ("channel", channel)], headers: officer)
      #expect(begun.status == 303 && begun.headers["location"] == "/apply/question/who")
      // The answers are those of somebody who is done with the questions.
      let door = Recourse_Intake_V1_Door.Stub(wrapping: portal.place.client)
      let token = try #require(
        Session(token: String(browser.cookie.dropFirst("officer-session=".count))))
      let kept = try await door.getDraft(.with { $0.session = token.token })
      let code = try ApplicationDraft(json: kept.content).main[OfficerPages.codeKey]
      #expect(code.count == 19)
      var draft = DraftFixture.draft()
      draft.main[OfficerPages.codeKey] = code
      let content = try draft.json
      _ = try await door.saveDraft(
        .with {
          $0.session = token.token
          $0.content = content
          $0.follows = kept.revision
        })
      let sent = try await browser.sendForm(
        "/apply/submit", [(PostedForm.tokenField, token.formToken)], headers: officer)
      #expect(sent.status == 200 && sent.text.contains(code))
      #expect(try sent.page().link("See your case") == nil)
      // It is shown this once: the officer goes on to the next one.
      #expect(browser.cookie.isEmpty)
      let again = try await browser.send(.get, "/apply/receipt", headers: officer)
      #expect(again.status == 303 && again.headers["location"] == "/apply")
      try await portal.place.settle()
      let events = try await portal.place.events()
      let received = try #require(
        events.last { $0.event.type == Recourse_Intake_V1_ApplicationReceived.protoMessageName })
      let event = try Recourse_Intake_V1_ApplicationReceived(
        serializedBytes: received.event.payload)
      #expect(event.channel == name)
      // Reference and code open the case on the public's pages.
      let opened = try await portal.browser.fill(
        try await portal.browser.get("/follow"),
        [("reference", event.caseReference), ("code", code)])
      #expect(try opened.page().main.contains(event.caseReference))
    }
  }

  @Test func `how it came is asked for`() async throws {
    try await Self.with { _, browser in
      let answer = try await browser.sendForm(
        "/apply", [("area", ""), ("channel", "")], headers: [("X-Officer", "A. Officer")])
      #expect(answer.status == 400)
      #expect(try answer.page().faults == ["Choose an area", "Choose how it reached you"])
    }
  }

  @Test(arguments: ["X-Officer", "remote_user", "X-Forwarded-User"])
  func `a header of the sign-on's own will do`(name: String) {
    #expect(OfficerListener(host: "127.0.0.1", port: 0, header: name) != nil)
  }

  @Test(arguments: ["", "Cookie", "authorization", "X Officer", "X-Officer:", "Österreich"])
  func `what browsers send by themselves, or is no header, will not`(name: String) {
    #expect(OfficerListener(host: "127.0.0.1", port: 0, header: name) == nil)
  }
}
