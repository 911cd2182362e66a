import CaseModel
import Messages
import Outreach
import SwiftProtobuf
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Portal

/// What anybody may find out, and that nothing is kept of it.
@Suite struct FindTests {
  private static func complaint(_ month: Int) -> [(String, String)] {
    [
      ("happened-day", "1"), ("happened-month", "\(month)"), ("happened-year", "2026"),
      ("reported-day", "2"), ("reported-month", "\(month)"), ("reported-year", "2026"),
      ("made-to", "police"),
    ]
  }

  @Test func `three complaints in time mean that there must be a review, each line says why`()
    async throws
  {
    try await PortalPlace.with { portal in
      let browser = portal.browser
      var page = try await browser.fill(try await browser.get("/check"), [("area", "plymouth")])
      for month in [1, 2] {
        page = try await browser.fill(page, Self.complaint(month) + [("more", "yes")])
        #expect(try page.page().faults == [])
      }
      page = try await browser.fill(page, Self.complaint(3))
      let main = try page.page().main
      #expect(main.contains("It looks as if there must be a review"))
      #expect(main.contains("3 of your complaints count"))
      #expect(main.contains("It counts, because it was made by the last day, 31 January 2026"))
      #expect(page.path == "/check", "nothing that was typed is in the address")
      #expect(browser.cookie.isEmpty)
    }
  }

  @Test func `nobody is turned away, whatever the check says`() async throws {
    try await PortalPlace.with { portal in
      let browser = portal.browser
      var page = try await browser.fill(try await browser.get("/cy/check"), [("area", "plymouth")])
      page = try await browser.fill(page, Self.complaint(3))
      let shown = try page.page()
      #expect(shown.main.contains("Gallwch wneud cais o hyd"))
      #expect(shown.link("Dechrau cais") == "/cy/apply")
      #expect(shown.all("a").contains { $0.attributes["href"] == "tel:116123" })
    }
  }

  @Test func `a wrong date is told, and the complaints before it stay`() async throws {
    try await PortalPlace.with { portal in
      let browser = portal.browser
      var page = try await browser.fill(try await browser.get("/check"), [("area", "plymouth")])
      page = try await browser.fill(page, Self.complaint(1) + [("more", "yes")])
      page = try await browser.fill(page, [("happened-day", "99"), ("happened-month", "1")])
      #expect(try page.page().faults.count == 3 && page.status == 400)
      let fields = try #require(try page.page().form).fields
      #expect(fields.contains { $0.0 == "c0-happened-month" && $0.1 == "1" })
      #expect(fields.contains { $0.0 == "happened-day" && $0.1 == "99" })
    }
  }

  @Test func `a procedure is the page that the pack gives`() async throws {
    try await PortalPlace.with { portal in
      let page = try await portal.browser.get("/areas/plymouth").page()
      #expect(page.heading == "ASB case reviews: Plymouth")
      #expect(page.main.contains("Safer Communities Team"))
      #expect(try await portal.browser.get("/areas/nowhere").status == 404)
    }
  }

  @Test
  func `a visit by a material's code is counted by the day, and goes along in the address alone`()
    async throws
  {
    var generator = SystemRandomNumberGenerator()
    let code = MaterialCode(using: &generator)
    let counter = VisitCounter()
    let today = CalendarDate(ofUnixSeconds: 1_774_000_000)
    for _ in 0..<3 { counter.note(code, on: today) }
    #expect(counter.count == 3)
    try await PortalPlace.with(more: [try OutreachPlugin.worker()]) { portal in
      let browser = portal.browser
      let answer = try await browser.send(.get, "/go/\(code)")
      #expect(answer.status == 303)
      #expect(answer.headers["location"] == "/?from=\(code)")
      #expect(answer.headers["set-cookie"] == nil)
      let start = try await browser.get("/?from=\(code)").page()
      #expect(start.link("Start an application") == "/apply?from=\(code)")
      #expect(try await browser.send(.get, "/go/nonsense").headers["location"] == "/")
      let context = try #require(portal.place.context(of: PortalOptions.name))
      try await counter.tell(context)
      counter.note(code, on: today)
      try await counter.tell(context)
      let rows = try await context.slice.read { reader in
        try reader.rows("SELECT day, material, count, told FROM visit").map {
          "\(try $0.text("day")) \(try $0.text("material")) \(try $0.int("count")) "
            + "\(try $0.int("told"))"
        }
      }
      #expect(rows == ["2026-03-20 \(code) 4 4"])
    }
  }

  @Test(arguments: [(false, 1), (true, 0)])
  func `whoever asks for the headers of a material's page alone is led on, and is no visit`(
    isOfHead: Bool, count: Int
  ) async throws {
    var generator = SystemRandomNumberGenerator()
    let code = MaterialCode(using: &generator)
    let counter = VisitCounter()
    try await PortalPlace.with { portal in
      let context = try #require(portal.place.context(of: PortalOptions.name))
      let visit = Visit(
        path: "/go/\(code)", language: .english, parameters: ["code": "\(code)"],
        query: PostedForm(), form: PostedForm(), body: [], headers: [:], session: nil,
        isPost: false, workers: Workers(client: context.client), options: PortalOptions(),
        clock: context.clock, isOfHead: isOfHead)
      guard case .redirect("/?from=\(code)") = FindRoutes.come(visit, counter).content else {
        Issue.record("it leads elsewhere")
        return
      }
      #expect(counter.count == count)
      // Over a socket a page without its body, as it would be with it.
      let connection = try RawConnection(port: portal.port)
      try connection.say("HEAD /go/\(code) HTTP/1.1\r\nHost: here\r\n\r\n")
      let answer = try await connection.hear()
      #expect(answer.hasPrefix("HTTP/1.1 303 "), "\(answer.prefix(40))")
      #expect(answer.lowercased().contains("location: /?from="))
    }
  }

  @Test func `visits that are held are bounded`() {
    let counter = VisitCounter()
    let today = CalendarDate(ofUnixSeconds: 1_774_000_000)
    var generator = SystemRandomNumberGenerator()
    var codes: Set<MaterialCode> = []
    while codes.count <= PortalBounds.visitCodesLimit {
      codes.insert(MaterialCode(using: &generator))
    }
    for code in codes { counter.note(code, on: today) }
    #expect(counter.count == PortalBounds.visitCodesLimit)
  }
}
