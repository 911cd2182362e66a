public import Foundation

/// Where each child stands, as a supervisor's events tell it: what an operator is shown.
public struct ProcessBoard: Sendable, Hashable, Codable {
  /// Where a child stands.
  public enum State: String, Sendable, Hashable, Codable {
    /// Not started yet: another has to be ready first.
    case waiting
    /// Its process exists and has not said that it is ready.
    case starting
    case ready
    /// It failed and is started again soon.
    case restarting
    /// It failed too often and is left alone for a while.
    case givenUp
    /// Gone, because everything stops.
    case stopped
  }

  /// One child.
  public struct Entry: Sendable, Hashable, Codable {
    /// As in its specification.
    public let name: String
    /// Where it stands.
    public internal(set) var state = State.waiting
    /// Its process, while there is one.
    public internal(set) var pid: Int32?
    /// How often it was launched; one less are its restarts.
    public internal(set) var starts = 0
    /// When it came to stand so.
    public internal(set) var since: Date
    /// How its last run ended, in words; nil if none has.
    public internal(set) var lastEnding: String?
    /// When it is launched again, where that is settled.
    public internal(set) var nextStart: Date?
  }

  /// In starting order.
  public private(set) var entries: [Entry]

  /// Nothing has been started.
  public init(names: [String], at now: Date) {
    entries = names.map { Entry(name: $0, since: now) }
  }

  /// True if every child is ready.
  public var isReady: Bool { entries.allSatisfy { $0.state == .ready } }

  /// Launches beyond each child's first.
  public var restarts: Int { entries.reduce(0) { $0 + max($1.starts - 1, 0) } }

  /// Takes an event into account. True if something has changed.
  @discardableResult
  public mutating func note(_ event: SupervisorEvent, at now: Date) -> Bool {
    switch event {
    case .started(let name, let pid, let attempt):
      return change(name, to: .starting, now) { entry in
        entry.pid = pid
        entry.starts = attempt
      }
    case .ready(let name, let pid): return change(name, to: .ready, now) { $0.pid = pid }
    case .startFailed(let name, let reason), .exited(let name, _, let reason):
      return change(name, to: .stopped, now) { entry in
        entry.pid = nil
        entry.lastEnding = reason
      }
    case .restarting(let name, let pause):
      return change(name, to: .restarting, now) { $0.nextStart = now + pause / .seconds(1) }
    case .gaveUp(let name, let pause):
      return change(name, to: .givenUp, now) { $0.nextStart = now + pause / .seconds(1) }
    case .added(let name):
      guard !entries.contains(where: { $0.name == name }) else { return false }
      entries.append(Entry(name: name, since: now))
      return true
    case .removed(let name):
      entries.removeAll { $0.name == name }
      return true
    case .output, .logLost, .restartAsked, .allReady, .stopping, .stopped: return false
    }
  }

  private mutating func change(
    _ name: String, to state: State, _ now: Date, _ more: (inout Entry) -> Void
  ) -> Bool {
    guard let place = entries.firstIndex(where: { $0.name == name }) else { return false }
    entries[place].state = state
    entries[place].since = now
    entries[place].nextStart = nil
    more(&entries[place])
    return true
  }
}
