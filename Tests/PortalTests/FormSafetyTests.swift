import Foundation
import Testing

@testable import Portal

/// What is sent is taken from our own pages alone, and only so much of it.
@Suite struct FormSafetyTests {
  @Test func `a form of a session without its token does nothing`() async throws {
    try await PortalPlace.with { portal in
      let browser = portal.browser
      _ = try await browser.sendForm("/apply", [("area", "plymouth")])
      let other = Session(token: String(repeating: "0", count: 64))?.formToken ?? ""
      for token in ["", "nonsense", other] {
        let refused = try await browser.sendForm(
          "/apply/question/who", [("who", "myself"), (PostedForm.tokenField, token)])
        #expect(refused.status == 403)
      }
      let page = try await browser.get("/apply/question/who").page()
      #expect(page.all("input").allSatisfy { $0.attributes["checked"] == nil }, "nothing was kept")
      // The same with the token that stands in the page is taken.
      let token = page.form?.fields.first { $0.0 == PostedForm.tokenField }?.1
      let taken = try await browser.sendForm(
        "/apply/question/who", [("who", "myself"), (PostedForm.tokenField, try #require(token))])
      #expect(taken.status == 303)
    }
  }

  @Test(arguments: [
    ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Site", "same-site"),
    ("Origin", "https://elsewhere.example"), ("Origin", "null"),
  ])
  func `what another site sends is refused`(header: String, value: String) async throws {
    try await PortalPlace.with { portal in
      let refused = try await portal.browser.sendForm(
        "/apply", [("area", "plymouth")], headers: [(header, value)])
      #expect(refused.status == 403)
      #expect(refused.headers["set-cookie"] == nil)
    }
  }

  @Test(arguments: [
    ("/case", true), ("/cy/case?done=contact&seen=12", true), ("https://elsewhere.example", false),
    ("//elsewhere.example", false), ("/\\elsewhere.example", false),
    ("/\t/elsewhere.example", false), ("/\n/elsewhere.example", false), ("elsewhere", false),
    ("", false),
  ])
  func `nothing that is typed leads to another site`(path: String, isOwn: Bool) {
    #expect(Reply.isOwn(path) == isOwn)
  }

  @Test(arguments: ["https://elsewhere.example/", "/\t/elsewhere.example", "//elsewhere.example"])
  func `a code that is right leads to no other site`(target: String) async throws {
    try await PortalPlace.with { portal in
      let started = try await portal.browser.post("/apply", [("area", "plymouth")])
      let code = try #require(try started.page().all("strong").first?.text)
      portal.browser.cookie = ""
      let back = try await portal.browser.sendForm("/return", [("code", code), ("to", target)])
      #expect(back.status == 303 && back.headers["location"] == "/")
    }
  }

  @Test func `our own pages are not another site`() async throws {
    try await PortalPlace.with { portal in
      let browser = portal.browser
      for headers in [
        [], [("Sec-Fetch-Site", "same-origin")], [("Origin", browser.base)],
        // A proxy may have a policy of referrers of its own.
        [("Sec-Fetch-Site", "same-origin"), ("Origin", "null")],
      ] {
        let taken = try await browser.sendForm(
          "/check", [("area", "plymouth"), ("step", "area")], headers: headers)
        #expect(taken.status == 200, "\(headers)")
      }
    }
  }

  @Test func `a body that is too large is refused, whether or not it says so`() async throws {
    try await PortalPlace.with { portal in
      let large = [UInt8](repeating: 0x61, count: PortalBounds.formBytesLimit + 1)
      let refused = try await portal.browser.send(
        .post, "/check", headers: [("Content-Type", "application/x-www-form-urlencoded")],
        body: large)
      #expect(refused.status == 413)
      #expect(try Self.statusOfChunks(of: large.count, at: portal.port) == "413")
    }
  }

  /// Sends a body that does not say how large it is.
  private static func statusOfChunks(of bytes: Int, at port: Int) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/python3")
    process.arguments = [
      "-c",
      """
      import http.client, sys
      size, port = int(sys.argv[1]), int(sys.argv[2])
      connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
      form = {"Content-Type": "application/x-www-form-urlencoded"}
      parts = (b"a" * 4096 for _ in range(size // 4096 + 1))
      connection.request("POST", "/check", body=parts, headers=form, encode_chunked=True)
      print(connection.getresponse().status, end="")
      """, "\(bytes)", "\(port)",
    ]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let said = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: said, as: UTF8.self)
  }

  @Test(arguments: [
    ("Content-Length: 100", "area="), ("Transfer-Encoding: chunked", "zz\r\narea="),
    ("Transfer-Encoding: chunked", "5\r\nar"),
  ])
  func `a body that breaks off, or is cut into pieces that are none, is refused with a page`(
    header: String, body: String
  ) async throws {
    try await PortalPlace.with { portal in
      let connection = try RawConnection(port: portal.port)
      try connection.say(
        "POST /check HTTP/1.1\r\nHost: here\r\n"
          + "Content-Type: application/x-www-form-urlencoded\r\n\(header)\r\n\r\n\(body)")
      connection.sayNoMore()
      let answer = try await connection.hear()
      #expect(answer.hasPrefix("HTTP/1.1 400 "), "\(answer.prefix(40))")
      #expect(answer.contains("Content-Security-Policy: default-src 'none'"))
      #expect(try await portal.browser.get("/help").status == 200)
    }
  }

  @Test(arguments: [[], [("later", "yes")]])
  func `a text that is too long comes back to its page with what is wrong`(
    button: [(String, String)]
  ) async throws {
    try await PortalPlace.with { portal in
      let browser = portal.browser
      _ = try await browser.sendForm("/apply", [("area", "plymouth")])
      let page = try await browser.get("/apply/question/impact")
      let text = String(repeating: "No sleep. ", count: 3_000)
      let refused = try await browser.fill(page, [("impact", text)] + button)
      #expect(try refused.page().faults == ["Use 9000 characters or fewer"])
      let kept = try refused.page().form?.fields.first { $0.0 == "impact" }?.1
      #expect(kept == text.trimmingCharacters(in: .whitespaces))
    }
  }

  @Test func `a reason that is too long stays in its form, and nothing is done`() async throws {
    try await FollowStage.with { stage in
      try await stage.decide()
      try await stage.signIn()
      let before = try await stage.announced()
      let text = String(repeating: "Because. ", count: 1_500)
      for (path, others) in [
        ("/case/withdraw", [("pressure", "no")]), ("/case/appeal", [("ground", "review.any")]),
      ] {
        let refused = try await stage.browser.fill(
          try await stage.browser.get(path), others + [("reason", text)])
        let page = try refused.page()
        #expect(refused.status == 400, "\(path)")
        #expect(page.faults.contains("Use 9000 characters or fewer"), "\(path)")
        let kept = page.form?.fields.first { $0.0 == "reason" }?.1
        #expect(kept == text.trimmingCharacters(in: .whitespaces), "\(path)")
      }
      #expect(try await stage.announced() == before)
    }
  }

  @Test func `a header that is too large is refused`() async throws {
    try await PortalPlace.with { portal in
      let answer = try? await portal.browser.send(
        .get, "/",
        headers: [("X-Large", String(repeating: "a", count: PortalBounds.headerBytesLimit + 1))])
      #expect(answer?.status != 200)
    }
  }

  @Test func `what no browser sends is refused without repeating it`() async throws {
    try await PortalPlace.with { portal in
      for body in ["area=%GG", "area=%ff%fe"] {
        let refused = try await portal.browser.send(
          .post, "/check", headers: [("Content-Type", "application/x-www-form-urlencoded")],
          body: Array(body.utf8))
        #expect(refused.status == 400)
        #expect(!refused.text.contains("%GG"))
      }
    }
  }

  @Test func `an address that is asked by another method says by which it can be`() async throws {
    try await PortalPlace.with { portal in
      for (path, allowed) in [
        ("/check", "GET, HEAD, POST"), ("/cy/help", "GET, HEAD"), ("/apply/submit", "POST"),
      ] {
        let refused = try await portal.browser.send(.put, path)
        #expect(refused.status == 405)
        #expect(refused.headers["allow"] == allowed)
        _ = try refused.page()
      }
      #expect(try await portal.browser.send(.put, "/nowhere").status == 404)
    }
  }

  @Test func `one address may ask so often, and others still may`() async throws {
    var options = PortalOptions()
    options.isBehindTLS = true
    try await PortalPlace.with(options) { portal in
      let browser = portal.browser
      func open(from address: String) async throws -> Browser.Answer {
        try await browser.sendForm(
          "/return", [("code", "")], headers: [("X-Forwarded-For", "6.6.6.6, \(address)")])
      }
      for _ in 0..<Rate.opening.perMinute {
        #expect(try await open(from: "192.0.2.1").status == 400)
      }
      let refused = try await open(from: "192.0.2.1")
      #expect(refused.status == 429)
      #expect(refused.headers["retry-after"].flatMap { Int($0) } ?? 0 > 0)
      #expect(try await open(from: "192.0.2.2").status == 400)
    }
  }
}
