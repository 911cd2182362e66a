import GRPCCore

@testable import Bus

/// One side of a call that takes whatever comes, and what it may make of it by `proto/README.md`.
struct CallSide {
  private var machine: StreamMachine
  private let role: StreamMachine.Role
  /// A handler has no side of a call before OPEN.
  private var hasBegun: Bool
  private var hasMetadata = false
  private var hasHeardLast = false
  /// Nothing may come of a frame any more.
  private var isOver = false
  private var room = WireLimits.initialCredit
  /// Sizes of messages that the application has not taken.
  private var waiting: [Int] = []
  private var sent: UInt32 = 0
  /// The sequence that the other side's next frame must have.
  private(set) var nextSequence: UInt32 = 0

  init(_ role: StreamMachine.Role) {
    self.role = role
    machine = StreamMachine(role: role, session: 1, stream: role == .caller ? 1 : 2)
    hasBegun = role == .caller
    if role == .caller {
      _ = machine.open(OpenFields(method: "t.S/M"), message: nil, ends: false)
      sent = 1
    }
  }

  // MARK: What this side does

  /// 1: a message; 2: its last word; 3: the application takes a message.
  mutating func act(_ what: Int) throws(Breach) {
    guard hasBegun else { return }
    switch what {
    case 1 where machine.canSendMessage && !machine.hasEndedSending:
      try check(machine.data(metadata: nil, message: [1]))
    case 2 where !machine.hasEndedSending: try end()
    case 3 where !waiting.isEmpty:
      if let grant = machine.consume(bytes: waiting.removeFirst()) {
        try check(grant)
        try hold(!hasHeardLast && !isOver, "room is granted to who has said its last")
        guard let credit = try? Credit(decoding: grant.fields) else {
          throw Breach("a grant cannot be read")
        }
        room.messages += credit.messages
        room.bytes += credit.bytes
      }
    default: break
    }
  }

  private mutating func end() throws(Breach) {
    if role == .caller { return try check(machine.end()) }
    try check(machine.status(StatusFields(status: Status(code: .ok, message: ""))))
    isOver = true
  }

  /// Its frames are numbered and can be read.
  private mutating func check(_ frame: Frame) throws(Breach) {
    try hold(frame.sequence == sent, "frame \(frame.sequence) is sent, \(sent) is next")
    sent += 1
    try hold(frame.flags.contains(.message) == (frame.body != nil), "a body is not announced")
  }

  // MARK: What comes

  mutating func take(_ frame: Frame) throws(Breach) {
    if !hasBegun {
      guard frame.kind == .open else { return }
      hasBegun = true
    }
    let hasRoom = room.messages > 0 && room.bytes > 0
    let events: [StreamMachine.Event]
    do { events = try machine.receive(frame) } catch {
      try hold(!error.description.isEmpty, "a violation says nothing")
      try hold(!isOver, "a frame of a call that is over is a violation")
      return try giveUp()
    }
    if isOver { return try hold(events.isEmpty, "\(events) comes of a call that is over") }
    try hold(frame.sequence == nextSequence, "frame \(frame.sequence) is taken out of order")
    nextSequence &+= 1
    if frame.body != nil, frame.kind == .data || frame.kind == .open || frame.kind == .status {
      try hold(hasRoom, "a message is taken without credit")
    }
    try hold(mayCome(frame.kind), "\(frame.kind) is taken by a \(role)")
    for event in events { try note(event) }
    try hold(machine.hasEndedReceiving == hasHeardLast || isOver, "the other side's end is lost")
    try hold(!isOver || machine.isFinished, "a call that is over goes on")
  }

  /// The table of states.
  private func mayCome(_ kind: FrameKind) -> Bool {
    switch (kind, role) {
    case (.credit, _), (.cancel, .handler): true
    case (.data, _): !hasHeardLast
    case (.end, .handler): !hasHeardLast
    case (.open, .handler): !hasMetadata
    case (.status, .caller): true
    default: false
    }
  }

  private mutating func note(_ event: StreamMachine.Event) throws(Breach) {
    try hold(!isOver, "\(event) comes behind the last word")
    switch event {
    case .metadata:
      try hold(!hasMetadata && !hasHeardLast, "metadata comes twice, or behind the end")
      hasMetadata = true
    case .message(let body):
      try hold(hasMetadata && !hasHeardLast, "a message comes before metadata or behind the end")
      room.messages -= 1
      room.bytes -= body.count
      waiting.append(body.count)
    case .end:
      try hold(role == .handler && !hasHeardLast, "the end comes twice, or to a caller")
      hasHeardLast = true
    case .status:
      try hold(role == .caller, "a handler gets a STATUS")
      (hasHeardLast, isOver) = (true, true)
    case .cancelled:
      try hold(role == .handler, "a caller is cancelled")
      (hasHeardLast, isOver) = (true, true)
    case .creditGranted: break
    }
  }

  /// What a side does about a violation.
  private mutating func giveUp() throws(Breach) {
    if role == .caller {
      try check(machine.cancel())
    } else {
      try check(
        machine.status(StatusFields(status: Status(code: .internalError, message: "violation"))))
    }
    (hasHeardLast, isOver) = (true, true)
  }
}
