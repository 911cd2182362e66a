import Foundation
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Open311

@Suite(.timeLimit(.minutes(1))) struct SourceTests {
  @Test(arguments: [
    ("30", 30), ("0", 1), ("", 60), ("soon", 60), ("86400", 3_600), ("-5", 1),
    ("Fri, 20 Mar 2026 09:48:40 GMT", 120), ("Thu, 19 Mar 2026 09:48:40 GMT", 1),
  ])
  func `a server says how long it is to be left alone, within bounds`(
    said: String, seconds: TimeInterval
  ) {
    let answer = WebAnswer(status: 429, headers: ["retry-after": said], body: [])
    #expect(Busy(answer, now: Open311Stage.now).pause == seconds)
    let silent = WebAnswer(status: 429, headers: [:], body: [])
    #expect(Busy(silent, now: Open311Stage.now).pause == Busy.pauseByDefault)
  }

  @Test func `a server is asked as the specification has it`() async throws {
    let listener = try WebListener { _ in .init(body: "[]") }
    defer { listener.stop() }
    let settings = Open311Stage.settings(
      "\(listener.url)/open311/v2/", ["service-codes": "asb, noise 2", "jurisdiction": "ply.gov"])
    let plugin = try Open311Plugin.worker(settings)
    try await TestPlace.with([plugin], now: Open311Stage.now) { _ in
      let request = try #require(await listener.next())
      let parts = request.target.split(separator: "?").map(String.init)
      let query = Set(try #require(parts.last).split(separator: "&").map(String.init))
      #expect(request.method == "GET" && parts.first == "/open311/v2/requests.json")
      #expect(
        query == [
          "service_code=asb%2Cnoise%202", "start_date=2025-09-17T09%3A46%3A40Z",
          "end_date=2025-10-17T09%3A46%3A40Z", "extensions=true", "page=1", "page_size=100",
          "jurisdiction_id=ply.gov", "api_key=a-key",
        ])
    }
  }

  @Test func `who does not consent has no identifiers, whatever a request says`() throws {
    let source = try Source(Open311Stage.settings("http://x", ["consent-values": "Agreed"]))
    func identifiers(_ consent: String?) -> [Identifier] {
      var fields = ["email": "one@example.org", "phone": "none", "account_id": "u-17"]
      fields["contact_consent"] = consent
      return source.identifiers(
        of: ServiceRequest(id: "A", requestedAt: Open311Stage.now, fields: fields))
    }
    #expect(identifiers("agreed").map(\.kind) == [.email, .account])
    for consent in [nil, "", "yes", "no", "agreed not"] { #expect(identifiers(consent) == []) }
  }
}
