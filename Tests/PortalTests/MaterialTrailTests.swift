import CaseModel
import Messages
import SwiftProtobuf
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Portal

/// A poster's code arrives with the application, by whichever pages somebody goes, and tells nothing of anybody.
@Suite(.timeLimit(.minutes(3))) struct MaterialTrailTests {
  private static let complaint: [(String, String)] = [
    ("happened-month", "1"), ("happened-year", "2026"), ("reported-month", "1"),
    ("reported-year", "2026"), ("made-to", "police"),
  ]

  @Test func `from a poster over the other language and the check to the application it is kept`()
    async throws
  {
    var generator = SystemRandomNumberGenerator()
    let code = MaterialCode(using: &generator)
    try await PortalPlace.with { portal in
      let browser = portal.browser
      let start = try await browser.get("/go/\(code)")
      let welsh = try await browser.get(try #require(try start.page().link("Cymraeg")))
      #expect(welsh.path == "/cy?from=\(code)")
      var page = try await browser.get(try #require(try welsh.page().link("Gwirio")))
      page = try await browser.fill(page, [("area", "plymouth")])
      page = try await browser.fill(page, Self.complaint)
      let apply = try #require(try page.page().link("Dechrau cais"))
      // A detour over a page of words, and an answer that is none.
      let privacy = try await browser.get(
        try #require(try await browser.get(apply).page().link("Preifatrwydd")))
      let home = try await browser.get(try #require(try privacy.page().link("Gofyn am adolygiad")))
      page = try await browser.get(try #require(try home.page().link("Dechrau cais")))
      page = try await browser.fill(page, [("area", "")])
      page = try await browser.fill(page, [("area", "plymouth")])
      // From here on it stands in no address.
      let first = try #require(try page.page().link("Rwyf wedi'i ysgrifennu"))
      #expect(first == "/cy/apply/question/who")
      let question = try await browser.get(first)
      #expect(!question.text.contains("from="))
      try await Self.answer(portal, browser)
      let receipt = try await browser.fill(try await browser.get("/apply/check"), [])
      #expect(receipt.path == "/apply/receipt")
      let intake = try #require(portal.place.context(of: "intake"))
      let arrived = try await intake.slice.read { slice in
        try slice.rows("SELECT heard_material FROM application").map {
          try $0.text("heard_material")
        }
      }
      #expect(arrived == ["\(code)"])
    }
  }

  /// Answers everything, and leaves what the draft had of itself.
  private static func answer(_ portal: PortalPlace, _ browser: Browser) async throws {
    let door = Recourse_Intake_V1_Door.Stub(wrapping: portal.place.client)
    let token = String(browser.cookie.dropFirst("session=".count))
    let kept = try await door.getDraft(.with { $0.session = token })
    var draft = DraftFixture.draft()
    let begun = try ApplicationDraft(json: kept.content)
    draft.main[MaterialTrail.field] = begun.main[MaterialTrail.field]
    let content = try draft.json
    _ = try await door.saveDraft(
      .with {
        $0.session = token
        $0.content = content
        $0.follows = kept.revision
      })
  }

  @Test(arguments: [
    ("/", true), ("/cy", true), ("/check", true), ("/cy/apply", true), ("/areas/plymouth", true),
    ("/help", true), ("/apply/question/who", false), ("/case", false), ("/cy/follow", false),
    ("/return", false), ("/exit", false), ("/go/ABC", false),
  ])
  func `it goes along to what anybody may read, and never to what is somebody's`(
    path: String, isCarried: Bool
  ) {
    var generator = SystemRandomNumberGenerator()
    let code = MaterialCode(using: &generator)
    let address = MaterialTrail.carrying(code, on: path)
    #expect(address == (isCarried ? "\(path)?from=\(code)" : path))
    #expect(MaterialTrail.carrying(nil, on: path) == path)
  }

  @Test func `what is no code goes no further`() async throws {
    try await PortalPlace.with { portal in
      let page = try await portal.browser.get("/?from=%22%3E%3Cscript%3E").page()
      #expect(page.link("Start an application") == "/apply")
      #expect(page.link("Cymraeg") == "/cy")
    }
  }
}
