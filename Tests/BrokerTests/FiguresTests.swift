import Bus
import GRPCCore
import Testing

@testable import Broker

/// What the broker counts of what passes it.
@Suite struct FiguresTests {
  /// A broker with a caller (1) and a worker (2) that has `t.S/M`.
  private struct Pair {
    var place = CoreFixture()
    let caller: UInt64
    let worker: UInt64

    init() throws {
      caller = try place.join(1)
      worker = try place.join(2, "w", serving: ["t.S/M"])
    }

    /// A call from OPEN to STATUS, answered after so many nanoseconds.
    mutating func call(
      _ stream: UInt64, answering code: Status.Code, after nanoseconds: UInt64,
      metadata: Metadata? = nil
    ) throws {
      place.say(CoreFixture.open("t.S/M", session: caller, stream: stream), from: 1)
      let opened = try #require(place.take(2).last { $0.kind == .open })
      place.now += nanoseconds
      var status = CoreFixture.status(code, session: worker, stream: opened.stream)
      if let metadata {
        status.flags.insert(.metadata)
        status.fields =
          StatusFields(initialMetadata: metadata, status: Status(code: code, message: "x"))
          .encoded()
      }
      place.say(status, from: 2)
    }

    func method(_ name: String) -> BrokerFigures.Method? {
      place.core.figures.methods.first { $0.name == name }
    }
  }

  @Test func `calls are counted by method, code and latency`() throws {
    var pair = try Pair()
    try pair.call(1, answering: .ok, after: 400_000)
    try pair.call(3, answering: .ok, after: 400_000, metadata: ["a": "b"])
    try pair.call(5, answering: .notFound, after: 3_000_000, metadata: [:])
    try pair.call(7, answering: .unavailable, after: 7_000_000_000)
    let method = try #require(pair.method("t.S/M"))
    #expect(method.begun == 4)
    #expect(method.ended[0] == 2)
    #expect(method.ended[5] == 1)
    #expect(method.ended[14] == 1)
    #expect(method.ended.reduce(0, +) == 4)
    let bounds = BrokerFigures.latencyBoundsSeconds
    #expect(method.latencies.count == bounds.count + 1)
    #expect(method.latencies[try #require(bounds.firstIndex(of: 0.0005))] == 2)
    #expect(method.latencies[try #require(bounds.firstIndex(of: 0.005))] == 1)
    #expect(method.latencies.last == 1)
    #expect(abs(method.latencySeconds - 7.0038) < 1e-9)
    #expect(pair.place.core.figures.openCalls == 0)
  }

  @Test func `what the broker answers itself is counted apart, by code`() throws {
    var pair = try Pair()
    pair.place.say(CoreFixture.open("t.No/M", session: pair.caller, stream: 1), from: 1)
    pair.place.say(CoreFixture.open("t.S/No", session: pair.caller, stream: 3), from: 1)
    let figures = pair.place.core.figures
    #expect(figures.ownAnswers[Status.Code.unimplemented.rawValue] == 2)
    #expect(figures.methods.allSatisfy { $0.begun == 0 })
  }

  @Test func `who is connected, waits or is refused is counted`() throws {
    var pair = try Pair()
    try pair.place.join(3, "w", instance: "b", serving: ["t.S/M"])
    var frame = CoreFixture.open("t.Later/M", session: pair.caller, stream: 1)
    frame.flags.insert(.wait)
    pair.place.say(frame, from: 1)
    pair.place.say(Frame(.hello, flags: .message, body: [0xFF]), from: 9)
    let figures = pair.place.core.figures
    #expect(figures.sessions == 3)
    #expect(figures.standbys == 1)
    #expect(figures.waitingCalls == 1)
    #expect(figures.openCalls == 1)
    #expect(figures.refusals == 1)
    #expect(pair.method(CallTally.otherMethods)?.begun == 1)
  }

  @Test func `a call that waited counts for its method once somebody has it`() throws {
    var pair = try Pair()
    var frame = CoreFixture.open("t.Later/M", session: pair.caller, stream: 1)
    frame.flags.insert(.wait)
    pair.place.say(frame, from: 1)
    try pair.place.join(3, "later", serving: ["t.Later/M"])
    #expect(pair.method("t.Later/M")?.begun == 1)
    #expect(pair.method(CallTally.otherMethods)?.begun == 0)
  }

  @Test func `methods beyond the limit are counted together`() {
    var tally = CallTally()
    for number in 0..<(2 * CallTally.methodsLimit) { _ = tally.begin("t.S/M\(number)") }
    #expect(tally.methods.count == CallTally.methodsLimit)
    #expect(tally.methods[0].begun == UInt64(CallTally.methodsLimit + 1))
    let place = tally.begin("t.S/M7")
    #expect(tally.methods[place].begun == 2)
    tally.end(place, code: 200, after: 0)
    tally.end(place, code: nil, after: .max)
    #expect(tally.methods[place].ended[16] == 1)
    #expect(tally.methods[place].ended[2] == 1)
  }
}
