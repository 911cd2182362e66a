import Testing

@testable import Portal

/// What every answer tells the browser.
@Suite struct HeaderTests {
  @Test func `every page says what a browser may load, and that it keeps nothing`() async throws {
    try await PortalPlace.with { portal in
      for path in ["/", "/cy", "/check", "/nowhere", "/areas/plymouth"] {
        let answer = try await portal.browser.send(.get, path)
        let policy = try #require(answer.headers["content-security-policy"])
        #expect(policy.hasPrefix("default-src 'none'; "))
        #expect(!policy.contains("unsafe") && !policy.contains("*"))
        for part in [
          "style-src 'self'", "script-src 'self'", "img-src 'self'", "form-action 'self'",
          "frame-ancestors 'none'", "base-uri 'none'",
        ] {
          #expect(policy.contains(part), "\(path)")
        }
        #expect(answer.headers["cache-control"] == "no-store")
        #expect(answer.headers["x-content-type-options"] == "nosniff")
        // Chromium and the Fetch standard send `Origin: null` of our own forms under `no-referrer`.
        #expect(answer.headers["referrer-policy"] == "same-origin")
        #expect(answer.headers["x-frame-options"] == "DENY")
        #expect(answer.headers["cross-origin-opener-policy"] == "same-origin")
        #expect(answer.headers["permissions-policy"]?.contains("geolocation=()") == true)
        #expect(answer.headers["server"] == nil)
        #expect(answer.headers["set-cookie"] == nil, "a page that is only looked at sets none")
        #expect(answer.headers["strict-transport-security"] == nil, "this is not TLS")
      }
    }
  }

  @Test func `what is built in may be kept, and is what it says it is`() async throws {
    try await PortalPlace.with { portal in
      let kinds = [
        "/assets/portal.css": "text/css; charset=utf-8",
        "/assets/portal.js": "text/javascript; charset=utf-8",
        "/assets/icon.svg": "image/svg+xml",
      ]
      for (path, kind) in kinds {
        let answer = try await portal.browser.send(.get, path)
        #expect(answer.status == 200)
        #expect(answer.headers["content-type"] == kind)
        #expect(answer.headers["cache-control"] == "public, max-age=86400")
        #expect(!answer.text.isEmpty)
      }
    }
  }

  @Test func `behind TLS the cookie is for TLS and this host alone, and browsers come back by TLS`()
    async throws
  {
    var options = PortalOptions()
    options.isBehindTLS = true
    try await PortalPlace.with(options) { portal in
      let browser = portal.browser
      let first = try await browser.send(.get, "/")
      #expect(
        first.headers["strict-transport-security"] == "max-age=31536000; includeSubDomains")
      let begun = try await browser.sendForm("/apply", [("area", "plymouth")])
      let cookie = try #require(begun.headers["set-cookie"])
      #expect(cookie.hasPrefix("__Host-session="))
      for part in ["; Path=/", "; HttpOnly", "; SameSite=Strict", "; Secure"] {
        #expect(cookie.contains(part))
      }
      #expect(!cookie.contains("Domain") && !cookie.contains("Expires"))
    }
  }

  @Test func `leaving forgets the session, here and at Intake, and leads away`() async throws {
    try await PortalPlace.with { portal in
      let browser = portal.browser
      _ = try await browser.sendForm("/apply", [("area", "plymouth")])
      let cookie = browser.cookie
      #expect(cookie.hasPrefix("session="))
      let left = try await browser.send(.get, "/exit")
      #expect(left.status == 303)
      #expect(left.headers["location"] == PortalOptions.exitByDefault)
      #expect(left.headers["clear-site-data"] == SecurityHeaders.clearSiteData)
      #expect(browser.cookie.isEmpty)
      // Even with the old cookie nothing opens any more.
      browser.cookie = cookie
      let after = try await browser.send(.get, "/apply/question/who")
      #expect(after.status == 403)
      #expect(try after.page().heading == "Enter your code to go on")
    }
  }
}
