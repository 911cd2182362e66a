package import Foundation
import SwiftProtobuf
import Synchronization

/// A clock that a file steers: its time is the moment that stands in the file, and it stands still until another does.
///
/// Whoever tests a process from outside moves its time so. The file is looked at every ``SteeredClock/lookInterval`` at
/// the most; one that is away or holds no moment leaves the clock as it was.
package final class SteeredClock: WorkerClock {
  /// Between two looks at the file.
  package static let lookInterval: Duration = .milliseconds(50)

  private struct State {
    var now: Date
    var lookedAt: ContinuousClock.Instant
  }

  private let path: String
  private let state: Mutex<State>

  /// - Throws: ``ClockError`` if the file holds no moment to begin with.
  package init(path: String) throws(ClockError) {
    guard let moment = Self.read(path) else {
      throw ClockError(what: "the file that steers the clock holds no moment: \(path)")
    }
    self.path = path
    state = Mutex(State(now: moment, lookedAt: .now))
  }

  package var now: Date {
    state.withLock { state in
      let moment = ContinuousClock.now
      guard moment - state.lookedAt >= Self.lookInterval else { return state.now }
      state.lookedAt = moment
      state.now = Self.read(path) ?? state.now
      return state.now
    }
  }

  package func sleep(until date: Date) async throws {
    let limit = min(date, now + Bounds.timerSleepLimit / .seconds(1))
    while now < limit { try await pause(Self.lookInterval) }
  }

  private static func read(_ path: String) -> Date? {
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return nil }
    return ProcessTime.moment(text.trimmingCharacters(in: .whitespacesAndNewlines))
  }
}

/// What a process goes by, as its environment says.
package enum ProcessTime {
  /// The variable that says it: a moment at which the clock stands, `file:PATH` of a file that steers it, or nothing
  /// for the machine's own.
  package static let variable = "RECOURSE_CLOCK"
  /// What the variable begins with where a file steers the clock.
  package static let filePrefix = "file:"

  /// The clock of this process.
  /// - Throws: ``ClockError`` if the variable says something else.
  package static func clock() throws(ClockError) -> any WorkerClock {
    try clock(ProcessInfo.processInfo.environment[variable])
  }

  /// The clock that a value of the variable means.
  /// - Throws: ``ClockError`` if it means none.
  package static func clock(_ text: String?) throws(ClockError) -> any WorkerClock {
    guard let text, !text.isEmpty else { return SystemClock() }
    if text.hasPrefix(filePrefix) {
      return try SteeredClock(path: String(text.dropFirst(filePrefix.count)))
    }
    guard let moment = moment(text) else {
      throw ClockError(
        what: "\(variable) is no moment with a time and a zone, such as 2026-03-16T09:12:00Z")
    }
    return FixedClock(moment)
  }

  /// Nil if the text is no moment with a time and a zone, as RFC 3339 writes it.
  static func moment(_ text: String) -> Date? {
    let isPlain = text.unicodeScalars.allSatisfy { $0.isASCII && $0 != "\"" && $0 != "\\" }
    guard isPlain else { return nil }
    return (try? Google_Protobuf_Timestamp(jsonString: "\"\(text)\""))?.date
  }
}

/// Why a process has no clock.
package struct ClockError: Error, Sendable, Hashable, CustomStringConvertible {
  /// Without a stop at the end.
  package let what: String

  package var description: String { what }
}
