import CZeroMQ

/// A message as it came: at most two parts are kept.
public struct Message: Sendable {
  /// The first part.
  public let head: Part
  /// The second part, if there is one.
  public let body: Part?
  /// How many parts there were. Those beyond the second were dropped.
  public let parts: Int

  public init(head: Part, body: Part?, parts: Int) {
    self.head = head
    self.body = body
    self.parts = parts
  }
}

/// A connection of a router, as libzmq names it: five bytes that begin with a zero.
///
/// Never an identity: a connection that comes again has another one.
public struct RoutingID: Sendable, Hashable {
  /// The bytes in order, the first one uppermost.
  public let number: UInt64
  static let count = 5

  public init(number: UInt64) { self.number = number }
}

/// Who a router's message came from.
public enum Sender: Sendable {
  case connection(RoutingID)
  /// A peer that chose its routing id by itself, which may be another's.
  case named(Part)
}

extension Socket {
  /// Sends one message without waiting. The parts are used up, unless somebody else holds them too.
  /// - Throws: `wouldBlock` if it cannot be queued now.
  public func send(_ head: consuming Part, _ body: consuming Part?) throws(ZeroMQError) {
    guard let body else { return try send(head, flags: ZMQ_DONTWAIT) }
    try send(head, flags: ZMQ_DONTWAIT | ZMQ_SNDMORE)
    try send(body, flags: ZMQ_DONTWAIT)
  }

  /// Sends one message of a router to a connection.
  /// - Throws: `isUnreachable` if the connection is gone, `wouldBlock` if it cannot be queued now.
  public func send(
    _ head: consuming Part, _ body: consuming Part?, to id: RoutingID
  ) throws(ZeroMQError) {
    var number = (id.number << 24).bigEndian
    let sent = zmq_send(pointer, &number, RoutingID.count, ZMQ_DONTWAIT | ZMQ_SNDMORE)
    guard sent >= 0 else { throw .last("zmq_send") }
    try send(head, body)
  }

  private func send(_ part: consuming Part, flags: Int32) throws(ZeroMQError) {
    if isKnownUniquelyReferenced(&part) {
      guard zmq_msg_send(&part.message, pointer, flags) >= 0 else { throw .last("zmq_msg_send") }
      return
    }
    // Shares the bytes, which are not copied unless they are few.
    var shared = zmq_msg_t()
    zmq_msg_init(&shared)
    zmq_msg_copy(&shared, &part.message)
    guard zmq_msg_send(&shared, pointer, flags) >= 0 else {
      let error = ZeroMQError.last("zmq_msg_send")
      zmq_msg_close(&shared)
      throw error
    }
  }

  /// Takes one waiting message, or nil if there is none.
  public func receive() throws(ZeroMQError) -> Message? {
    guard let head = try receivePart() else { return nil }
    return try rest(after: head)
  }

  /// Takes one waiting message of a router and the connection that it came by, or nil if there is none.
  public func receiveRouted() throws(ZeroMQError) -> (from: Sender, message: Message)? {
    var id = zmq_msg_t()
    zmq_msg_init(&id)
    defer { zmq_msg_close(&id) }
    guard try receive(into: &id) else { return nil }
    let bytes = UnsafeRawBufferPointer(start: zmq_msg_data(&id), count: zmq_msg_size(&id))
    let number = bytes.prefix(RoutingID.count).reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
    let isGiven = bytes.count == RoutingID.count && number >> 32 == 0
    let sender =
      isGiven ? Sender.connection(RoutingID(number: number)) : .named(Part(copying: bytes))
    guard let head = try receivePart() else { throw .last("zmq_msg_recv") }
    return (sender, try rest(after: head))
  }

  /// Sends one message of a router to a peer that has named itself.
  public func send(
    _ head: consuming Part, _ body: consuming Part?, toName name: consuming Part
  ) throws(ZeroMQError) {
    try send(name, flags: ZMQ_DONTWAIT | ZMQ_SNDMORE)
    try send(head, body)
  }

  private func rest(after head: Part) throws(ZeroMQError) -> Message {
    guard zmq_msg_more(&head.message) != 0, let body = try receivePart() else {
      return Message(head: head, body: nil, parts: 1)
    }
    var parts = 2
    var last = body
    while zmq_msg_more(&last.message) != 0, let next = try receivePart() {
      parts += 1
      last = next
    }
    return Message(head: head, body: body, parts: parts)
  }

  func receivePart() throws(ZeroMQError) -> Part? {
    let part = Part()
    return try receive(into: &part.message) ? part : nil
  }

  private func receive(into message: inout zmq_msg_t) throws(ZeroMQError) -> Bool {
    while zmq_msg_recv(&message, pointer, ZMQ_DONTWAIT) < 0 {
      let error = ZeroMQError.last("zmq_msg_recv")
      if error.wouldBlock { return false }
      guard error.code == EINTR else { throw error }
    }
    return true
  }
}
