import CZeroMQ

/// A libzmq context: its I/O threads and in-process addresses. Safe to share between threads.
///
/// Whoever makes it ends it with ``terminate()``, after every socket made from it is closed.
public final class Context: @unchecked Sendable {
  // libzmq documents the context pointer as thread safe; it never changes.
  let pointer: UnsafeMutableRawPointer

  /// Makes a context with one I/O thread.
  public init() throws(ZeroMQError) {
    guard let pointer = zmq_ctx_new() else { throw .last("zmq_ctx_new") }
    self.pointer = pointer
    zmq_ctx_set(pointer, ZMQ_MAX_SOCKETS, 64)
  }

  /// Waits until what the sockets' linger allows has been sent, then frees everything. Blocks.
  public func terminate() {
    while zmq_ctx_term(pointer) != 0, zmq_errno() == EINTR {}
  }
}
