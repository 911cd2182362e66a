import Bus
import Messages

/// Events that one producer appends together.
typealias AppendBatch = Recourse_Bus_V1_AppendRequest

/// What the log's thread is asked to do.
enum LogRequest: Sendable {
  case append(call: UInt64, AppendBatch)
  case read(call: UInt64, LogQuery)
  /// Opens a read snapshot for a backup.
  case snapshot(call: UInt64)
  /// Copies the snapshot to the backup of this name.
  case copy(call: UInt64, name: String)
  /// The backup's caller is served or gone: lets go of the snapshot, a copy that is under way is abandoned.
  case discard(call: UInt64)
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
  /// A snapshot stands, with this head.
  case opened(call: UInt64, Result<UInt64, LogRefusal>)
  /// The snapshot is copied, and the copy is on the medium.
  case copied(call: UInt64, Result<BackupFile, LogRefusal>)

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

/// The log between two restores: positions after `branchedAfter` are its own, those before are older ones'.
struct LogGeneration: Sendable, Hashable {
  /// Grows with each restore; no two restores, and no two new logs, give the same.
  var number: UInt32
  var branchedAfter: UInt64

  /// Of a log that was made before new ones had numbers of their own.
  static let first = LogGeneration(number: 1, branchedAfter: 0)

  /// Gives a log that holds nothing yet a number by chance, so that a reader of another log is known by it. It is
  /// below what a restore gives, which is the time.
  static let ofItsOwn = """
    UPDATE log_generation SET generation = 2 + abs(random() % 1000000000)
    WHERE generation = 1 AND NOT EXISTS (SELECT 1 FROM event) AND NOT EXISTS (SELECT 1 FROM segment)
      AND NOT EXISTS (SELECT 1 FROM producer)
    """
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
  /// A newer process has taken the slice over and has appended.
  case superseded(epoch: UInt64, newest: UInt64)
  /// The slice was restored from an incarnation that the log does not know, though it knows others.
  case strange(incarnation: UInt32)
  /// The slice is another worker's.
  case foreign(owner: String)
  /// A reader stands where the log never got to.
  case beyond(position: UInt64, head: UInt64)
  /// A reader stands in a history that the log was restored away from.
  case otherHistory(position: UInt64, generation: UInt32)
  /// A backup cannot be made.
  case backup(String)
  /// A stored event is damaged.
  case damaged(position: UInt64)
  /// An event is not where it was stored.
  case missing(position: UInt64)
  /// A file of the archive cannot be used.
  case archive(file: String, String)
  case storage(String)
}
