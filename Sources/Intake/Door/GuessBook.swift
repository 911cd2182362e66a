import Foundation

/// How often somebody has guessed wrong, and whether that locks them out: a value, so that a test needs no clock.
///
/// A code has 80 bits, so that nobody guesses a whole one. This is for who has seen part of one; and it must not become a
/// way to keep a victim out of their own case: a lock ends by itself, guesses while it holds make it no longer, and it is
/// set only so often a day.
struct GuessBook: Sendable, Hashable {
  /// Wrong guesses since ``since``.
  var guesses = 0
  var since: Date
  var lockedUntil: Date?
  /// Locks since ``locksSince``.
  var locks = 0
  var locksSince: Date

  /// What bounds guessing about something.
  struct Rule: Sendable {
    let guesses: Int
    let window: TimeInterval
    let lockOut: TimeInterval
    let locksPerDay: Int

    static let ofCase = Rule(
      guesses: DoorBounds.guessesPerCase, window: DoorBounds.guessWindow,
      lockOut: DoorBounds.caseLockOut, locksPerDay: DoorBounds.caseLocksPerDay)
    static let inAll = Rule(
      guesses: DoorBounds.guessesInAll, window: DoorBounds.guessInAllWindow,
      lockOut: DoorBounds.lockOutInAll,
      locksPerDay: DoorBounds.locksInAllPerDay)
  }

  static let day: TimeInterval = 86_400

  init(at now: Date) {
    since = now
    locksSince = now
  }

  init(guesses: Int, since: Date, lockedUntil: Date?, locks: Int, locksSince: Date) {
    self.guesses = guesses
    self.since = since
    self.lockedUntil = lockedUntil
    self.locks = locks
    self.locksSince = locksSince
  }

  /// Nobody gets in, whatever code they have. A clock that was set back locks nobody out for longer than the rule says.
  func isLocked(at now: Date, _ rule: Rule) -> Bool {
    guard let lockedUntil else { return false }
    return now < lockedUntil && lockedUntil.timeIntervalSince(now) <= rule.lockOut
  }

  /// What a wrong guess comes to.
  enum Outcome: Sendable, Hashable {
    case wrong
    /// It was one too many: the lock begins.
    case locks
    /// It was one too many, and was locked as often as a day allows: who guesses is turned away, and nobody else.
    case wrongAgain
  }

  /// Takes one more wrong guess down.
  mutating func guessedWrong(at now: Date, _ rule: Rule) -> Outcome {
    if abs(now.timeIntervalSince(since)) >= rule.window { (guesses, since) = (0, now) }
    if abs(now.timeIntervalSince(locksSince)) >= Self.day { (locks, locksSince) = (0, now) }
    if locks >= rule.locksPerDay { return .wrongAgain }
    guesses += 1
    guard guesses >= rule.guesses else { return .wrong }
    locks += 1
    lockedUntil = now + rule.lockOut
    (guesses, since) = (0, now)
    return .locks
  }
}
