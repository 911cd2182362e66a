import CaseModel
import Foundation
import Testing

@testable import Open311

@Suite struct FormatTests {
  private func xml(_ text: String) throws -> RequestPage {
    try RequestsXML.read(Array(text.utf8), keeping: ["email", "consent"])
  }

  private func json(_ text: String) throws -> RequestPage {
    try RequestsJSON.read(Array(text.utf8), keeping: ["email", "consent"])
  }

  @Test func `both formats say the same, and nothing else of a request is read`() throws {
    let fromXML = try xml(
      """
      <?xml version="1.0" encoding="utf-8"?>
      <!-- of today --><service_requests>
        <request a="x>y"><service_request_id>638344</service_request_id><status_notes/>
          <description><![CDATA[<b>&amp;]]></description>
          <requested_datetime>2026-03-16T09:30:00+01:00</requested_datetime>
          <extended_attributes><email>a&amp;b&#64;example.org</email><consent>yes</consent></extended_attributes>
        </request>
      </service_requests>
      """)
    let fromJSON = try json(
      """
      [{"service_request_id": 638344, "status_notes": null, "description": "secret", "lat": 50.3,
        "requested_datetime": "2026-03-16T08:30:00Z",
        "extended_attributes": {"email": "a&b@example.org", "consent": "yes", "more": {"x": [1]}}}]
      """)
    #expect(fromXML == fromJSON)
    let request = try #require(fromXML.requests.first)
    #expect(request.id == "638344" && request.day.description == "2026-03-16")
    #expect(request.fields == ["email": "a&b@example.org", "consent": "yes"])
  }

  @Test func `the day of a report is the one in London`() throws {
    let page = try json(
      #"[{"service_request_id": "1", "requested_datetime": "2026-06-15T23:30:00Z"}]"#)
    #expect(page.requests.first?.day.description == "2026-06-16")
  }

  @Test func `a request that cannot be read is told by its place, and the others are read`() throws
  {
    let page = try json(
      """
      [{"service_request_id": "1", "requested_datetime": "2026-03-16T09:30:00Z"},
       {"service_request_id": "2", "requested_datetime": "yesterday"},
       {"requested_datetime": "2026-03-16T09:30:00Z"}]
      """)
    #expect(page.requests.map(\.id) == ["1"] && page.count == 3)
    #expect(
      page.unreadable == ["requests[1].requested_datetime", "requests[2].service_request_id"])
  }

  @Test(arguments: [
    "", "{}", "[1]", "[{\"service_request_id\":", "{\"errors\": []}", "\u{0}",
  ])
  func `an answer that is no list of requests is refused with its place`(text: String) {
    #expect(throws: UnreadableAnswer(place: "requests")) { try json(text) }
  }

  @Test(arguments: [
    "", "<errors></errors>", "<service_requests>", "<service_requests></request>",
    "<!DOCTYPE x [<!ENTITY a \"b\">]><service_requests/>",
    "<service_requests>&a;</service_requests>",
    "<service_requests/><service_requests/>", "<service_requests", "<service_requests>&#xFFFFFFFF;",
    "<service_requests>" + String(repeating: "<a>", count: 20),
    "<service_requests><request><![CDATA[x</request></service_requests>",
  ])
  func `what is no such document is refused`(text: String) {
    #expect(throws: UnreadableAnswer.self) { try xml(text) }
  }

  @Test func `an empty document has no requests`() throws {
    #expect(try xml("<service_requests/>").count == 0)
    #expect(try xml("<service_requests type=\"array\">\n</service_requests>\n").count == 0)
    #expect(try json("[]").count == 0)
  }

  @Test func `any bytes are read or refused`() {
    var state: UInt64 = 7
    let seed = Array(
      "<service_requests><request><a>&amp;</a><b/></request></service_requests>".utf8)
    for _ in 0..<2_000 {
      var bytes = seed
      for _ in 0..<3 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let place = Int(state >> 33) % bytes.count
        bytes[place] = UInt8(truncatingIfNeeded: state >> 20)
      }
      _ = try? RequestsXML.read(bytes, keeping: [])
    }
  }
}
