import CZeroMQ

/// What libzmq tells of a socket's connections, through a pair socket inside the process.
extension Socket {
  /// Reports those who connect to this socket, when they are gone or never got in, to a pair socket that connects to
  /// `address` (`inproc://…`).
  public func monitorPeers(at address: String) throws(ZeroMQError) {
    let events = ZMQ_EVENT_DISCONNECTED | ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL
    guard zmq_socket_monitor(pointer, address, events) == 0 else {
      throw .last("zmq_socket_monitor")
    }
  }

  /// Takes the next report of ``monitorPeers(at:)`` from the pair socket, or nil if there is none. (A report begins
  /// with the number of its event, 16 bits, and what that means more closely, 32 bits.)
  public func receivePeerReport() throws(ZeroMQError) -> PeerReport? {
    guard let report = try receive() else { return nil }
    let (event, value) = report.head.withUnsafeBytes { bytes in
      bytes.count < 6
        ? (0, 0)
        : (
          bytes.loadUnaligned(as: UInt16.self),
          bytes.loadUnaligned(fromByteOffset: 2, as: UInt32.self)
        )
    }
    guard Int32(event) == ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL else { return .gone }
    return switch Int32(truncatingIfNeeded: value) {
    case ZMQ_PROTOCOL_ERROR_ZMTP_MECHANISM_MISMATCH: .otherMechanism
    case ZMQ_PROTOCOL_ERROR_ZMTP_CRYPTOGRAPHIC: .otherServer
    default: .malformed
    }
  }

  /// Reports this socket's connections, as they come and go or are refused, to a pair socket that connects to
  /// `address` (`inproc://…`).
  public func monitorConnections(at address: String) throws(ZeroMQError) {
    let events =
      ZMQ_EVENT_DISCONNECTED | ZMQ_EVENT_HANDSHAKE_SUCCEEDED | ZMQ_EVENT_HANDSHAKE_FAILED_AUTH
      | ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL
    guard zmq_socket_monitor(pointer, address, events) == 0 else {
      throw .last("zmq_socket_monitor")
    }
  }

  /// Takes the next report from the pair socket of a monitor, or nil if there is none. (A report begins with the
  /// number of its event, 16 bits.)
  public func receiveReport() throws(ZeroMQError) -> ConnectionReport? {
    guard let report = try receive() else { return nil }
    let event = report.head.withUnsafeBytes { bytes in
      bytes.count < 2 ? 0 : bytes.loadUnaligned(as: UInt16.self)
    }
    return switch Int32(event) {
    case ZMQ_EVENT_HANDSHAKE_SUCCEEDED: .stands
    case ZMQ_EVENT_HANDSHAKE_FAILED_AUTH: .keyRefused
    case ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL: .mechanismRefused
    default: .lost
    }
  }

  /// Ends the reports.
  public func endMonitoring() {
    zmq_socket_monitor(pointer, nil, 0)
  }
}

/// What a monitor tells of those who connect to a socket.
public enum PeerReport: Sendable, Hashable {
  /// A connection broke; nobody says whose.
  case gone
  /// Somebody came by another mechanism than the socket's, such as none in the place of CURVE. Nobody is asked then who
  /// it is.
  case otherMechanism
  /// Somebody came by CURVE and took another public key for this side's.
  case otherServer
  /// Somebody does not speak ZMTP as it is.
  case malformed
}

/// What a monitor tells of a connection.
public enum ConnectionReport: Sendable, Hashable {
  /// Both sides have agreed: messages can pass.
  case stands
  /// It broke, or did not come about. Where it was not refused, libzmq tries again.
  case lost
  /// The other side does not admit this key. libzmq does not try again.
  case keyRefused
  /// The other side wants another way to say who one is (CURVE or none). libzmq does not try again.
  case mechanismRefused
}
