import Foundation
import Testing
import WorkerKitTesting

@testable import Portal

@Suite("Following a case, by HTTP", .timeLimit(.minutes(3)))
struct FollowTests {
  @Test func `reference and code open the case, and nothing else does`() async throws {
    try await FollowStage.with { stage in
      for (reference, code) in [
        (stage.reference, "AAAA-AAAA-AAAA-AAAA"), ("3HM3-XBSM", stage.code),
        ("nonsense", stage.code),
      ] {
        let answer = try await stage.browser.fill(
          try await stage.browser.get("/follow"), [("reference", reference), ("code", code)])
        #expect(answer.status == 400 && stage.browser.cookie.isEmpty)
        let page = try answer.page()
        // All wrong in the same words, and the code stands nowhere.
        #expect(page.faults == ["This reference and code do not fit together. Check both"])
        #expect(!answer.text.contains(code))
      }
      let page = try await stage.signIn().page()
      #expect(page.heading == "Your case" && page.main.contains(stage.reference))
      #expect(page.main.contains("We are looking at your application"))
    }
  }

  @Test func `too many guesses lock the case, and say what to do`() async throws {
    try await FollowStage.with { stage in
      var last: Browser.Answer?
      for _ in 0..<12 {
        last = try await stage.browser.fill(
          try await stage.browser.get("/follow"),
          [("reference", stage.reference), ("code", "AAAA-AAAA-AAAA-AAAA")])
        if last?.status == 429 { break }
      }
      let answer = try #require(last)
      #expect(answer.status == 429 && answer.text.contains("15 minutes"))
    }
  }

  static let pages = [
    "/case", "/case/letters", "/case/consents", "/case/opened-by", "/case/complaint",
    "/case/contact", "/case/attendance", "/case/withdraw", "/case/appeal",
    "/case/files",
  ]

  @Test
  func `every page is whole in both languages, and tells nobody anything who is not signed in`()
    async throws
  {
    try await FollowStage.with { stage in
      for path in Self.pages {
        let answer = try await stage.browser.get(path)
        #expect(!answer.text.contains(stage.reference), "\(path)")
        #expect(answer.text.contains("code"), "\(path) does not ask for the code")
      }
      try await stage.signIn()
      for path in Self.pages {
        var texts: [String] = []
        for prefix in ["", "/cy"] {
          let page = try await stage.page(prefix + path)
          #expect(page.all("h1").count == 1, "\(prefix)\(path)")
          #expect(!page.title.contains(stage.reference) && !page.title.contains("Applicant One"))
          let ids = page.elements.compactMap { $0.attributes["id"] }
          #expect(Set(ids).count == ids.count, "an id stands twice: \(prefix)\(path)")
          texts.append(page.main)
        }
        #expect(texts[0] != texts[1], "\(path) is not translated")
      }
    }
  }

  @Test func `no page names who is alleged to do it, and no address has anything personal`()
    async throws
  {
    try await FollowStage.with { stage in
      let overview = try await stage.signIn()
      try await stage.decide()
      for path in Self.pages + ["/case/decision", "/case/review"] {
        let answer = try await stage.browser.get(path)
        #expect(!FollowStage.perpetrator.isIn(answer.text), "\(path)")
      }
      let links = try overview.page().all("a", "form").flatMap {
        [$0.attributes["href"], $0.attributes["action"]].compactMap { $0 }
      }
      for link in links {
        #expect(!link.contains(stage.reference) && !link.contains(stage.code), "\(link)")
      }
    }
  }

  @Test func `whoever has an application open is asked which case, and then sees it`() async throws
  {
    try await FollowStage.with { stage in
      _ = try await stage.browser.post("/apply", [("area", "plymouth")])
      for path in Self.pages {
        for prefix in ["", "/cy"] {
          let asked = try await stage.browser.get(prefix + path)
          #expect(asked.status == 200 && asked.path == prefix + "/follow", "\(prefix)\(path)")
        }
      }
      let page = try await stage.signIn().page()
      #expect(page.heading == "Your case" && page.main.contains(stage.reference))
    }
  }

  @Test func `a decision is told with its reason, and what follows from it`() async throws {
    try await FollowStage.with { stage in
      try await stage.signIn()
      #expect(try await stage.browser.get("/case/decision").status == 404)
      #expect(try await stage.browser.get("/case/review").status == 404)
      try await stage.decide(reason: "Three complaints count, and nobody answered.")
      let overview = try await stage.page("/case")
      #expect(overview.main.contains("There will be a review"))
      #expect(overview.main.contains("The bodies meet"))
      let decision = try await stage.page("/case/decision")
      #expect(decision.main.contains("there will be an ASB case review"))
      #expect(decision.main.contains("Three complaints count, and nobody answered."))
      #expect(decision.main.contains("Lead authority") && !decision.main.contains("A. Officer"))
      #expect(decision.all("h1").count == 1)
    }
  }

  @Test func `words that name the other party are left out until a person has looked`() async throws
  {
    try await FollowStage.with { stage in
      try await stage.signIn()
      // By an officer who has looked at it, words may be kept that the guard stops at.
      try await stage.decide(
        reason: "Quentin \(FollowStage.perpetrator) was warned.", override: "It is in the reason.")
      let decision = try await stage.browser.get("/case/decision")
      #expect(decision.status == 200 && !FollowStage.perpetrator.isIn(decision.text))
      #expect(decision.text.contains("Some words are left out here"))
      // Where nothing would have stood, nothing is left out.
      for path in ["", "/review", "/letters", "/consents", "/opened-by", "/contact", "/complaint"] {
        let page = try await stage.browser.get("/case\(path)")
        #expect(page.status == 200 && !page.text.contains("left out"), "/case\(path)")
      }
    }
  }

  @Test func `after signing out the browser shows nothing, and the session is over`() async throws {
    try await FollowStage.with { stage in
      try await stage.signIn()
      let cookie = stage.browser.cookie
      let out = try await stage.browser.fill(try await stage.browser.get("/case"), [])
      #expect(out.text.contains("You are signed out") && stage.browser.cookie.isEmpty)
      stage.browser.cookie = cookie
      let again = try await stage.browser.get("/case")
      #expect(!again.text.contains(stage.reference))
    }
  }

  @Test func `whoever signs out on a page of an earlier session is signed out`() async throws {
    try await FollowStage.with { stage in
      let before = try await stage.signIn()
      stage.browser.cookie = ""
      try await stage.signIn()
      let session = stage.browser.cookie
      let out = try #require(
        try before.page().forms.first { $0.action == "/case/sign-out" })
      let done = try await stage.browser.post(out.action, out.fields)
      #expect(done.path == "/follow?out=1" && stage.browser.cookie.isEmpty)
      stage.browser.cookie = session
      #expect(try await stage.browser.get("/case").status == 403, "closed at Intake, too")
      // Another site signs nobody out.
      stage.browser.cookie = ""
      try await stage.signIn()
      let foreign = try await stage.browser.sendForm(
        "/case/sign-out", [], headers: [("Sec-Fetch-Site", "cross-site")])
      #expect(foreign.status == 403 && !stage.browser.cookie.isEmpty)
    }
  }
}
