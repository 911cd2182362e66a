/// A mistake in a store's SQL, or a slice that this process may no longer use.
public enum SliceError: Error, Sendable, Hashable {
  case noSuchColumn(String)
  case wrongType(String)
  /// Another process has taken this slice over; this process ends.
  case takenOver
  /// An event is larger than the log takes.
  case eventTooLarge(type: String, bytes: Int, limit: Int)
  /// Another process has taken this slice over; this one must stop writing.
  case fenced(epoch: Int64, current: Int64)
  /// The worker emitted an event that its declaration does not name.
  case undeclaredEvent(String)
  /// The worker used a timer or effect kind that its declaration does not name.
  case undeclaredKind(String)
  /// In a replay nothing is announced, intended or set: the handler of the event must not do so then.
  case inReplay(String)
  /// A file is not what was written.
  case damaged(String)
}
