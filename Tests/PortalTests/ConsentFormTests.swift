import Testing
import WorkerKitTesting

@testable import Portal

@Suite("Taking back what one said yes to, by HTTP", .timeLimit(.minutes(3)))
struct ConsentFormTests {
  @Test func `a consent is taken back after it was said what that means`() async throws {
    try await FollowStage.with { stage in
      try await stage.signIn()
      let list = try await stage.page("/case/consents")
      let link = try #require(
        list.all("a").first { $0.text.contains("Take back") }?.attributes["href"])
      let form = try await stage.browser.get(link)
      #expect(form.text.contains("Without this the review cannot go on"))
      let done = try await stage.browser.fill(form, [])
      let main = try done.page().main
      #expect(main.contains("Your answer was saved"), "\(main)")
      let after = try await stage.page("/case/consents").main
      #expect(after.contains("Taken back on 20 March 2026"), "\(after)")
      #expect(try await stage.announced().contains("ConsentWithdrawn"))
    }
  }

  @Test
  func `a consent is taken back wherever it stands in the list, and what is not done is said`()
    async throws
  {
    try await FollowStage.with { stage in
      try await stage.signIn()
      let list = try await stage.page("/case/consents")
      let links = list.all("a").filter { $0.text.contains("Take back") }
        .compactMap { $0.attributes["href"] }
      try #require(links.count == 2)
      let form = try #require(try await stage.page(links[0]).form)
      // Another one stands in its place by now.
      let done = try await stage.browser.post(links[1], form.fields)
      #expect(try done.page().main.contains("Your answer was saved"))
      #expect(try await stage.announced().count { $0 == "ConsentWithdrawn" } == 1)
      let twice = try await stage.browser.post(links[0], form.fields)
      #expect(try twice.page().main.contains("Your answer was saved"), "a second press is no error")
      for wrong in [("about", "nothing:"), ("answer", "")] {
        let fields = form.fields.filter { $0.0 != wrong.0 } + [wrong]
        let undone = try await stage.browser.post(links[0], fields)
        #expect(undone.path == "/case/consents?undone=yes" && undone.status == 200)
        #expect(try undone.page().main.contains("Nothing was changed"))
      }
      #expect(try await stage.announced().count { $0 == "ConsentWithdrawn" } == 1)
    }
  }
}
