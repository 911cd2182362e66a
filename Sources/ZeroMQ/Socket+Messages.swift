import CZeroMQ

/// The frames of one message, in order.
public typealias Frames = [[UInt8]]

extension Socket {
  /// Sends one message without waiting.
  /// - Throws: `wouldBlock` if it cannot be queued now, `isUnreachable` if a router's peer is gone.
  public func send(_ frames: Frames) throws(ZeroMQError) {
    for (index, frame) in frames.enumerated() {
      let more = index + 1 < frames.count
      let flags = more ? ZMQ_DONTWAIT | ZMQ_SNDMORE : ZMQ_DONTWAIT
      let sent = frame.withUnsafeBytes { zmq_send(pointer, $0.baseAddress, $0.count, flags) }
      guard sent >= 0 else { throw .last("zmq_send") }
    }
  }

  /// Takes one waiting message, or nil if there is none.
  ///
  /// At most `framesLimit` frames are kept; those beyond are read and dropped, and the caller sees
  /// one frame more than the limit, so that it can tell.
  public func receive(framesLimit: Int = 4) throws(ZeroMQError) -> Frames? {
    var frames: Frames = []
    while true {
      var message = zmq_msg_t()
      zmq_msg_init(&message)
      defer { zmq_msg_close(&message) }
      guard zmq_msg_recv(&message, pointer, ZMQ_DONTWAIT) >= 0 else {
        let error = ZeroMQError.last("zmq_msg_recv")
        if error.wouldBlock, frames.isEmpty { return nil }
        if error.code == EINTR { continue }
        throw error
      }
      if frames.count <= framesLimit {
        let bytes = UnsafeRawBufferPointer(
          start: zmq_msg_data(&message), count: zmq_msg_size(&message))
        frames.append([UInt8](bytes))
      }
      if zmq_msg_more(&message) == 0 { return frames }
    }
  }

  /// Reports this socket's lost connections to a pair socket that connects to `address`
  /// (`inproc://…`).
  public func monitorDisconnections(at address: String) throws(ZeroMQError) {
    guard zmq_socket_monitor(pointer, address, ZMQ_EVENT_DISCONNECTED) == 0 else {
      throw .last("zmq_socket_monitor")
    }
  }

  /// Ends the reports.
  public func endMonitoring() {
    zmq_socket_monitor(pointer, nil, 0)
  }
}
