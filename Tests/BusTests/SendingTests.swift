import GRPCCore
import Synchronization
import Testing

@testable import Bus

/// What a call does with what its side wants to say, without a network.
@Suite("What is sent", .timeLimit(.minutes(1)))
struct SendingTests {
  /// A caller's side that has used up its room, and what has left.
  private static func withoutRoom() async throws -> (CallStream, RecordingLink) {
    let link = RecordingLink()
    let call = CallStream(
      machine: StreamMachine(role: .caller, session: 1, stream: 1), descriptor: Kinds.chat,
      link: link)
    for _ in 0..<WireLimits.initialCredit.messages { try await say(call) }
    return (call, link)
  }

  private static func say(_ call: CallStream) async throws {
    try await call.sendMessage(bytes: 1) { $0.data(metadata: nil, message: [1]) }
  }

  /// Begins to write so many messages; returns when all wait for room.
  private static func writers(_ count: Int, _ call: CallStream) async throws
    -> [Task<Void, any Error>]
  {
    let writers = (0..<count).map { _ in Task { try await say(call) } }
    while call.state.withLock({ $0.writers.count }) < count {
      try Task.checkCancellation()
      await Task.yield()
    }
    return writers
  }

  private static func grant(_ messages: Int, _ call: CallStream, sequence: UInt32) {
    let fields = Credit(messages: messages, bytes: messages).encoded()
    call.receive(Frame(.credit, session: 1, stream: 1, sequence: sequence, fields: fields))
  }

  @Test func `several who wait for room all get it`() async throws {
    let (call, link) = try await Self.withoutRoom()
    let writers = try await Self.writers(3, call)
    Self.grant(3, call, sequence: 0)
    for writer in writers { try await writer.value }
    #expect(link.frames.count == WireLimits.initialCredit.messages + 3)
  }

  @Test func `who gives up waiting for room gives up alone`() async throws {
    let (call, _) = try await Self.withoutRoom()
    let writers = try await Self.writers(2, call)
    writers[0].cancel()
    let error = await #expect(throws: RPCError.self) { try await writers[0].value }
    #expect(error?.code == .cancelled)
    Self.grant(1, call, sequence: 0)
    try await writers[1].value
    let later = try await Self.writers(1, call)
    Self.grant(1, call, sequence: 1)
    try await later[0].value
  }

  @Test func `nothing is granted for what a lost call had not taken`() async throws {
    let link = RecordingLink()
    let call = CallStream(
      machine: StreamMachine(role: .caller, session: 1, stream: 1), descriptor: Kinds.count,
      link: link)
    for sequence in 0..<UInt32(WireLimits.initialCredit.messages) {
      call.receive(
        Frame(.data, flags: .message, session: 1, stream: 1, sequence: sequence, body: [1]))
    }
    call.abandon(Peer.unavailable("lost", delivered: "unknown"))
    guard case .status(let status, _)? = try await call.next() else {
      Issue.record("something else than the status came first")
      return
    }
    #expect(status.code == .unavailable)
    #expect(try await call.next() == nil)
    #expect(link.frames.isEmpty)
  }

  @Test func `a message beside a status that is not OK is ignored`() throws {
    var machine = StreamMachine(role: .caller, session: 1, stream: 1)
    let fields = StatusFields(status: Status(code: .notFound, message: ""))
    let events = try machine.receive(
      Frame(
        .status, flags: .message, session: 1, stream: 1, fields: fields.encoded(), body: [1]))
    #expect(events == [.status(fields.status, [:])])
  }

  @Test func `who waits for room when this side ends is told so`() async throws {
    let (call, _) = try await Self.withoutRoom()
    let writers = try await Self.writers(2, call)
    try call.send { $0.end() }
    for writer in writers {
      let error = await #expect(throws: RPCError.self) { try await writer.value }
      #expect(error?.code == .failedPrecondition)
    }
  }
}
