public import Foundation

/// A timer that is due. Timers are rows in the slice and survive restarts.
public struct DueTimer: Sendable, Hashable {
  /// Which `TimerRoute` handles it.
  public let kind: String
  /// What it is about, such as a case reference; one timer per kind and key.
  public let key: String
  /// When it was to fire.
  public let dueAt: Date
}

/// What a worker does when a timer of one kind is due: in a transaction, like an event's apply.
public struct TimerRoute: Sendable {
  /// Names the timers that it handles.
  public let kind: String
  let apply: @Sendable (DueTimer, SliceTransaction) throws -> Void

  /// What is done when a timer of a kind is due.
  public static func on(
    _ kind: String, apply: @escaping @Sendable (DueTimer, SliceTransaction) throws -> Void
  ) -> TimerRoute {
    TimerRoute(kind: kind, apply: apply)
  }
}
