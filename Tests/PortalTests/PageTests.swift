import CaseModel
import Foundation
import Testing

@testable import Portal

/// Pages that anybody may read: well-formed, whole in both languages, with nothing personal where others see it.
@Suite struct PageTests {
  static let paths = [
    "/", "/areas", "/areas/plymouth", "/areas/south-wales", "/check", "/privacy", "/cookies",
    "/accessibility", "/hide-your-visit", "/help", "/apply", "/apply/code", "/apply/danger",
    "/return", "/answer", "/nowhere",
  ]

  @Test func `every page is well-formed, has one heading, a title, an exit and both languages`()
    async throws
  {
    try await PortalPlace.with { portal in
      let browser = portal.browser
      for path in Self.paths {
        var texts: [String] = []
        for prefix in ["", "/cy"] {
          let answer = try await browser.get(prefix + (path == "/" && prefix == "/cy" ? "" : path))
          #expect(answer.status == (path == "/nowhere" ? 404 : 200), "\(prefix)\(path)")
          let page = try answer.page()
          #expect(page.all("h1").count == 1, "\(prefix)\(path)")
          #expect(!page.heading.isEmpty)
          #expect(page.title.contains(page.heading.prefix(10)) || path == "/areas/plymouth")
          let parts = page.title.split(separator: " - ")
          #expect(Set(parts).count == parts.count, "said twice: \(page.title)")
          let language = prefix.isEmpty ? "en" : "cy"
          #expect(page.all("html").first?.attributes["lang"] == language)
          let exit = try #require(page.elements.first { $0.attributes["id"] == "exit" })
          #expect(exit.attributes["href"] == prefix + "/exit")
          #expect(page.all("main").count == 1)
          let ids = page.elements.compactMap { $0.attributes["id"] }
          #expect(Set(ids).count == ids.count, "an id stands twice: \(prefix)\(path)")
          for label in page.all("label") {
            let field = try #require(label.attributes["for"])
            #expect(ids.contains(field), "\(path): a label without its field")
          }
          for element in page.elements {
            #expect(element.attributes["style"] == nil && element.name != "style")
            #expect(!element.attributes.keys.contains { $0.hasPrefix("on") })
            if element.name == "script" { #expect(element.text.isEmpty) }
          }
          texts.append(page.main)
        }
        #expect(texts[0] != texts[1], "\(path) is not translated")
      }
    }
  }

  @Test func `a page in the other language is one link away, and every link leads somewhere`()
    async throws
  {
    try await PortalPlace.with { portal in
      let browser = portal.browser
      var seen: Set<String> = []
      var waiting = ["/", "/cy"]
      while !waiting.isEmpty, seen.count < 60 {
        let path = waiting.removeFirst()
        guard seen.insert(path).inserted else { continue }
        let answer = try await browser.get(path)
        // What needs a session says so, and asks for the code.
        #expect([200, 403].contains(answer.status) || path.contains("/case"), "\(path)")
        for link in try answer.page().all("a") {
          let address = link.attributes["href"] ?? ""
          guard address.hasPrefix("/"), !address.hasSuffix("/exit") else { continue }
          waiting.append(address)
        }
      }
      #expect(seen.contains("/cy/check") && seen.contains("/areas/plymouth"))
    }
  }

  @Test func `what somebody typed can make no markup`() throws {
    let evil = "<script>alert(1)</script>\"'&"
    let screen = Screen(
      "Title",
      [
        .p(evil), .list([.link(evil, "javascript:alert(1)"), .strong(evil)]),
        .summary([SummaryRow(key: evil, values: [Words(evil)])]),
        .form(Form("/x", [Field("a", evil, hint: evil, .area(2)).filled(evil)], button: evil)),
        .details(evil, [.p(evil), .table(caption: evil, columns: [evil], rows: [[Words(evil)]])]),
      ], faults: [FieldFault(field: "a", message: evil)])
    let html = Renderer(options: PortalOptions()).page(
      screen, path: "/", language: .english, session: nil, isAnswer: true)
    let page = try #require(HTMLPage(html))
    #expect(page.all("script").count == 1, "ours alone")
    #expect(!html.contains("javascript:"))
    #expect(page.all("textarea").first?.text == evil)
    #expect(page.title.hasPrefix("Error: "))
    #expect(page.faults == [evil])
  }

  @Test(arguments: Language.allCases)
  func `what is wrong stands first, leads to its field, and stands beside it`(
    _ language: Language
  ) throws {
    let field = Field("when", "When?", .date(hasDay: true), isHeading: true)
    let screen = Screen(
      "When?", [.form(Form("/x", [field], button: "Go"))],
      faults: [FieldFault(field: "when", message: "Not a date")], hasHeading: false)
    let html = Renderer(options: PortalOptions()).page(
      screen, path: "/x", language: language, session: Session(token: "abc"), isAnswer: true)
    let page = try #require(HTMLPage(html))
    #expect(page.link("Not a date") == "#when-day")
    let ids = page.elements.compactMap { $0.attributes["id"] }
    #expect(ids.contains("when-day") && ids.contains("when-error"))
    let group = try #require(page.all("fieldset").first)
    #expect(group.attributes["aria-describedby"] == "when-error")
    #expect(page.title.hasPrefix(language == .welsh ? "Gwall: " : "Error: "))
    #expect(page.form?.fields.first?.0 == PostedForm.tokenField)
    #expect(!html.contains("abc\""), "the session stands in no page")
  }
}
