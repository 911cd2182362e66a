import Hummingbird
import Testing
import WebCalls

@Suite struct FaultTests {
  @Test func `where nobody listens nothing is sent`() async throws {
    let port = try RawListener.closedPort()
    await #expect(throws: WebFault.notSent("nobody answers at the host")) {
      _ = try await WebCaller().send(WebRequest(.post, url: "http://127.0.0.1:\(port)/"))
    }
  }

  @Test func `to a name that has no address nothing is sent`() async {
    await #expect(throws: WebFault.notSent("the name of the host has no address")) {
      _ = try await WebCaller().send(WebRequest(url: "http://nobody.invalid/"))
    }
  }

  @Test func `a host that does not speak TLS is sent nothing`() async throws {
    let listener = try RawListener { connection in
      connection.write("HTTP/1.1 200 OK\r\n\r\n")
      _ = connection.readHead()
    }
    defer { withExtendedLifetime(listener) {} }
    let url = "https://127.0.0.1:\(listener.port)/"
    await #expect(throws: WebFault.notSent("no safe connection to the host can be made")) {
      _ = try await WebCaller().send(WebRequest(url: url))
    }
  }

  @Test func `a connection that is cut after the request leaves it unanswered`() async throws {
    let listener = try RawListener { connection in _ = connection.readHead() }
    await #expect(throws: WebFault.unanswered("the connection broke")) {
      _ = try await WebCaller().send(WebRequest(.post, url: listener.address))
    }
    #expect(listener.requests == 1)
  }

  @Test func `an answer that breaks off is none`() async throws {
    let listener = try RawListener { connection in
      guard connection.readHead() != nil else { return }
      connection.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")
    }
    defer { withExtendedLifetime(listener) {} }
    await #expect(throws: WebFault.unanswered("the connection broke")) {
      _ = try await WebCaller().send(WebRequest(url: listener.address))
    }
  }

  @Test func `what answers in another tongue than HTTP has not answered`() async throws {
    let listener = try RawListener { connection in
      guard connection.readHead() != nil else { return }
      connection.write("SSH-2.0-OpenSSH\r\n\r\n")
    }
    defer { withExtendedLifetime(listener) {} }
    let fault = try await #require(throws: WebFault.self) {
      _ = try await WebCaller().send(WebRequest(url: listener.address))
    }
    guard case .unanswered = fault else {
      Issue.record("\(fault)")
      return
    }
  }

  @Test func `an answer that takes too long leaves the request unanswered`() async throws {
    let router = Router(context: WebPlace.Asked.self)
    router.get("slow") { _, _ -> Response in try await WebPlace.forever() }
    var bounds = WebBounds()
    bounds.wholeTimeLimit = .milliseconds(300)
    let caller = WebCaller(bounds)
    await #expect(throws: WebFault.unanswered("time ran out")) {
      try await WebPlace.with(router) { address in
        _ = try await caller.send(WebRequest(url: address + "/slow"))
      }
    }
  }

  @Test(arguments: [
    "", "example.org", "/path", "ftp://example.org/", "file:///etc/passwd", "http://",
    "http://a b/", "http://example.org/é", "http://example.org/\r\nX: y", "http://u:p@example.org/",
    "http://u@example.org/", "http://example.org:99999/",
    "http://example.org/" + String(repeating: "x", count: 2_048),
  ])
  func `what is no address on the web is never sent`(url: String) async throws {
    let fault = try await #require(throws: WebFault.self) {
      _ = try await WebCaller().send(WebRequest(url: url))
    }
    guard case .unusable(let why) = fault else {
      Issue.record("\(fault)")
      return
    }
    #expect(url.isEmpty || !why.contains(url))
  }

  @Test(arguments: [
    ("", "x"), ("a b", "x"), ("a:", "x"), ("X", "a\r\nY: b"), ("X", "a\u{0}b"), ("Host", "x"),
    ("content-length", "1"), ("Transfer-Encoding", "chunked"), ("Connection", "close"),
  ])
  func `a header that would be another is never sent`(name: String, value: String) async throws {
    let fault = try await #require(throws: WebFault.self) {
      _ = try await WebCaller().send(
        WebRequest(url: "http://127.0.0.1:1/", headers: [(name, value)]))
    }
    guard case .unusable = fault else {
      Issue.record("\(fault)")
      return
    }
  }

  @Test func `a body that is too long is never sent, nor one of a GET`() async throws {
    var bounds = WebBounds()
    bounds.requestBytesLimit = 10
    let caller = WebCaller(bounds)
    await #expect(throws: WebFault.unusable("its body is longer than 10 bytes")) {
      _ = try await caller.send(
        WebRequest(.post, url: "http://127.0.0.1:1/", body: Array(repeating: 0, count: 11)))
    }
    await #expect(throws: WebFault.unusable("a GET has no body")) {
      _ = try await caller.send(WebRequest(url: "http://127.0.0.1:1/", body: [0]))
    }
  }
}
