import Messages
import SwiftProtobuf
import Testing

@testable import Portal

/// An officer who has keyed in an application stays an officer: nothing of the applicant's is theirs.
@Suite(.timeLimit(.minutes(3))) struct OfficerSessionTests {
  @Test func `what an officer has handed in opens no case on the public's pages of the same host`()
    async throws
  {
    try await OfficerStage.with { stage in
      _ = try await stage.keyIn()
      let (cookie, session) = (stage.browser.cookie, try stage.session)
      #expect(cookie.hasPrefix("officer-session="))
      let check = try await stage.get("/apply/check")
      let form = try #require(try check.page().form)
      let sent = try await stage.post(form.action, form.fields)
      #expect(try sent.page().heading == "Application sent" && stage.browser.cookie.isEmpty)
      // A browser sends both listeners of a host the same cookies.
      let outside = stage.portal.browser
      outside.cookie = cookie
      let follow = try await outside.send(.get, "/case")
      #expect(follow.status == 303 && follow.headers["location"] == "/follow")
      // Nor does the session by the public's name, nor as a program shows it.
      outside.cookie = "session=\(session.token)"
      #expect(try await outside.send(.get, "/case").status == 403)
      for path in ["/case/contact", "/case/withdraw", "/case/files", "/apply/receipt"] {
        outside.cookie = "session=\(session.token)"
        #expect(try await outside.send(.get, path).status == 403, "\(path)")
      }
      outside.cookie = ""
      let program = try await outside.send(
        .get, "/api/v1/case", headers: [("Authorization", "Bearer \(session.token)")])
      #expect(program.status == 401)
    }
  }

  @Test func `a button that is pressed twice gives the same receipt, with the code`() async throws {
    try await OfficerStage.with { stage in
      let code = try await stage.keyIn()
      let form = try #require(try await stage.get("/apply/check").page().form)
      let cookie = stage.browser.cookie
      let first = try await stage.post(form.action, form.fields)
      // The second press was on its way before the first one's answer came.
      stage.browser.cookie = cookie
      let second = try await stage.post(form.action, form.fields)
      for answer in [first, second] {
        #expect(answer.status == 200 && answer.text.contains(code))
      }
      #expect(try first.page().main == second.page().main)
    }
  }

  @Test(arguments: [true, false])
  func `a page of another draft hands over no code but that of the draft that is handed in`(
    isComplete: Bool
  ) async throws {
    try await OfficerStage.with { stage in
      let first = try await stage.keyIn()
      let old = try #require(try await stage.get("/apply/check").page().form)
      #expect(old.fields.contains { $0 == (OfficerPages.codeKey, first) })
      // Another tab of the same browser begins with somebody else.
      stage.browser.cookie = ""
      var second = ""
      if isComplete {
        second = try await stage.keyIn()
      } else {
        _ = try await stage.post("/apply", [("area", "plymouth"), ("channel", "phone")])
      }
      let stale = try await stage.post(old.action, old.fields)
      #expect(stale.status == 403 && !stale.text.contains(first))
      let here = try #require(try stale.page().form)
      let fresh = try stage.session.formToken
      let sent = try await stage.post(here.action, here.fields)
      #expect(!sent.text.contains(first))
      #expect(try sent.page().heading == (isComplete ? "Application sent" : "Check your answers"))
      guard isComplete else {
        // Nor does it come in with a token that fits.
        let posted = try await stage.post(
          old.action,
          old.fields.filter { $0.0 != PostedForm.tokenField } + [(PostedForm.tokenField, fresh)])
        #expect(posted.status != 403 && !posted.text.contains(first))
        return
      }
      #expect(sent.text.contains(second))
    }
  }

  @Test func `behind TLS both cookies are for this host alone, and have names of their own`()
    async throws
  {
    try await OfficerStage.with(behindTLS: true) { stage in
      let begun = try await stage.post("/apply", [("area", "plymouth"), ("channel", "paper")])
      let cookie = try #require(begun.headers["set-cookie"])
      #expect(cookie.hasPrefix("__Host-officer-session=") && cookie.contains("; Path=/;"))
      #expect(cookie.contains("; Secure") && cookie.contains("; SameSite=Strict"))
    }
  }

  @Test func `an officer comes back to a draft by its code, and to no case`() async throws {
    try await OfficerStage.with { stage in
      let code = try await stage.keyIn()
      // Whoever stops in the midst has not seen the code yet.
      let later = try await stage.get("/apply/later")
      #expect(later.text.contains(code) && stage.browser.cookie.isEmpty)
      let back = try await stage.post("/return", [("code", code)])
      #expect(back.status == 303 && back.headers["location"] == "/apply/continue")
      let form = try #require(try await stage.get("/apply/check").page().form)
      let sent = try await stage.post(form.action, form.fields)
      let reference = try #require(try sent.page().all("strong").first?.text)
      for fields in [[("code", code)], [("code", code), ("reference", reference)]] {
        let refused = try await stage.post("/return", fields)
        #expect(refused.status == 400 && stage.browser.cookie.isEmpty)
        #expect(try refused.page().faults.count == 1)
      }
    }
  }
}
