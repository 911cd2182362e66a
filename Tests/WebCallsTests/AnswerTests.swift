import Foundation
import Hummingbird
import Testing
import WebCalls

@Suite struct AnswerTests {
  @Test(arguments: [200, 201, 204, 301, 404, 410, 429, 500, 503])
  func `every status is an answer, and a redirect is not followed`(status: Int) async throws {
    let router = Router(context: WebPlace.Asked.self)
    router.post("at") { _, _ in
      Response(status: .init(code: status), headers: [.location: "/elsewhere"])
    }
    router.get("elsewhere") { _, _ in Response(status: .ok) }
    let answer = try await WebPlace.with(router) { address in
      try await WebCaller().send(WebRequest(.post, url: address + "/at"))
    }
    #expect(answer.status == status)
    #expect(answer.headers["location"] == "/elsewhere")
  }

  @Test(arguments: [WebRequest.Method.get, .post, .put, .delete])
  func `the method arrives`(method: WebRequest.Method) async throws {
    let router = Router(context: WebPlace.Asked.self)
    for other in [HTTPRequest.Method.get, .post, .put, .delete] {
      router.on("at", method: other) { request, _ in request.method.rawValue }
    }
    let answer = try await WebPlace.with(router) { address in
      try await WebCaller().send(WebRequest(method, url: address + "/at"))
    }
    #expect(answer.status == 200)
    #expect(String(decoding: answer.body, as: UTF8.self) == method.rawValue)
  }

  @Test func `headers and body arrive as they are, and no more than is said`() async throws {
    let listener = try RawListener { connection in
      guard let head = connection.readHead() else { return }
      connection.answer(head)
    }
    defer { withExtendedLifetime(listener) {} }
    let answer = try await WebCaller().send(
      WebRequest(
        .post, url: listener.address + "/a/b?c=d", headers: [("X-One", "1: é"), ("X-Empty", "")],
        body: Array("hello".utf8), idempotencyKey: "k-1"))
    let lines = String(decoding: answer.body, as: UTF8.self).components(separatedBy: "\r\n")
    #expect(lines.first == "POST /a/b?c=d HTTP/1.1")
    #expect(
      Set(lines.dropFirst()) == [
        "Host: 127.0.0.1:\(listener.port)", "User-Agent: recourse", "Accept: */*", "X-One: 1: é",
        "X-Empty:", "Idempotency-Key: k-1", "Content-Length: 5",
      ])
  }

  @Test func `a body arrives whole, both ways`() async throws {
    let router = Router(context: WebPlace.Asked.self)
    router.put("at") { request, _ in
      Response(
        status: .ok, headers: [.contentType: "application/octet-stream"],
        body: ResponseBody(byteBuffer: try await request.body.collect(upTo: 1_000_000)))
    }
    let body = (0..<500_000).map { UInt8(truncatingIfNeeded: $0 / 7) }
    let answer = try await WebPlace.with(router) { address in
      try await WebCaller().send(WebRequest(.put, url: address + "/at", body: body))
    }
    #expect(answer.body == body)
    #expect(answer.headers["content-type"] == "application/octet-stream")
  }

  @Test func `an answer of as many bytes as are allowed is taken, and one more is too many`()
    async throws
  {
    let router = Router(context: WebPlace.Asked.self)
    router.get("{count}") { _, context in
      String(repeating: "x", count: try context.parameters.require("count", as: Int.self))
    }
    try await WebPlace.with(router) { address in
      var bounds = WebBounds()
      bounds.answerBytesLimit = 1_000
      let caller = WebCaller(bounds)
      #expect(try await caller.send(WebRequest(url: address + "/1000")).body.count == 1_000)
      await #expect(throws: WebFault.tooLarge(limit: 1_000)) {
        _ = try await caller.send(WebRequest(url: address + "/1001"))
      }
      var request = WebRequest(url: address + "/200000")
      request.wantsBody = false
      let answer = try await caller.send(request)
      #expect(answer.status == 200 && answer.body.isEmpty)
    }
  }

  @Test func `the head of an answer has bounds in lines and in bytes`() async throws {
    let listener = try RawListener { connection in
      guard let head = connection.readHead() else { return }
      let isLong = head.contains("/long")
      let lines =
        isLong
        ? "X: \(String(repeating: "y", count: 2_000))\r\n"
        : String(repeating: "X: y\r\n", count: 20)
      connection.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\(lines)\r\n")
    }
    defer { withExtendedLifetime(listener) {} }
    var bounds = WebBounds()
    bounds.headersLimit = 10
    bounds.headerBytesLimit = 1_000
    let caller = WebCaller(bounds)
    for path in ["/many", "/long"] {
      await #expect(throws: WebFault.unanswered("the head of the answer is too long")) {
        _ = try await caller.send(WebRequest(url: listener.address + path))
      }
    }
  }

  @Test func `what is said before the answer is not the answer`() async throws {
    let listener = try RawListener { connection in
      guard connection.readHead() != nil else { return }
      connection.write("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n")
      connection.answer("late")
    }
    defer { withExtendedLifetime(listener) {} }
    let answer = try await WebCaller().send(WebRequest(url: listener.address))
    #expect(answer.status == 200 && answer.headers["link"] == nil)
    #expect(answer.body == Array("late".utf8))
  }
}
