/// A peer's session with the broker, as a value: when to greet, when it stands, when it is lost.
///
/// | state       | WELCOME of this attempt | REFUSE of no session | REFUSE of this session | connection lost   | NOT_APPROVED | tick                        |
/// |-------------|-------------------------|----------------------|------------------------|-------------------|--------------|-----------------------------|
/// | idle        | –                       | → refused            | –                      | –                 | –            | –                           |
/// | greeting    | → established           | → refused            | –                      | stays             | stays¹       | greet again each heartbeat  |
/// | established | –                       | –                    | → greeting (lost)      | → greeting (lost) | –            | → greeting after 2 silences |
/// | refused     | –                       | –                    | –                      | –                 | –            | –                           |
/// | closed      | –                       | –                    | –                      | –                 | –            | –                           |
///
/// ¹ It greets again after a pause, which grows. A peer that leaves is idle again, whether it was greeting or established,
/// and greets with another attempt when it starts anew.
struct SessionMachine: Sendable {
  enum State: Sendable, Equatable {
    case idle
    case greeting(since: UInt64)
    case established(session: UInt64, heardAt: UInt64)
    case refused(message: String)
    case closed
  }

  enum Event: Sendable {
    case start
    case welcome(session: UInt64, attempt: UInt64, heartbeat: UInt64)
    /// The broker does not know this session any more, or has ended it.
    case sessionRefused(UInt64, message: String)
    /// The broker lets this peer in only when an operator has approved what it asks for.
    case denied
    /// The broker does not want this peer.
    case refused(message: String)
    case heard
    case lost
    case tick
    /// There is to be no session for now; the peer stays connected.
    case leave
    case close
  }

  enum Action: Sendable, Equatable {
    case greet(attempt: UInt64)
    /// A tick is needed at this time.
    case wake(at: UInt64)
    case established(session: UInt64)
    /// The session is over; its calls end.
    case ended(reason: String)
    /// There will be no session.
    case refused(message: String)
    case leave(session: UInt64)
  }

  private(set) var state = State.idle {
    didSet {
      if case .established(let established, _) = state {
        session = established
      } else {
        session = nil
      }
    }
  }
  /// The session that stands, or nil. (Stored: computed from `state` it crashes the 6.3 optimiser.)
  private(set) var session: UInt64?
  private(set) var attempt: UInt64
  /// Nanoseconds; what the broker said last, else the default.
  private var heartbeat: UInt64 = Self.defaultHeartbeat

  /// How long a peer that was denied waits before it greets again: longer each time. Nil if it was not.
  private var pause: UInt64?
  /// The first such wait, and the longest.
  static let firstPause: UInt64 = 250_000_000
  static let longestPause: UInt64 = 4_000_000_000

  /// Something came since the last tick. A process that stood still finds old messages waiting: they count
  /// for the time at which it takes them.
  private var wasHeard = false

  static let defaultHeartbeat: UInt64 = 2_000_000_000

  /// When a peer that was denied greets again; nil if it was not.
  var greetsAgainAt: UInt64? {
    guard let pause, case .greeting(let since) = state else { return nil }
    return since + pause
  }

  /// - Parameter firstAttempt: a random number, so that two starts do not share attempts.
  init(firstAttempt: UInt64) {
    attempt = firstAttempt
  }

  /// The broker was heard: what ``Event/heard`` does, for each frame that comes. The next tick notes when.
  mutating func hear() { wasHeard = true }

  /// A WELCOME of this attempt is waited for.
  func awaits(_ attempt: UInt64) -> Bool {
    if case .greeting = state { attempt == self.attempt } else { false }
  }

  mutating func handle(_ event: Event, now: UInt64) -> [Action] {
    switch (event, state) {
    case (.start, .idle):
      state = .greeting(since: now)
      return [.greet(attempt: attempt)]
    case (.welcome(let session, attempt, let heartbeat), .greeting):
      self.heartbeat = max(heartbeat, 1)
      state = .established(session: session, heardAt: now)
      wasHeard = false
      pause = nil
      return [.established(session: session)]
    case (.sessionRefused(let refused, let message), .established(let session, _))
    where refused == session:
      return startAgain("the broker has ended the session: \(message)", now)
    case (.denied, .greeting):
      let next = pause.map { min($0 * 2, Self.longestPause) } ?? Self.firstPause
      pause = next
      state = .greeting(since: now)
      return [.wake(at: now + next)]
    case (.refused(let message), .greeting), (.refused(let message), .idle):
      state = .refused(message: message)
      return [.refused(message: message)]
    case (.heard, .established):
      hear()
      return []
    case (.lost, .established):
      return startAgain("the connection to the broker was lost", now)
    case (.tick, .greeting(let since)) where now >= since + (pause ?? heartbeat):
      state = .greeting(since: now)
      return [.greet(attempt: attempt)]
    case (.tick, .established(let session, _)) where wasHeard:
      wasHeard = false
      state = .established(session: session, heardAt: now)
      return []
    case (.tick, .established(_, let heardAt)) where now >= heardAt + 2 * heartbeat:
      return startAgain("the broker has not been heard for two heartbeats", now)
    case (.leave, .established(let session, _)):
      attempt &+= 1
      state = .idle
      return [.leave(session: session), .ended(reason: "this process has left for now")]
    case (.leave, .greeting):
      // An answer that is on its way is to another attempt than the next.
      attempt &+= 1
      state = .idle
      return []
    case (.close, .established(let session, _)):
      state = .closed
      return [.leave(session: session), .ended(reason: "this process is closing")]
    case (.close, .closed):
      return []
    case (.close, _):
      state = .closed
      return [.ended(reason: "this process is closing")]
    default:
      return []
    }
  }

  private mutating func startAgain(_ reason: String, _ now: UInt64) -> [Action] {
    attempt &+= 1
    state = .greeting(since: now)
    return [.ended(reason: reason), .greet(attempt: attempt)]
  }
}
