import Bus
import GRPCCore
import Messages
import Testing

@testable import Broker

@Suite("Calls through the broker")
struct BrokerCallTests {
  /// A worker at peer 1, a client at peer 9, and a call of the client that the worker has on stream 2.
  private struct Open {
    var place = CoreFixture()
    let worker: UInt64
    let client: UInt64

    init() throws {
      worker = try place.join(1, "w", serving: ["t.S/M"])
      client = try place.join(9)
      place.say(
        CoreFixture.open("t.S/M", session: client, stream: 1, message: nil), from: 9)
      _ = place.take(1)
    }

    mutating func callerSays(
      _ kind: FrameKind, _ sequence: UInt32, body: WireBytes? = nil, fields: WireBytes = []
    ) {
      place.say(
        Frame(
          kind, flags: body == nil ? [] : .message, session: client, stream: 1, sequence: sequence,
          fields: fields, body: body), from: 9)
    }

    mutating func calleeSays(
      _ kind: FrameKind, _ sequence: UInt32, body: WireBytes? = nil, fields: WireBytes = []
    ) {
      place.say(
        Frame(
          kind, flags: body == nil ? [] : .message, session: worker, stream: 2, sequence: sequence,
          fields: fields, body: body), from: 1)
    }
  }

  @Test func `frames pass both ways with their numbers, session and stream exchanged`() throws {
    var open = try Open()
    open.callerSays(.data, 1, body: [1])
    open.callerSays(.credit, 2)
    open.callerSays(.end, 3)
    let toCallee = open.place.take(1)
    #expect(toCallee.map(\.kind) == [.data, .credit, .end])
    #expect(toCallee.map(\.sequence) == [1, 2, 3])
    #expect(toCallee.allSatisfy { $0.session == open.worker && $0.stream == 2 })
    open.calleeSays(.data, 0, body: [2])
    open.calleeSays(.credit, 1)
    let toCaller = open.place.take(9)
    #expect(toCaller.map(\.kind) == [.data, .credit])
    #expect(toCaller.allSatisfy { $0.session == open.client && $0.stream == 1 })
  }

  @Test func `a lost caller cancels its calls at the callee`() throws {
    var open = try Open()
    open.callerSays(.data, 1, body: [1])
    _ = open.place.take(1)
    open.place.handle(.unreachable(CoreFixture.peer(9)))
    let frames = open.place.take(1)
    #expect(frames.map(\.kind) == [.cancel])
    #expect(frames.map(\.sequence) == [2])
    #expect(open.place.core.calls.isEmpty)
  }

  @Test func `a lost callee is UNAVAILABLE, and the call may have been delivered`() throws {
    var open = try Open()
    open.calleeSays(.data, 0, body: [1])
    _ = open.place.take(9)
    open.place.handle(.unreachable(CoreFixture.peer(1)))
    let frames = open.place.take(9)
    #expect(frames.map(\.code) == [.unavailable])
    #expect(frames.map(\.delivered) == ["unknown"])
    #expect(frames.map(\.sequence) == [1])
    #expect(open.place.core.calls.isEmpty)
  }

  @Test func `a CANCEL ends the call without a STATUS, and what the callee says after is dropped`()
    throws
  {
    var open = try Open()
    open.callerSays(.cancel, 1)
    #expect(open.place.take(1).map(\.kind) == [.cancel])
    #expect(open.place.core.calls.isEmpty)
    open.calleeSays(.status, 0)
    open.callerSays(.data, 2)
    #expect(open.place.take(9).isEmpty)
    #expect(open.place.take(1).isEmpty)
  }

  @Test(
    arguments: [
      (FrameKind.data, 2), (.data, 0), (.end, UInt32.max), (.credit, 2), (.status, 1),
    ] as [(FrameKind, UInt32)])
  func `a caller that breaks the rules is told INTERNAL and the callee is cancelled`(
    _ kind: FrameKind, _ sequence: UInt32
  ) throws {
    var open = try Open()
    open.callerSays(kind, sequence)
    #expect(open.place.take(9).map(\.code) == [.internalError])
    #expect(open.place.take(1).map(\.kind) == [.cancel])
    #expect(open.place.core.calls.isEmpty)
  }

  @Test(
    arguments: [
      (FrameKind.data, 1), (.status, 1), (.credit, 7), (.cancel, 0), (.end, 0),
    ] as [(FrameKind, UInt32)])
  func `a callee that breaks the rules is cancelled and the caller is told INTERNAL`(
    _ kind: FrameKind, _ sequence: UInt32
  ) throws {
    var open = try Open()
    open.calleeSays(kind, sequence)
    #expect(open.place.take(9).map(\.code) == [.internalError])
    #expect(open.place.take(1).map(\.kind) == [.cancel])
    #expect(open.place.core.calls.isEmpty)
  }

  /// Sizes of messages, and how many of them there is room for; OPEN had none.
  private static let rooms = [
    (0, WireLimits.initialCredit.messages), (1, WireLimits.initialCredit.messages),
    (WireLimits.bodyBytesLimit, 1), (WireLimits.initialCredit.bytes - 1, 2),
    (WireLimits.initialCredit.bytes / 2, 2),
  ]

  /// One message and 4 MiB.
  private static let grant: WireBytes = [0, 0, 0, 1, 0, 0x40, 0, 0]

  @Test(arguments: rooms, [true, false])
  func `a message of the caller beyond its room ends the call, unless it was granted`(
    _ room: (size: Int, count: Int), _ isGranted: Bool
  ) throws {
    var open = try Open()
    let body = WireBytes(repeating: 1, count: room.size)
    for number in 1...UInt32(room.count) { open.callerSays(.data, number, body: body) }
    if isGranted { open.calleeSays(.credit, 0, fields: Self.grant) }
    open.callerSays(.data, UInt32(room.count) + 1, body: body)
    #expect(
      open.place.take(1).map(\.kind).suffix(2) == (isGranted ? [.data, .data] : [.data, .cancel]))
    #expect(open.place.take(9).compactMap(\.code) == (isGranted ? [] : [.internalError]))
    #expect(open.place.core.calls.isEmpty == !isGranted)
  }

  @Test(arguments: rooms, [true, false])
  func `a message of the callee beyond its room ends the call, unless it was granted`(
    _ room: (size: Int, count: Int), _ isGranted: Bool
  ) throws {
    var open = try Open()
    let body = WireBytes(repeating: 1, count: room.size)
    for number in 0..<UInt32(room.count) { open.calleeSays(.data, number, body: body) }
    if isGranted { open.callerSays(.credit, 1, fields: Self.grant) }
    open.calleeSays(.data, UInt32(room.count), body: body)
    #expect(open.place.take(1).map(\.kind) == (isGranted ? [.credit] : [.cancel]))
    #expect(
      open.place.take(9).map(\.kind).suffix(2) == (isGranted ? [.data, .data] : [.data, .status]))
    #expect(open.place.core.calls.isEmpty == !isGranted)
  }

  @Test func `the message of OPEN takes room`() throws {
    var open = try Open()
    open.place.say(
      CoreFixture.open("t.S/M", session: open.client, stream: 3), from: 9)
    for number in 1...UInt32(WireLimits.initialCredit.messages) {
      #expect(open.place.take(9).isEmpty)
      open.place.say(
        Frame(
          .data, flags: .message, session: open.client, stream: 3, sequence: number, body: []),
        from: 9)
    }
    #expect(open.place.take(9).map(\.code) == [.internalError])
  }

  @Test(arguments: [(2, 0), (4, 0), (3, 1)] as [(UInt64, UInt32)])
  func `a call begins on an odd stream with sequence 0`(_ stream: UInt64, _ sequence: UInt32)
    throws
  {
    var open = try Open()
    open.place.say(
      CoreFixture.open("t.S/M", session: open.client, stream: stream, sequence: sequence), from: 9)
    #expect(open.place.take(9).map(\.code) == [.internalError])
    #expect(open.place.take(1).isEmpty)
  }

  @Test func `an OPEN that cannot be read is answered INTERNAL`() throws {
    var open = try Open()
    open.place.say(Frame(.open, session: open.client, stream: 3, fields: [1]), from: 9)
    #expect(open.place.take(9).map(\.code) == [.internalError])
  }

  @Test func `a worker may call itself, and its end ends the call`() throws {
    var place = CoreFixture()
    let worker = try place.join(1, "w", serving: ["t.S/M"])
    place.say(CoreFixture.open("t.S/M", session: worker, stream: 1), from: 1)
    #expect(place.take(1).map(\.stream) == [2])
    place.say(Frame(.bye, session: worker), from: 1)
    #expect(place.core.calls.isEmpty)
    #expect(place.core.sessions.isEmpty)
  }
}
