import Messages

/// Events that one producer appends together.
typealias AppendBatch = Recourse_Bus_V1_AppendRequest

/// What the log's thread is asked to do.
enum LogRequest: Sendable {
  case append(call: UInt64, AppendBatch)
  case read(call: UInt64, LogQuery)
}

/// Which events to read next.
struct LogQuery: Sendable, Hashable {
  var after: UInt64
  /// Nil reads every key.
  var key: String?
  /// Empty reads every type.
  var types: [String] = []
  /// Events at most.
  var limit: Int
}

/// What came of it.
enum LogResult: Sendable {
  case appended(call: UInt64, Result<Appended, LogRefusal>)
  case read(call: UInt64, Result<LogPage, LogRefusal>)

  struct Appended: Sendable, Hashable {
    /// The producer's newest durable event.
    var sequence: UInt64
    var position: UInt64
    /// Newest event in the log.
    var head: UInt64
  }
}

/// Events that were read, and how far the log has been looked at.
struct LogPage: Sendable {
  var events: [Recourse_Bus_V1_LoggedEvent]
  var scanned: UInt64
}

/// Why the log did not do it.
enum LogRefusal: Error, Sendable, Hashable {
  case malformed(String)
  /// Numbers are missing between what is durable and what came.
  case gap(expected: UInt64, received: UInt64)
  /// The number is taken by another event: two producers share an identity.
  case conflict(sequence: UInt64)
  /// A newer incarnation of the slice has appended.
  case fenced(incarnation: UInt32, newest: UInt32)
  /// A stored event is damaged.
  case damaged(position: UInt64)
  case storage(String)
}
