import Hummingbird
import Testing
import WebCalls

@Suite struct CancelTests {
  /// Says when it is asked, and never answers.
  private func mute(_ asked: AsyncStream<Void>.Continuation) -> Router<WebPlace.Asked> {
    let router = Router(context: WebPlace.Asked.self)
    router.get("mute") { _, _ -> Response in
      asked.yield()
      try await WebPlace.forever()
    }
    router.get("ready") { _, _ in "ready" }
    return router
  }

  @Test func `who is cancelled before the request is made sends nothing`() async throws {
    let listener = try RawListener { connection in _ = connection.readHead() }
    let sending = Task { [address = listener.address] in
      withUnsafeCurrentTask { $0?.cancel() }
      _ = try await WebCaller().send(WebRequest(url: address))
    }
    await #expect(throws: WebFault.notSent("it was cancelled")) { try await sending.value }
    #expect(listener.connections == 0)
  }

  @Test func `who is cancelled while the answer is awaited knows that it was sent`() async throws {
    let (questions, asked) = AsyncStream<Void>.makeStream()
    try await WebPlace.with(mute(asked)) { address in
      let caller = WebCaller()
      let sending = Task { _ = try await caller.send(WebRequest(url: address + "/mute")) }
      var arrivals = questions.makeAsyncIterator()
      await arrivals.next()
      sending.cancel()
      await #expect(throws: WebFault.unanswered("it was cancelled")) { try await sending.value }
      let answer = try await caller.send(WebRequest(url: address + "/ready"))
      #expect(answer.status == 200)
    }
  }

  @Test func `one more than may wait is not sent, and who is cancelled makes room`() async throws {
    let (questions, asked) = AsyncStream<Void>.makeStream()
    try await WebPlace.with(mute(asked)) { address in
      var bounds = WebBounds()
      bounds.connectionsLimit = 1
      bounds.waitingLimit = 1
      let caller = WebCaller(bounds)
      let first = Task { _ = try await caller.send(WebRequest(url: address + "/mute")) }
      var arrivals = questions.makeAsyncIterator()
      await arrivals.next()
      // Of these two one waits and the other finds no room: which, the system decides.
      let refused = WebFault.notSent("too many requests wait")
      let rest = [0, 1].map { _ in
        Task { try await caller.send(WebRequest(url: address + "/ready")).status }
      }
      let outcomes = AsyncStream<Result<Int, any Error>>.makeStream()
      for task in rest { Task { outcomes.continuation.yield(await task.result) } }
      var results = outcomes.stream.makeAsyncIterator()
      let sooner = await results.next()
      #expect(throws: refused) { try sooner?.get() }
      first.cancel()
      let later = try await results.next()?.get()
      #expect(later == 200)
      await #expect(throws: WebFault.unanswered("it was cancelled")) { try await first.value }
    }
  }
}
