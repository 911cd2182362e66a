import CZeroMQ

/// A call into libzmq that failed.
public struct ZeroMQError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The C function that failed, such as `zmq_bind`.
  public let function: String
  /// Its `errno`.
  public let code: Int32

  /// Takes the error of the call that has just failed on this thread.
  static func last(_ function: String) -> ZeroMQError {
    ZeroMQError(function: function, code: zmq_errno())
  }

  /// True if the peer that a message was addressed to is gone (EHOSTUNREACH).
  public var isUnreachable: Bool { code == EHOSTUNREACH }
  /// True if the call would have had to wait (EAGAIN).
  public var wouldBlock: Bool { code == EAGAIN }

  public var description: String {
    "\(function): \(String(cString: zmq_strerror(code))) (\(code))"
  }
}
