import BusTesting
import Foundation
import GRPCCore
import Messages
import SwiftProtobuf
import Synchronization
import Testing

@testable import Bus

/// What a peer does when the other side breaks the rules. The broker is played by hand.
@Suite("A broken rule", .timeLimit(.minutes(1)))
struct ViolationTests {
  /// A peer, and the broker's side of its link.
  private final class Hub: Sendable {
    static let session: UInt64 = 9
    let network = MemoryNetwork()
    let link: MemoryLink
    let peer: Peer
    private let heard: AsyncStream<Frame>

    init(_ worker: String) {
      link = network.makeLink()
      peer = Peer(PeerIdentity(worker: worker, instance: "i", processID: 1), over: link)
      let (heard, tell) = AsyncStream<Frame>.makeStream()
      self.heard = heard
      let network = network
      network.setHub { event in
        guard case .frame(let frame, let id) = event else { return }
        guard frame.kind == .hello else {
          tell.yield(frame)
          return
        }
        guard let hello = try? Recourse_Bus_V1_Hello(serializedBytes: frame.body ?? []) else {
          return
        }
        var welcome = Recourse_Bus_V1_Welcome()
        welcome.attempt = hello.attempt
        welcome.wireVersion = 1
        welcome.heartbeatMilliseconds = 2000
        guard let body: WireBytes = try? welcome.serializedBytes() else { return }
        let answer = Frame(.welcome, flags: .message, session: Self.session, body: body)
        _ = network.send(answer, to: id)
      }
    }

    func say(_ frame: Frame) {
      var frame = frame
      frame.session = Self.session
      _ = network.send(frame, to: link.id)
    }

    /// The next frame of one of these kinds.
    func next(_ kinds: FrameKind...) async throws -> Frame {
      for await frame in heard where kinds.contains(frame.kind) { return frame }
      throw CancellationError()
    }
  }

  /// Runs `body` with a peer that serves ``Kinds``.
  private static func serving(_ body: (Hub) async throws -> Void) async throws {
    let hub = Hub("echo")
    let server = hub.peer.makeServer(of: [Kinds()])
    try await hub.peer.start()
    let serving = Task { try await server.serve() }
    try await hub.peer.waitUntilReady()
    try await body(hub)
    server.beginGracefulShutdown()
    await hub.peer.close()
    _ = await serving.result
  }

  /// Runs `body` with a peer that calls.
  private static func calling(_ body: (Hub, Place) async throws -> Void) async throws {
    let hub = Hub(PeerIdentity.clientName)
    try await hub.peer.start()
    try await body(hub, Place(client: BusClient(peer: hub.peer), makePeer: { _ in hub.peer }))
    await hub.peer.close()
  }

  private static func open(_ method: MethodDescriptor) -> Frame {
    Frame(
      .open, stream: 2, fields: OpenFields(method: method.fullyQualifiedMethod).encoded())
  }

  static let callersFaults: [Frame] = [
    Frame(.data, flags: .message, stream: 2, sequence: 7, body: [1]),
    Frame(.data, flags: .metadata, stream: 2, sequence: 1, fields: [0, 0]),
    Frame(.credit, stream: 2, sequence: 1, fields: [1]),
  ]

  @Test(arguments: callersFaults)
  func `a caller that breaks the rules is answered INTERNAL, once`(_ fault: Frame) async throws {
    try await Self.serving { hub in
      hub.say(Self.open(Kinds.chat))
      hub.say(fault)
      let status = try await hub.next(.status)
      #expect(try StatusFields(decoding: status).status.code == .internalError)
      hub.say(Frame(.ping, fields: [42]))
      let next = try await hub.next(.status, .pong)
      #expect(next.kind == .pong)
    }
  }

  @Test func `a CANCEL after the caller's last word cancels the handler, and nothing is answered`()
    async throws
  {
    let word = "\(UUID())"
    try await Self.serving { hub in
      var open = Self.open(Kinds.wait)
      open.flags = [.end, .message]
      open.body = WireBytes(word.utf8)
      hub.say(open)
      await Probe.shared.wait(for: "waiting \(word)")
      hub.say(Frame(.cancel, stream: 2, sequence: 1))
      await Probe.shared.wait(for: "cancelled \(word)")
      hub.say(Frame(.ping))
      let next = try await hub.next(.status, .pong)
      #expect(next.kind == .pong)
    }
  }

  @Test func `a handler that breaks the rules is cancelled, and its caller hears INTERNAL`()
    async throws
  {
    try await Self.calling { hub, place in
      let call = Task { try await place.unary(Kinds.unary, "x") }
      let open = try await hub.next(.open)
      hub.say(
        Frame(.data, flags: .message, stream: open.stream, sequence: 7, body: [1]))
      #expect(try await hub.next(.cancel).sequence == 1)
      let error = await #expect(throws: RPCError.self) { try await call.value }
      #expect(error?.code == .internalError)
    }
  }

  @Test func `metadata beyond the limit is refused before it leaves, and the next call works`()
    async throws
  {
    try await Self.calling { hub, place in
      let large = String(repeating: "x", count: WireLimits.fieldBytesLimit)
      var many = Metadata()
      for _ in 0...WireLimits.metadataEntriesLimit { many.addString("1", forKey: "x-a") }
      for metadata in [["x-a": .string(large)], many] {
        for method in [Kinds.unary, Kinds.chat] {
          let error = await #expect(throws: RPCError.self) {
            try await place.unary(method, "x", metadata: metadata)
          }
          #expect(error?.code == .resourceExhausted)
        }
      }
      let call = Task { try await place.unary(Kinds.unary, "x").message }
      let open = try await hub.next(.open)
      hub.say(
        Frame(
          .status, flags: [.metadata, .message], stream: open.stream,
          fields: StatusFields(initialMetadata: [:], status: Status(code: .ok, message: ""))
            .encoded(), body: WireBytes("y".utf8)))
      #expect(try await call.value == "y")
    }
  }

  @Test func `a status beyond the limit does not leave, and the next one takes its number`() throws
  {
    let link = RecordingLink()
    let call = CallStream(
      machine: StreamMachine(role: .handler, session: 1, stream: 2), descriptor: Kinds.unary,
      link: link)
    let long = Status(
      code: .unknown, message: String(repeating: "x", count: WireLimits.fieldBytesLimit))
    let error = #expect(throws: RPCError.self) {
      try call.send { $0.status(StatusFields(status: long)) }
    }
    #expect(error?.code == .resourceExhausted)
    try call.send { $0.status(StatusFields(status: Status(code: .ok, message: ""))) }
    #expect(link.frames.map(\.sequence) == [0])
    #expect(link.frames.map(\.kind) == [.status])
  }

  /// On the short way and on gRPC's.
  @Test(arguments: [true, false])
  func `a handler's status beyond the limit keeps its code, and metadata that fits`(
    _ isShort: Bool
  ) async throws {
    let large = String(repeating: "x", count: WireLimits.fieldBytesLimit)
    var many: Metadata = ["x-why": "because"]
    for _ in 0..<WireLimits.metadataEntriesLimit { many.addString("1", forKey: "x-a") }
    let small: Metadata = ["x-why": "because"]
    for (text, metadata, kept) in [(large, small, ["because"]), ("no", many, [])] {
      let link = RecordingLink()
      let call = CallStream(
        machine: StreamMachine(role: .handler, session: 1, stream: 2), descriptor: Kinds.unary,
        link: link)
      let error = RPCError(code: .failedPrecondition, message: text, metadata: metadata)
      if isShort {
        call.finish(.failure(error))
      } else {
        let status = Status(code: .failedPrecondition, message: text)
        try await ResponseWriter(call).write(.status(status, metadata))
      }
      let fields = try StatusFields(decoding: try #require(link.frames.first))
      #expect(fields.status.code == .failedPrecondition)
      #expect(Array(fields.trailingMetadata[stringValues: "x-why"]) == kept)
    }
  }

  @Test func `who drains answers UNAVAILABLE and says that the call was not delivered`()
    async throws
  {
    try await Self.serving { hub in
      hub.peer.drain()
      _ = try await hub.next(.drain)
      hub.say(Self.open(Kinds.unary))
      let answer = try StatusFields(decoding: try await hub.next(.status))
      #expect(answer.status.code == .unavailable)
      #expect(Array(answer.trailingMetadata[stringValues: CallMetadata.delivered]) == ["no"])
    }
  }

  @Test func `so does who begins to drain while a call comes`() async throws {
    try await Self.serving { hub in
      // The call was let in before.
      hub.peer.acceptedContinuation.finish()
      hub.say(Self.open(Kinds.chat))
      let answer = try StatusFields(decoding: try await hub.next(.status))
      #expect(answer.status.code == .unavailable)
      #expect(Array(answer.trailingMetadata[stringValues: CallMetadata.delivered]) == ["no"])
    }
  }

  @Test func `a refused session ends its calls, and a new one is asked for`() async throws {
    try await Self.calling { hub, place in
      let call = Task { try await place.unary(Kinds.unary, "x") }
      _ = try await hub.next(.open)
      var refuse = Recourse_Bus_V1_Refuse()
      refuse.code = .malformed
      refuse.message = "why"
      hub.say(Frame(.refuse, flags: .message, body: try refuse.serializedBytes()))
      let error = await #expect(throws: RPCError.self) { try await call.value }
      #expect(error?.code == .unavailable)
      #expect(error?.message.contains("why") == true)
      try await hub.peer.waitUntilReady()
    }
  }
}

/// Keeps what is sent.
final class RecordingLink: Link {
  private let sent = Mutex<[Frame]>([])
  var address: String { "recording" }
  var now: UInt64 { 0 }
  func wake(at time: UInt64) {}
  var frames: [Frame] { sent.withLock { $0 } }

  func start(_ handler: @escaping @Sendable (LinkEvent) -> Void) async throws {}
  func send(_ frame: Frame) { sent.withLock { $0.append(frame) } }
  func close() async {}
}
