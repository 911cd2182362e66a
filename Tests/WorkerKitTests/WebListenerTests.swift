import Testing
import WebCalls

@testable import WorkerKitTesting

/// What a plugin's test hears of its calls to the web is what was sent.
@Suite(.timeLimit(.minutes(1))) struct WebListenerTests {
  @Test func `what is asked is kept in order, and answered as told`() async throws {
    let listener = try WebListener { request in
      request.target == "/gone" ? .init(410) : .init(201, headers: ["X-Id": "7"], body: "made")
    }
    defer { listener.stop() }
    let web = WebCaller()
    let made = try await web.send(
      WebRequest(.post, url: listener.url + "/notices", body: Array("a text".utf8)))
    let gone = try await web.send(WebRequest(url: listener.url + "/gone"))
    #expect(made.status == 201)
    #expect(made.headers["x-id"] == "7")
    #expect(made.body == Array("made".utf8))
    #expect(gone.status == 410)
    #expect(listener.requests.map(\.target) == ["/notices", "/gone"])
    let first = try #require(await listener.next())
    #expect(first.method == "POST")
    #expect(first.text == "a text")
    #expect(await listener.next()?.method == "GET")
  }

  @Test func `who waits for a request hears when the listener has stopped`() async throws {
    let listener = try WebListener()
    async let next = listener.next()
    listener.stop()
    #expect(await next == nil)
  }

  @Test(arguments: [
    "GET / HTTP/1.1\r\nHost: a\r\n", "POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nfour", "",
  ])
  func `half a request is none yet`(text: String) {
    #expect(WebListener.Request(whole: Array(text.utf8)) == nil)
  }
}
