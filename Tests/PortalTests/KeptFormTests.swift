import Foundation
import Messages
import SwiftProtobuf
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Portal

/// Nothing typed is ever lost: whatever refuses a form, its page has what was typed, to be sent again.
@Suite(.timeLimit(.minutes(3))) struct KeptFormTests {
  /// With marks that would be markup, and letters of another language.
  private static let words = "Tŷ <b>\"nesaf\"</b> & more, night after night"

  /// Nobody waits for a worker that is away.
  private static var soon: PortalOptions {
    var options = PortalOptions()
    options.requestLimit = .seconds(3)
    return options
  }

  /// Begins, and gives the code and a question in the midst.
  private static func begin(
    _ browser: Browser, _ question: String = "impact"
  ) async throws -> (code: String, page: Browser.Answer) {
    let started = try await browser.fill(try await browser.get("/apply"), [("area", "plymouth")])
    let code = try #require(try started.page().all("strong").first?.text)
    return (code, try await browser.get("/apply/question/\(question)"))
  }

  /// What the draft that is open has.
  private static func kept(_ browser: Browser, _ question: String = "impact") async throws -> String
  {
    try await browser.get("/apply/question/\(question)").page().all("textarea").first?.text ?? ""
  }

  @Test func `what came too often goes back as it was typed, and is taken a minute later`()
    async throws
  {
    try await PortalPlace.with { portal in
      let browser = portal.browser
      let page = try await Self.begin(browser).page
      for _ in 0..<Rate.writing.perMinute { _ = try await browser.sendForm("/apply/people", []) }
      let held = try await browser.fill(page, [("impact", Self.words)])
      #expect(held.status == 429 && held.headers["cache-control"] == "no-store")
      #expect(held.headers["retry-after"].flatMap { Int($0) } ?? 0 > 0)
      #expect(try held.page().main.contains("is not lost"))
      #expect(try held.page().main.contains(Self.words), "and can be read")
      #expect(!(try held.page().title.contains("nesaf")))
      #expect(try await Self.kept(browser).isEmpty, "nothing was kept here")
      portal.place.clock.advance(by: 61)
      let taken = try await browser.fill(held, [])
      #expect(taken.status == 200 && taken.path == "/apply/question/outcome")
      #expect(try await Self.kept(browser) == Self.words)
    }
  }

  @Test func `so much is given back, and no more`() async throws {
    try await PortalPlace.with { portal in
      let browser = portal.browser
      let all = Rate.writing.perMinute + Rate.keeping.perMinute
      for number in 1...all {
        let answer = try await browser.sendForm("/apply/people", [("what", "so to say")])
        #expect((answer.status == 429) == (number > Rate.writing.perMinute))
        #expect(answer.text.contains("so to say"), "\(number)")
      }
      let plain = try await browser.sendForm("/apply/people", [("what", "so to say")])
      #expect(plain.status == 429 && !plain.text.contains("so to say"))
      // Whoever has to leave is let go all the same.
      #expect(try await browser.send(.get, "/exit").status == 303)
    }
  }

  @Test func `lines stay lines, and boxes that were ticked stay ticked`() throws {
    var form = PostedForm(["impact": "one\ntwo", "code": "AAAA-BBBB"])
    form.set("ways", ["email", "sms"])
    form.set(PostedForm.tokenField, ["of another page"])
    let kept = KeptForm(form)
    #expect(
      kept.hidden.map { "\($0.name)=\($0.value)" } == [
        "impact=one\ntwo", "ways=email", "ways=sms",
      ])
    #expect(kept.words == ["one\ntwo"] && kept.hasCode && !kept.isEmpty)
    #expect(KeptForm(PostedForm()).isEmpty)
    let screen = Screen("Title", [.form(Form("/x", [], button: "Go", hidden: kept.hidden))])
    let html = Renderer(options: PortalOptions()).page(
      screen, path: "/x", language: .english, session: nil, isAnswer: true)
    #expect(html.contains("value=\"one\ntwo\""))
  }

  @Test func `what another site sends too often is given back to nobody`() async throws {
    try await PortalPlace.with { portal in
      for _ in 0..<Rate.writing.perMinute {
        _ = try await portal.browser.sendForm("/apply/people", [])
      }
      let refused = try await portal.browser.sendForm(
        "/apply/people", [("what", "not ours")], headers: [("Sec-Fetch-Site", "cross-site")])
      #expect(refused.status == 429 && !refused.text.contains("not ours"))
    }
  }

  @Test func `a page of another session goes where the person says, and nowhere by itself`()
    async throws
  {
    try await PortalPlace.with { portal in
      let browser = portal.browser
      let (code, page) = try await Self.begin(browser)
      // Another application is begun in the same browser.
      _ = try await Self.begin(browser)
      let stale = try await browser.fill(page, [("impact", Self.words)])
      #expect(stale.status == 403 && !stale.text.contains(code))
      #expect(try stale.page().main.contains("is not lost"))
      #expect(try await Self.kept(browser).isEmpty)
      // Into the one that is open now, by a fresh token.
      let second = browser.cookie
      let here = try await browser.fill(stale, [])
      #expect(here.path == "/apply/question/outcome")
      #expect(try await Self.kept(browser) == Self.words)
      // Or into the other one, by its code.
      let there = try await browser.fill(stale, [("code", code)], form: 1)
      #expect(there.path == "/apply/question/outcome" && browser.cookie != second)
      #expect(try await Self.kept(browser) == Self.words)
    }
  }

  @Test func `what takes too long is given back`() async throws {
    try await PortalPlace.with { portal in
      var options = PortalOptions()
      options.port = 0
      options.requestLimit = .milliseconds(200)
      let (ports, port) = AsyncStream<Int>.makeStream()
      options.onServing = { port.yield($0) }
      let (never, end) = AsyncStream<Never>.makeStream()
      let route = Route.post("/slow") { _ in
        for await _ in never {}
        try Task.checkCancellation()
        return .redirect("/")
      }
      let server = PortalServer(options)
      try await server.start([route], try #require(portal.place.context(of: PortalOptions.name)))
      let served = try #require(await ports.first { _ in true })
      let answer = try await Browser(port: served).sendForm("/slow", [("what", Self.words)])
      #expect(answer.status == 503)
      let form = try #require(try answer.page().form)
      #expect(form.action == "/slow" && form.fields.contains { $0 == ("what", Self.words) })
      let run = Task { try await server.run() }
      run.cancel()
      _ = await run.result
      end.finish()
    }
  }

  @Test func `where Intake is away it waits in the page, and a file is to be chosen again`()
    async throws
  {
    try await PortalPlace.with(Self.soon, onDisk: true) { portal in
      let browser = portal.browser
      let page = try await Self.begin(browser).page
      let files = try await browser.get("/apply/files")
      await portal.place.kill("intake")
      let away = try await browser.fill(page, [("impact", Self.words)])
      #expect(away.status == 503)
      let file = try await browser.upload(files, Array("some text".utf8), named: "diary one.txt")
      #expect(file.status == 503 && file.text.contains("Choose “diary one.txt” again"))
      #expect(try file.page().link("Choose a file") == "/apply/files")
      try await portal.place.restart("intake")
      #expect(try await browser.fill(away, []).path == "/apply/question/outcome")
      #expect(try await Self.kept(browser) == Self.words)
    }
  }

  @Test func `a code is typed again, and what goes with it is kept`() async throws {
    try await PortalPlace.with(Self.soon, onDisk: true) { portal in
      let browser = portal.browser
      let (code, page) = try await Self.begin(browser)
      browser.cookie = ""
      let ended = try await browser.fill(page, [("impact", Self.words)])
      #expect(ended.status == 403)
      await portal.place.kill("intake")
      let away = try await browser.fill(ended, [("code", code)])
      #expect(away.status == 503 && !away.text.contains(code))
      try await portal.place.restart("intake")
      let taken = try await browser.fill(away, [("code", code)])
      #expect(taken.path == "/apply/question/outcome")
      #expect(try await Self.kept(browser) == Self.words)
    }
  }

  @Test func `whoever has to show their code at the end goes back to where they were`() async throws
  {
    try await PortalPlace.with { portal in
      let browser = portal.browser
      let code = try await Self.begin(browser).code
      let (check, files) = (
        try await browser.get("/apply/check"), try await browser.get("/apply/files")
      )
      browser.cookie = ""
      // It can only be sent, not be looked at.
      let ended = try await browser.fill(check, [])
      #expect(try await browser.fill(ended, [("code", code)]).path.hasPrefix("/apply/question/"))
      browser.cookie = ""
      let file = try await browser.upload(files, Array("some text".utf8), named: "diary.txt")
      #expect(file.status == 403 && file.text.contains("Choose “diary.txt” again"))
      #expect(try await browser.fill(file, [("code", code)]).path == "/apply/files")
    }
  }

  @Test func `a text that is far too long comes back whole, and can be made shorter`() async throws
  {
    try await PortalPlace.with { portal in
      let browser = portal.browser
      let page = try await Self.begin(browser).page
      let long = String(repeating: "night after night ", count: 2_000) + "x"
      let refused = try await browser.fill(page, [("impact", long)])
      #expect(try refused.page().faults.count == 1)
      #expect(try refused.page().all("textarea").first?.text == long)
      // Longer than a draft could hold, and put off: that loses nothing either.
      let huge = String(repeating: "night after night ", count: 15_000) + "x"
      let full = try await browser.fill(page, [("impact", huge), ("later", "yes")])
      #expect(try full.page().all("textarea").first?.text == huge)
      let taken = try await browser.fill(full, [("impact", Self.words), ("later", "yes")])
      #expect(try taken.page().heading == "Your answers are saved")
    }
  }

  @Test func `a file that is too large is named, and the page where another is chosen`()
    async throws
  {
    try await PortalPlace.with { portal in
      let browser = portal.browser
      _ = try await Self.begin(browser)
      let files = try await browser.get("/apply/files")
      let large = [UInt8](repeating: 7, count: PortalBounds.uploadBytesLimit)
      let refused = try await browser.upload(files, large, named: "garden.png")
      #expect(refused.status == 413 && refused.text.contains("“garden.png”"))
      #expect(try refused.page().link("Choose a file") == "/apply/files")
    }
  }

  @Test func `what a worker refuses stands in fields, to be changed or copied`() async throws {
    try await FollowStage.with { stage in
      try await stage.signIn()
      let form = try await stage.browser.get("/case/complaint")
      let door = Recourse_Intake_V1_Door.Stub(wrapping: stage.portal.place.client)
      let token = String(stage.browser.cookie.dropFirst("session=".count))
      // In another window it was taken back.
      _ = try await door.withdrawApplication(.with { $0.session = token })
      let refused = try await stage.browser.fill(form, [("what", Self.words)])
      #expect(refused.status == 400)
      let fields = try #require(try refused.page().form?.fields)
      #expect(fields.contains { $0 == ("what", Self.words) })
      #expect(try refused.page().all("textarea").first?.text == Self.words)
    }
  }

  @Test func `what was typed into an application that was sent meanwhile can be copied`()
    async throws
  {
    try await PortalPlace.with { portal in
      let browser = portal.browser
      let page = try await Self.begin(browser).page
      let door = Recourse_Intake_V1_Door.Stub(wrapping: portal.place.client)
      let content = try DraftFixture.draft().json
      let token = String(browser.cookie.dropFirst("session=".count))
      let kept = try await door.getDraft(.with { $0.session = token })
      _ = try await door.saveDraft(
        .with {
          $0.session = token
          $0.content = content
          $0.follows = kept.revision
        })
      let sent = try await browser.fill(try await browser.get("/apply/check"), [])
      #expect(sent.path == "/apply/receipt")
      let late = try await browser.fill(page, [("impact", Self.words)])
      #expect(late.status == 409)
      #expect(try late.page().main.contains("night after night"))
      #expect(try late.page().form == nil, "sending it again helps nobody")
    }
  }
}
