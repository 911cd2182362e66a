/// A connection to the broker that carries frames in order. ``ZeroMQLink`` crosses processes,
/// ``MemoryLink`` stays inside one.
public protocol Link: Sendable {
  /// What the link leads to, such as `ipc:///run/recourse.sock`.
  var address: String { get }

  /// Connects. Events are handed over in order, one at a time, until ``close()`` returns.
  func start(_ handler: @escaping @Sendable (LinkEvent) -> Void) async throws

  /// Queues a frame; never waits. What can queue is bounded by the calls' credit
  /// (``WireLimits/initialCredit``) and by ``WireLimits/openCallsLimit``. After `close` it does nothing.
  func send(_ frame: Frame)

  /// Nanoseconds of the clock that ticks tell; it never goes back.
  var now: UInt64 { get }

  /// Asks for a tick no later than a millisecond after this time. The earliest time asked for counts.
  func wake(at time: UInt64)

  /// Sends what is queued, as far as that is possible soon, and lets go of everything. May be called again.
  func close() async
}

/// What a link has to tell.
public enum LinkEvent: Sendable {
  case frame(Frame)
  /// Something came that is no frame.
  case malformed(WireError)
  /// The connection broke; it may come back by itself, with nothing of what was on its way.
  case lost
  /// The other side does not let this process in, in words: no connection will come.
  case refused(String)
  /// Time has passed: nanoseconds of a clock that never goes back.
  case tick(UInt64)
}
