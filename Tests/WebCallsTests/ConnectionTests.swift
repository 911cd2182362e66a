import Hummingbird
import Synchronization
import Testing
import WebCalls

@Suite struct ConnectionTests {
  /// Tells over which connection it was asked.
  private var telling: Router<WebPlace.Asked> {
    let router = Router(context: WebPlace.Asked.self)
    for method in [HTTPRequest.Method.get, .post] {
      router.on("at", method: method) { _, context in "\(context.peerPort)" }
    }
    return router
  }

  private func connections(
    of caller: WebCaller, at address: String, _ request: (String) -> WebRequest
  ) async throws -> Int {
    var seen: Set<[UInt8]> = []
    for _ in 0..<4 { seen.insert(try await caller.send(request(address + "/at")).body) }
    return seen.count
  }

  @Test func `a connection is kept for the next request, if that is repeatable`() async throws {
    try await WebPlace.with(telling) { address in
      let caller = WebCaller()
      #expect(try await connections(of: caller, at: address) { WebRequest(url: $0) } == 1)
      let withKey = try await connections(of: caller, at: address) {
        WebRequest(.post, url: $0, body: [1], idempotencyKey: "k")
      }
      #expect(withKey == 1)
      let withoutKey = try await connections(of: caller, at: address) {
        WebRequest(.post, url: $0, body: [1])
      }
      #expect(withoutKey == 4)
    }
  }

  @Test func `a kept connection that is lost costs a repeatable request nothing`() async throws {
    let listener = try RawListener { connection in
      guard connection.readHead() != nil else { return }
      connection.answer("ok")
      // The next one on the same connection gets no answer.
      _ = connection.readHead()
    }
    let caller = WebCaller()
    for _ in 0..<2 {
      #expect(try await caller.send(WebRequest(url: listener.address)).status == 200)
    }
    #expect(listener.requests == 3 && listener.connections == 2)
  }

  @Test func `what must not be sent twice is sent once, whatever was kept`() async throws {
    let listener = try RawListener { connection in
      guard connection.readHead() != nil else { return }
      connection.answer("ok")
      _ = connection.readHead()
    }
    let caller = WebCaller()
    for count in 1...3 {
      #expect(try await caller.send(WebRequest(.post, url: listener.address)).status == 200)
      #expect(listener.requests == count)
    }
  }

  @Test func `a thousand calls share eight connections`() async throws {
    let tally = Mutex((now: 0, most: 0, ports: Set<Int>()))
    let router = Router(context: WebPlace.Asked.self)
    router.get("{number}") { _, context in
      tally.withLock { tally in
        tally.now += 1
        tally.most = max(tally.most, tally.now)
        tally.ports.insert(context.peerPort)
      }
      await Task.yield()
      tally.withLock { $0.now -= 1 }
      return try context.parameters.require("number")
    }
    try await WebPlace.with(router) { address in
      let caller = WebCaller()
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<1_000 {
          group.addTask {
            let answer = try await caller.send(WebRequest(url: "\(address)/\(number)"))
            #expect(answer.body == Array("\(number)".utf8))
          }
        }
        try await group.waitForAll()
      }
    }
    let (_, most, ports) = tally.withLock { $0 }
    #expect(most <= 8 && ports.count <= 8)
  }

  @Test func `what nobody asks over any more is closed, and opened anew when somebody asks`()
    async throws
  {
    let (closings, closed) = AsyncStream<Void>.makeStream()
    let listener = try RawListener { connection in
      while connection.readHead() != nil { connection.answer("ok") }
      closed.yield()
    }
    var bounds = WebBounds()
    bounds.idleLimit = .milliseconds(50)
    let caller = WebCaller(bounds)
    var ended = closings.makeAsyncIterator()
    for count in 1...2 {
      #expect(try await caller.send(WebRequest(url: listener.address)).status == 200)
      #expect(listener.connections == count)
      await ended.next()
    }
  }

  @Test func `a caller that nobody has any more closes its connections`() async throws {
    let (closings, closed) = AsyncStream<Void>.makeStream()
    let listener = try RawListener { connection in
      while connection.readHead() != nil { connection.answer("ok") }
      closed.yield()
    }
    _ = try await WebCaller().send(WebRequest(url: listener.address))
    var ended = closings.makeAsyncIterator()
    await ended.next()
    #expect(listener.connections == 1)
  }
}
