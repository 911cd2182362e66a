import Testing

@testable import Bus

/// The state table of a session in `proto/README.md`, row by row.
@Suite("A session's state")
struct SessionMachineTests {
  enum Name: Sendable, CaseIterable {
    case idle, greeting, established, refused, closed
  }

  struct Row: Sendable, CustomTestStringConvertible {
    let before: Name
    let event: SessionMachine.Event
    let actions: [SessionMachine.Action]
    let after: SessionMachine.State

    init(
      _ before: Name, _ event: SessionMachine.Event, _ actions: [SessionMachine.Action],
      _ after: SessionMachine.State
    ) {
      self.before = before
      self.event = event
      self.actions = actions
      self.after = after
    }

    var testDescription: String { "\(before): \(event)" }
  }

  /// Heartbeat of the sessions here; rows happen at `now`.
  private static let heartbeat: UInt64 = 100
  private static let now: UInt64 = 1050
  private static let welcome = SessionMachine.Event.welcome(
    session: 9, attempt: 5, heartbeat: heartbeat)
  private static let late = SessionMachine.Event.welcome(
    session: 8, attempt: 4, heartbeat: heartbeat)
  private static let greetingNow = SessionMachine.State.greeting(since: now)
  private static let greeting = SessionMachine.State.greeting(since: 1000)
  private static let established = SessionMachine.State.established(session: 9, heardAt: 1000)
  private static let establishedNow = SessionMachine.State.established(session: 9, heardAt: now)
  private static let refused = SessionMachine.State.refused(message: "no")
  private static let closing = SessionMachine.Action.ended(reason: "this process is closing")

  static let table: [Row] = [
    Row(.idle, .start, [.greet(attempt: 5)], greetingNow),
    Row(.idle, welcome, [], .idle),
    Row(.idle, .lost, [], .idle),
    Row(.idle, .tick, [], .idle),
    Row(.idle, .refused(message: "no"), [.refused(message: "no")], refused),
    Row(.idle, .sessionRefused(9, message: "gone"), [], .idle),
    Row(.idle, .heard, [], .idle),
    Row(.idle, .denied, [], .idle),
    Row(.idle, .leave, [], .idle),
    Row(.idle, .close, [closing], .closed),

    Row(.greeting, .denied, [.wake(at: now + SessionMachine.firstPause)], greetingNow),
    Row(.greeting, .start, [], greeting),
    Row(.greeting, welcome, [.established(session: 9)], establishedNow),
    Row(.greeting, late, [], greeting),
    Row(.greeting, .refused(message: "no"), [.refused(message: "no")], refused),
    Row(.greeting, .sessionRefused(9, message: "gone"), [], greeting),
    Row(.greeting, .lost, [], greeting),
    Row(.greeting, .heard, [], greeting),
    Row(.greeting, .tick, [], greeting),
    Row(.greeting, .leave, [], .idle),
    Row(.greeting, .close, [closing], .closed),

    Row(.established, .denied, [], established),
    Row(.established, .start, [], established),
    Row(.established, welcome, [], established),
    Row(.established, .heard, [], established),
    Row(.established, .tick, [], established),
    Row(.established, .refused(message: "no"), [], established),
    Row(.established, .sessionRefused(8, message: "gone"), [], established),
    Row(
      .established, .sessionRefused(9, message: "gone"),
      [.ended(reason: "the broker has ended the session: gone"), .greet(attempt: 6)], greetingNow),
    Row(
      .established, .lost,
      [.ended(reason: "the connection to the broker was lost"), .greet(attempt: 6)], greetingNow),
    Row(
      .established, .leave,
      [.leave(session: 9), .ended(reason: "this process has left for now")], .idle),
    Row(.established, .close, [.leave(session: 9), closing], .closed),

    Row(.refused, .denied, [], refused),
    Row(.refused, .start, [], refused),
    Row(.refused, .refused(message: "no"), [], refused),
    Row(.refused, .sessionRefused(9, message: "gone"), [], refused),
    Row(.refused, .heard, [], refused),
    Row(.refused, welcome, [], refused),
    Row(.refused, .tick, [], refused),
    Row(.refused, .lost, [], refused),
    Row(.refused, .leave, [], refused),
    Row(.refused, .close, [closing], .closed),

    Row(.closed, .denied, [], .closed),
    Row(.closed, .start, [], .closed),
    Row(.closed, welcome, [], .closed),
    Row(.closed, .tick, [], .closed),
    Row(.closed, .lost, [], .closed),
    Row(.closed, .refused(message: "no"), [], .closed),
    Row(.closed, .sessionRefused(9, message: "gone"), [], .closed),
    Row(.closed, .heard, [], .closed),
    Row(.closed, .leave, [], .closed),
    Row(.closed, .close, [], .closed),
  ]

  @Test func `the table has every event in every state`() {
    let words = Set(Self.table.map { "\($0.before) \($0.event)".prefix { $0 != "(" } })
    let events = Set(Self.table.map { "\($0.event)".prefix { $0 != "(" } })
    let states = Set(Self.table.map { "\($0.before)" })
    #expect(events.count == 10)
    #expect(states.count == 5)
    #expect(words.count == events.count * states.count)
  }

  @Test(arguments: table)
  func `an event does what the table says`(_ row: Row) {
    var machine = Self.machine(row.before)
    #expect(machine.handle(row.event, now: Self.now) == row.actions)
    #expect(machine.state == row.after)
  }

  @Test func `who waits for WELCOME greets again each heartbeat, in the same words`() {
    var machine = SessionMachine(firstAttempt: 5)
    _ = machine.handle(.start, now: 0)
    let heartbeat = SessionMachine.defaultHeartbeat
    for beat in 1...3 as ClosedRange<UInt64> {
      #expect(machine.handle(.tick, now: beat * heartbeat - 1) == [])
      #expect(machine.handle(.tick, now: beat * heartbeat) == [.greet(attempt: 5)])
    }
  }

  @Test func `who is not approved greets again, after a pause that grows to its limit`() {
    var machine = SessionMachine(firstAttempt: 5)
    _ = machine.handle(.start, now: 0)
    var now: UInt64 = 0
    var pauses: [UInt64] = []
    for _ in 0..<7 {
      guard case .wake(let time)? = machine.handle(.denied, now: now).first else { break }
      #expect(machine.greetsAgainAt == time)
      #expect(machine.handle(.tick, now: time - 1) == [])
      #expect(machine.handle(.tick, now: time) == [.greet(attempt: 5)])
      pauses.append(time - now)
      now = time
    }
    let first = SessionMachine.firstPause
    #expect(pauses.prefix(5) == [first, 2 * first, 4 * first, 8 * first, 16 * first])
    #expect(pauses.suffix(2) == [SessionMachine.longestPause, SessionMachine.longestPause])
    let welcome = SessionMachine.Event.welcome(session: 9, attempt: 5, heartbeat: 100)
    #expect(machine.handle(welcome, now: now) == [.established(session: 9)])
    #expect(machine.greetsAgainAt == nil)
  }

  @Test func `two heartbeats of silence end the session, one nanosecond less does not`() {
    var machine = Self.machine(.established)
    #expect(machine.handle(.tick, now: 1000 + 2 * Self.heartbeat - 1) == [])
    #expect(
      machine.handle(.tick, now: 1000 + 2 * Self.heartbeat) == [
        .ended(reason: "the broker has not been heard for two heartbeats"), .greet(attempt: 6),
      ])
    #expect(machine.session == nil)
  }

  @Test func `messages that waited while the process stood still count when they are taken`() {
    var machine = Self.machine(.established)
    let late = 1000 + 10 * Self.heartbeat
    _ = machine.handle(.heard, now: 1000)
    #expect(machine.handle(.tick, now: late) == [])
    #expect(machine.session != nil)
    #expect(machine.handle(.tick, now: late + 2 * Self.heartbeat).count == 2)
    #expect(machine.session == nil)
  }

  @Test func `the answer to an earlier greeting opens no session after a loss`() {
    var machine = Self.machine(.established)
    _ = machine.handle(.lost, now: Self.now)
    #expect(machine.handle(Self.welcome, now: Self.now) == [])
    #expect(machine.session == nil)
    let fresh = SessionMachine.Event.welcome(session: 10, attempt: 6, heartbeat: 1)
    #expect(machine.handle(fresh, now: Self.now) == [.established(session: 10)])
  }

  @Test func `who has left for now greets in other words, and takes no answer to the earlier ones`()
  {
    var machine = Self.machine(.established)
    _ = machine.handle(.leave, now: Self.now)
    #expect(machine.session == nil)
    #expect(machine.handle(.tick, now: Self.now + 10 * Self.heartbeat) == [])
    #expect(machine.handle(.start, now: Self.now) == [.greet(attempt: 6)])
    #expect(machine.handle(Self.welcome, now: Self.now) == [])
    let fresh = SessionMachine.Event.welcome(session: 10, attempt: 6, heartbeat: 1)
    #expect(machine.handle(fresh, now: Self.now) == [.established(session: 10)])
  }

  private static func machine(_ name: Name) -> SessionMachine {
    var machine = SessionMachine(firstAttempt: 5)
    if name == .idle { return machine }
    _ = machine.handle(.start, now: 1000)
    switch name {
    case .idle, .greeting: break
    case .established: _ = machine.handle(welcome, now: 1000)
    case .refused: _ = machine.handle(.refused(message: "no"), now: 1000)
    case .closed: _ = machine.handle(.close, now: 1000)
    }
    return machine
  }
}
