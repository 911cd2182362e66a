import GRPCCore
import Testing

@testable import Bus

/// The state table of a call in `proto/README.md`, row by row.
@Suite("A call's state")
struct StreamMachineTests {
  /// What a side has said and heard before the frame of a row comes.
  enum Before: String, Sendable, CaseIterable {
    case open, ended, finished
  }

  enum Outcome: Sendable, Equatable {
    case events([StreamMachine.Event])
    case violation(StreamViolation)
  }

  struct Row: Sendable, CustomTestStringConvertible {
    let role: StreamMachine.Role
    let before: Before
    let frame: Frame
    let outcome: Outcome

    init(
      _ role: StreamMachine.Role, _ before: Before, _ frame: Frame, _ outcome: Outcome
    ) {
      self.role = role
      self.before = before
      self.frame = frame
      self.outcome = outcome
    }

    var testDescription: String { "\(role), \(before): \(frame.kind) \(frame.flags.rawValue)" }
  }

  private static let ok = Status(code: .ok, message: "")
  private static let message = data([1])
  private static let last = data([1], .end)
  private static let metadata = Frame(
    .data, flags: .metadata, stream: 1, fields: encoded(["x": "1"]))
  private static let status = Frame(
    .status, stream: 1, fields: StatusFields(status: ok, trailingMetadata: ["t": "1"]).encoded())
  private static let wholeAnswer = Frame(
    .status, flags: [.metadata, .message], stream: 1,
    fields: StatusFields(initialMetadata: ["x": "1"], status: ok).encoded(), body: [1])
  private static let credit = Frame(
    .credit, stream: 1, fields: Credit(messages: 1, bytes: 1).encoded())
  private static let end = Frame(.end, stream: 1)
  private static let cancel = Frame(.cancel, stream: 1)
  private static let open = Frame(.open, stream: 1, fields: OpenFields(method: "s/m").encoded())

  static let table: [Row] = [
    Row(.handler, .open, message, .events([.message([1])])),
    Row(.handler, .open, last, .events([.message([1]), .end])),
    Row(.handler, .open, end, .events([.end])),
    Row(.handler, .open, cancel, .events([.cancelled])),
    Row(.handler, .open, credit, .events([.creditGranted])),
    Row(.handler, .open, status, .violation(.unexpected(.status))),
    Row(.handler, .open, open, .violation(.unexpected(.open))),
    Row(.handler, .open, metadata, .violation(.unexpected(.data))),
    Row(.handler, .ended, message, .violation(.afterEnd(.data))),
    Row(.handler, .ended, end, .violation(.afterEnd(.end))),
    Row(.handler, .ended, open, .violation(.afterEnd(.open))),
    Row(.handler, .ended, status, .violation(.afterEnd(.status))),
    Row(.handler, .ended, cancel, .events([.cancelled])),
    Row(.handler, .ended, credit, .events([.creditGranted])),

    Row(.caller, .open, message, .events([.metadata([:]), .message([1])])),
    Row(.caller, .open, metadata, .events([.metadata(["x": "1"])])),
    Row(.caller, .open, status, .events([.status(ok, ["t": "1"])])),
    Row(
      .caller, .open, wholeAnswer,
      .events([.metadata(["x": "1"]), .message([1]), .status(ok, [:])])),
    Row(.caller, .open, credit, .events([.creditGranted])),
    Row(.caller, .open, open, .violation(.unexpected(.open))),
    Row(.caller, .open, end, .violation(.unexpected(.end))),
    Row(.caller, .open, cancel, .violation(.unexpected(.cancel))),
    Row(.caller, .ended, message, .events([.metadata([:]), .message([1])])),
    Row(.caller, .ended, status, .events([.status(ok, ["t": "1"])])),
    Row(.caller, .ended, credit, .events([.creditGranted])),
    Row(.caller, .ended, open, .violation(.unexpected(.open))),
    Row(.caller, .ended, end, .violation(.unexpected(.end))),
    Row(.caller, .ended, cancel, .violation(.unexpected(.cancel))),
  ]

  @Test func `the table has every frame on both sides of a call that is not over`() {
    let words = Set(Self.table.map { "\($0.role) \($0.before) \($0.frame.kind)" })
    #expect(words.count == 2 * 2 * FrameKind.allCases.count { $0.isCall })
  }

  @Test(arguments: table)
  func `a frame means what the table says`(_ row: Row) {
    var machine = Self.machine(row.role, row.before)
    #expect(Self.receive(row.frame, &machine) == row.outcome)
  }

  @Test(
    arguments: [StreamMachine.Role.caller, .handler], [message, end, status, cancel, credit, open])
  func `what comes after both sides are done is dropped`(
    _ role: StreamMachine.Role, _ frame: Frame
  ) {
    var machine = Self.machine(role, .finished)
    var late = frame
    late.sequence = 99
    #expect(Self.receive(late, &machine) == .events([]))
  }

  @Test(arguments: [StreamMachine.Role.caller, .handler], [0, 2, UInt32.max] as [UInt32])
  func `a frame out of turn is a violation`(_ role: StreamMachine.Role, _ sequence: UInt32) throws {
    var machine = Self.machine(role, .open)
    if role == .caller { _ = try machine.receive(Self.credit) }
    var frame = Self.message
    frame.sequence = sequence
    #expect(
      Self.receive(frame, &machine, asItIs: true)
        == .violation(.sequence(expected: 1, received: sequence)))
  }

  @Test func `fields that cannot be read are a violation that says why`() {
    var machine = Self.machine(.caller, .open)
    let frame = Frame(.credit, stream: 1, fields: [1])
    #expect(
      Self.receive(frame, &machine)
        == .violation(.malformed(.truncated(field: "credit messages"))))
  }

  // MARK: Both sides together

  @Test func `two machines agree on sequence, message and end of a unary call`() throws {
    var caller = StreamMachine(role: .caller, session: 7, stream: 1)
    var handler = StreamMachine(role: .handler, session: 7, stream: 1)
    let fields = OpenFields(timeoutMilliseconds: 30_000, method: "s/m", metadata: ["x": "1"])
    let heard = try handler.receive(caller.open(fields, message: [1], ends: true))
    #expect(
      heard == [.metadata(["x": "1", "grpc-timeout": "30000m"]), .message([1]), .end])
    let answer = handler.status(StatusFields(initialMetadata: [:], status: Self.ok), message: [2])
    #expect(
      try caller.receive(answer) == [.metadata([:]), .message([2]), .status(Self.ok, [:])])
    #expect(caller.isFinished && handler.isFinished)
  }

  @Test func `the initial credit is a message count and bytes that the last message may overdraw`()
  {
    let initial = WireLimits.initialCredit
    var caller = Self.machine(.caller, .open)
    for _ in 0..<initial.messages {
      #expect(caller.canSendMessage)
      _ = caller.data(metadata: nil, message: [1])
    }
    #expect(!caller.canSendMessage)

    var other = Self.machine(.caller, .open)
    _ = other.data(metadata: nil, message: .init(repeating: 0, count: initial.bytes - 1))
    #expect(other.canSendMessage)
    _ = other.data(metadata: nil, message: .init(repeating: 0, count: WireLimits.bodyBytesLimit))
    #expect(!other.canSendMessage)
  }

  @Test func `a grant is due at half of the initial messages, or half of the bytes`() {
    let initial = WireLimits.initialCredit
    var many = Self.machine(.handler, .open)
    for _ in 1..<initial.messages / 2 { #expect(many.consume(bytes: 1) == nil) }
    #expect(many.consume(bytes: 1)?.fields == Credit(messages: 32, bytes: 32).encoded())
    #expect(many.consume(bytes: 1) == nil)

    var large = Self.machine(.handler, .open)
    #expect(large.consume(bytes: initial.bytes / 2 - 1) == nil)
    #expect(
      large.consume(bytes: 1)?.fields == Credit(messages: 2, bytes: initial.bytes / 2).encoded())
  }

  @Test func `nobody grants to a side that has said its last`() {
    var machine = Self.machine(.handler, .ended)
    #expect(machine.consume(bytes: WireLimits.initialCredit.bytes) == nil)
  }

  @Test func `a message beyond the credit is a violation`() throws {
    var handler = Self.machine(.handler, .open)
    var sequence: UInt32 = 1
    for _ in 0..<WireLimits.initialCredit.messages {
      _ = try handler.receive(Self.message.with(sequence))
      sequence += 1
    }
    #expect(
      Self.receive(Self.message.with(sequence), &handler, asItIs: true)
        == .violation(.creditOverdrawn))
  }

  @Test func `credit that runs out comes back as messages are taken, for as long as one likes`()
    throws
  {
    var caller = Self.machine(.caller, .open)
    var handler = Self.machine(.handler, .open)
    for _ in 0..<1000 {
      try #require(caller.canSendMessage)
      let frame = caller.data(metadata: nil, message: .init(repeating: 0, count: 100_000))
      _ = try handler.receive(frame)
      if let grant = handler.consume(bytes: 100_000) { _ = try caller.receive(grant) }
    }
  }

  // MARK: Help

  /// A machine that has opened, or has been opened by, a call; its next frame has number 1 for a handler
  /// and 0 for a caller.
  private static func machine(_ role: StreamMachine.Role, _ before: Before) -> StreamMachine {
    var machine = StreamMachine(role: role, session: 0, stream: 1)
    switch role {
    case .caller:
      _ = machine.open(OpenFields(method: "s/m"), message: nil, ends: before == .ended)
      if before == .finished { _ = machine.cancel() }
    case .handler:
      var open = Self.open
      if before == .ended { open.flags = .end }
      _ = try? machine.receive(open)
      if before == .finished { _ = machine.status(StatusFields(status: ok)) }
    }
    return machine
  }

  private static func receive(
    _ frame: Frame, _ machine: inout StreamMachine, asItIs: Bool = false
  ) -> Outcome {
    let next = asItIs ? frame : frame.with(machine.role == .handler ? 1 : 0)
    do {
      return .events(try machine.receive(next))
    } catch {
      return .violation(error)
    }
  }

  private static func data(_ body: WireBytes, _ flags: FrameFlags = []) -> Frame {
    Frame(.data, flags: flags.union(.message), stream: 1, body: body)
  }

  private static func encoded(_ metadata: Metadata) -> WireBytes {
    WireBytes(metadata)
  }
}

extension Frame {
  fileprivate func with(_ sequence: UInt32) -> Frame {
    var frame = self
    frame.sequence = sequence
    return frame
  }
}
