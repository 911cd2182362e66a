import Testing

@testable import Portal

/// The bounds of the server itself, reached by real connections: what whoever reaches one sees, and that others are served.
@Suite("Bounds of the server, by sockets", .timeLimit(.minutes(3)))
struct ServerBoundTests {
  private static let post =
    "POST /check HTTP/1.1\r\nHost: here\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    + "Content-Length: 100\r\n\r\narea=plymouth"
  private static let get = "GET /help HTTP/1.1\r\nHost: here\r\n\r\n"

  @Test func `a request that takes too long is answered with a page, and others are served`()
    async throws
  {
    var options = PortalOptions()
    // Long for a page, also where much else runs.
    options.requestLimit = .seconds(2)
    try await PortalPlace.with(options) { portal in
      let began = ContinuousClock.now
      let slow = try RawConnection(port: portal.port)
      try slow.say(Self.post)
      // Its body never ends; nobody waits for it but whoever sent it.
      let meanwhile = try RawConnection(port: portal.port)
      try meanwhile.say(Self.get)
      #expect(try await meanwhile.hear().hasPrefix("HTTP/1.1 200 "))
      let answer = try await slow.hear()
      #expect(answer.hasPrefix("HTTP/1.1 503 "), "\(answer.prefix(40))")
      #expect(ContinuousClock.now - began >= .seconds(2))
      #expect(answer.contains("Sorry, this does not work right now"))
      #expect(answer.contains("Cache-Control: no-store"))
      #expect(answer.contains("Content-Security-Policy: default-src 'none'"))
      // What was not read of it is not taken for the next request.
      #expect(try await slow.hear().isEmpty)
      let after = try RawConnection(port: portal.port)
      try after.say(Self.get)
      #expect(try await after.hear().hasPrefix("HTTP/1.1 200 "))
    }
  }

  @Test func `a program is told the same in its own words`() async throws {
    var options = PortalOptions()
    options.requestLimit = .milliseconds(300)
    try await PortalPlace.with(options) { portal in
      let slow = try RawConnection(port: portal.port)
      try slow.say(
        "POST /api/v1/check HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\n"
          + "Content-Length: 100\r\n\r\n{")
      let answer = try await slow.hear()
      #expect(answer.hasPrefix("HTTP/1.1 503 "), "\(answer.prefix(40))")
      #expect(answer.contains("Content-Type: application/problem+json"))
      #expect(answer.contains("\"code\":\"away\""))
    }
  }

  @Test func `of more connections than there may be the last waits until another one leaves`()
    async throws
  {
    var options = PortalOptions()
    options.connectionsLimit = 3
    try await PortalPlace.with(options) { portal in
      var inside: [RawConnection] = []
      for _ in 0..<options.connectionsLimit {
        let one = try RawConnection(port: portal.port)
        try one.say(Self.get)
        #expect(try await one.hear().hasPrefix("HTTP/1.1 200 "))
        inside.append(one)
      }
      // The server may take several at once before it counts; whoever comes after those waits.
      var outside: [RawConnection] = []
      for _ in 0..<6 {
        let one = try RawConnection(port: portal.port)
        try one.say(Self.get)
        outside.append(one)
      }
      let last = try #require(outside.last)
      // Those inside are served still, several times over, and the last is not.
      for _ in 0..<5 {
        for one in inside {
          try one.say(Self.get)
          #expect(try await one.hear().hasPrefix("HTTP/1.1 200 "))
        }
      }
      #expect(!last.hasNews)
      for one in inside { one.leave() }
      // Each has its turn once another one leaves.
      for one in outside {
        #expect(try await one.hear().hasPrefix("HTTP/1.1 200 "))
        one.leave()
      }
    }
  }

  @Test(arguments: ["", "GET /help HTTP/1.1\r\nHost: he"])
  func `a connection on which nothing moves is closed`(said: String) async throws {
    var options = PortalOptions()
    options.idleLimit = .seconds(1)
    try await PortalPlace.with(options) { portal in
      let silent = try RawConnection(port: portal.port)
      if !said.isEmpty { try silent.say(said) }
      #expect(try await silent.hear().isEmpty)
      let other = try RawConnection(port: portal.port)
      try other.say(Self.get)
      #expect(try await other.hear().hasPrefix("HTTP/1.1 200 "))
    }
  }
}
