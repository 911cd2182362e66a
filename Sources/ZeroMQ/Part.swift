import CZeroMQ
import Glibc

/// One frame of a message in libzmq's own memory. It moves into and out of sockets without a copy.
///
/// It may be written only while one reference to it exists; ``isUnique(_:)`` tells.
public final class Part: @unchecked Sendable {
  // Sent between threads by whoever owns it; shared ones are only read.
  @exclusivity(unchecked) var message = zmq_msg_t()

  /// No bytes; a socket can receive into it.
  init() {
    zmq_msg_init(&message)
  }

  /// So many bytes, not yet written.
  public init(uninitialized count: Int) {
    let outcome = zmq_msg_init_size(&message, count)
    precondition(outcome == 0, "no memory for a message of \(count) bytes")
  }

  /// A copy of bytes.
  public convenience init(copying bytes: UnsafeRawBufferPointer) {
    self.init(uninitialized: bytes.count)
    if let base = bytes.baseAddress { memcpy(zmq_msg_data(&message), base, bytes.count) }
  }

  deinit { zmq_msg_close(&message) }

  /// How many bytes it has.
  public var count: Int { zmq_msg_size(&message) }

  /// Another part of the same message follows.
  var hasMore: Bool { zmq_msg_more(&message) != 0 }

  /// The bytes, as long as the part lives.
  @usableFromInline var bytes: UnsafeMutableRawBufferPointer {
    UnsafeMutableRawBufferPointer(start: zmq_msg_data(&message), count: zmq_msg_size(&message))
  }

  /// Lends the bytes.
  @inlinable
  public func withUnsafeBytes<R, E: Error>(
    _ body: (UnsafeRawBufferPointer) throws(E) -> R
  ) throws(E) -> R {
    try body(UnsafeRawBufferPointer(bytes))
  }

  /// Lends the bytes for writing. Only for whoever holds the one reference.
  @inlinable
  public func withUnsafeMutableBytes<R, E: Error>(
    _ body: (UnsafeMutableRawBufferPointer) throws(E) -> R
  ) throws(E) -> R {
    try body(bytes)
  }
}
