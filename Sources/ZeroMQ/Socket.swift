import CZeroMQ

/// One libzmq socket. It belongs to the thread that made it and is not `Sendable`.
public final class Socket {
  /// The patterns that Recourse uses.
  public enum Kind: Sendable {
    /// Talks to many peers, each by its routing id; only the broker has one.
    case router
    /// Talks to the broker.
    case dealer
    /// Reads a monitor's events inside the process.
    case pair
    /// Answers questions one after the other; libzmq's own, about who may connect.
    case reply

    var value: Int32 {
      switch self {
      case .router: ZMQ_ROUTER
      case .dealer: ZMQ_DEALER
      case .pair: ZMQ_PAIR
      case .reply: ZMQ_REP
      }
    }
  }

  let pointer: UnsafeMutableRawPointer
  private var isOpen = true

  /// Makes an unconnected socket.
  public init(_ kind: Kind, in context: Context) throws(ZeroMQError) {
    guard let pointer = zmq_socket(context.pointer, kind.value) else { throw .last("zmq_socket") }
    self.pointer = pointer
  }

  deinit { close() }

  /// Closes the socket; what is queued still leaves within the linger time. Idempotent.
  public func close() {
    guard isOpen else { return }
    isOpen = false
    zmq_close(pointer)
  }

  /// Listens at an address such as `ipc:///run/recourse.sock` or `tcp://127.0.0.1:7000`.
  public func bind(_ address: String) throws(ZeroMQError) {
    guard zmq_bind(pointer, address) == 0 else { throw .last("zmq_bind") }
  }

  /// Connects to an address, in the background and again whenever the connection is lost.
  public func connect(_ address: String) throws(ZeroMQError) {
    guard zmq_connect(pointer, address) == 0 else { throw .last("zmq_connect") }
  }

  /// The address that the last `bind` ended up with; tells the port that a wildcard chose.
  public func lastEndpoint() throws(ZeroMQError) -> String {
    var length = 256
    let buffer = UnsafeMutablePointer<CChar>.allocate(capacity: length)
    defer { buffer.deallocate() }
    guard zmq_getsockopt(pointer, ZMQ_LAST_ENDPOINT, buffer, &length) == 0 else {
      throw .last("zmq_getsockopt")
    }
    return String(cString: buffer)
  }

  /// Sets an option whose value is an `int`.
  public func set(_ option: Option, _ value: Int32) throws(ZeroMQError) {
    try set(option.value, to: value)
  }

  /// Bytes of the largest frame that is accepted, as it travels; a larger one costs the sender its connection.
  public func setMaximumMessageSize(_ bytes: Int64) throws(ZeroMQError) {
    try set(ZMQ_MAXMSGSIZE, to: bytes)
  }

  func set<Value: FixedWidthInteger>(
    _ option: Int32, to value: Value
  ) throws(ZeroMQError) {
    var value = value
    guard zmq_setsockopt(pointer, option, &value, MemoryLayout<Value>.size) == 0 else {
      throw .last("zmq_setsockopt")
    }
  }

  /// The text goes to libzmq without a terminator.
  func set(_ option: Int32, to text: String) throws(ZeroMQError) {
    guard zmq_setsockopt(pointer, option, text, text.utf8.count) == 0 else {
      throw .last("zmq_setsockopt")
    }
  }

  /// Options that take an `int`, by libzmq's names.
  public enum Option: Sendable {
    /// Milliseconds that `close` lets queued messages take to leave.
    case linger
    /// Messages queued for sending per peer; 0 is no limit (credit bounds them instead).
    case sendHighWaterMark
    /// Messages queued after receiving per peer; 0 is no limit.
    case receiveHighWaterMark
    /// A router fails with EHOSTUNREACH instead of dropping silently.
    case routerMandatory
    /// Milliseconds before the first attempt to connect again.
    case reconnectInterval
    /// Milliseconds at most between attempts to connect again.
    case reconnectIntervalMaximum
    /// Milliseconds in which a connection has to have shown who it is; one that has not is closed.
    case handshakeInterval

    var value: Int32 {
      switch self {
      case .linger: ZMQ_LINGER
      case .sendHighWaterMark: ZMQ_SNDHWM
      case .receiveHighWaterMark: ZMQ_RCVHWM
      case .routerMandatory: ZMQ_ROUTER_MANDATORY
      case .reconnectInterval: ZMQ_RECONNECT_IVL
      case .reconnectIntervalMaximum: ZMQ_RECONNECT_IVL_MAX
      case .handshakeInterval: ZMQ_HANDSHAKE_IVL
      }
    }
  }
}

/// A socket to wait for, as a value that a ``BusThread`` can be given. Valid while the socket is open.
public struct PollTarget: Sendable {
  /// Readable while the socket has news since it was last asked (`ZMQ_FD`).
  let descriptor: Int32
}

extension Socket {
  /// What a ``BusThread`` waits for.
  public func pollTarget() throws(ZeroMQError) -> PollTarget {
    var descriptor: Int32 = -1
    var length = MemoryLayout<Int32>.size
    guard zmq_getsockopt(pointer, ZMQ_FD, &descriptor, &length) == 0 else {
      throw .last("zmq_getsockopt")
    }
    return PollTarget(descriptor: descriptor)
  }
}
