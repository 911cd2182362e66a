import GRPCCore
import Messages
import SwiftProtobuf
import Synchronization
import Testing

@testable import Bus

/// Times that a peer waits for, on a link that leaves it none between asking for a tick and getting it.
@Suite("A tick that comes at once", .timeLimit(.minutes(1)))
struct TickTests {
  @Test func `finds the call whose time it tells`() async throws {
    let link = HastyLink()
    let peer = Peer(
      PeerIdentity(worker: PeerIdentity.clientName, instance: "c", processID: 1), over: link)
    try await peer.start()
    try link.welcome()
    let call = try peer.openCallIfReady(Way.short.method, deadline: link.now + 1)
    #expect(call?.state.withLock { $0.failure?.code } == .deadlineExceeded)
    await peer.close()
  }
}

extension TickTests {
  @Test func `finds who waits for a session`() async throws {
    let peer = Peer(
      PeerIdentity(worker: PeerIdentity.clientName, instance: "c", processID: 1),
      over: HastyLink())
    try await peer.start()
    let error = await #expect(throws: RPCError.self) { try await peer.waitUntilReady() }
    #expect(error?.code == .unavailable)
    await peer.close()
  }
}

extension TickTests {
  @Test func `a WELCOME of another attempt is not judged`() async throws {
    let link = HastyLink()
    let peer = Peer(
      PeerIdentity(worker: PeerIdentity.clientName, instance: "c", processID: 1), over: link)
    try await peer.start()
    try link.welcome(attemptsBefore: 1, version: 99)
    #expect(peer.refusal == nil)
    try link.welcome()
    try await peer.waitUntilReady()
    await peer.close()
  }
}

/// A link whose clock jumps to the time of each tick that is asked for, and that ticks before it returns.
private final class HastyLink: Link {
  private struct State {
    var now: UInt64 = 1
    var attempt: UInt64?
    var handler: (@Sendable (LinkEvent) -> Void)?
  }
  private let state = Mutex(State())
  var address: String { "hasty" }
  var now: UInt64 { state.withLock { $0.now } }

  func start(_ handler: @escaping @Sendable (LinkEvent) -> Void) async throws {
    state.withLock { $0.handler = handler }
  }

  func send(_ frame: Frame) {
    guard frame.kind == .hello, let body = frame.body,
      let hello = try? Recourse_Bus_V1_Hello(serializedBytes: body)
    else { return }
    state.withLock { $0.attempt = hello.attempt }
  }

  /// Answers the last HELLO, or an earlier one.
  func welcome(
    attemptsBefore: UInt64 = 0, version: UInt32 = UInt32(WireLimits.version)
  ) throws {
    let (attempt, handler) = state.withLock { ($0.attempt, $0.handler) }
    var welcome = Recourse_Bus_V1_Welcome()
    welcome.attempt = try #require(attempt) - attemptsBefore
    welcome.wireVersion = version
    welcome.heartbeatMilliseconds = 2000
    let body: WireBytes = try welcome.serializedBytes()
    handler?(.frame(Frame(.welcome, flags: .message, session: 9, body: body)))
  }

  func wake(at time: UInt64) {
    let handler = state.withLock { state in
      state.now = max(state.now, time)
      return state.handler
    }
    handler?(.tick(now))
  }

  func close() async {}
}
