import CZeroMQ
import Glibc

/// An eventfd that ends another thread's wait.
///
/// It is closed only when the last reference goes, so that a late wake-up can never reach a
/// descriptor that has come to belong to somebody else.
final class WakeUp: Sendable {
  let descriptor: Int32

  init() throws {
    descriptor = recourse_eventfd()
    guard descriptor >= 0 else { throw ZeroMQError(function: "eventfd", code: errno) }
  }

  deinit { close(descriptor) }

  /// Ends the wait that is on, or the next one.
  func signal() {
    var one: UInt64 = 1
    _ = write(descriptor, &one, MemoryLayout<UInt64>.size)
  }

  /// Takes back all signals so far.
  func clear() {
    var count: UInt64 = 0
    _ = read(descriptor, &count, MemoryLayout<UInt64>.size)
  }
}
