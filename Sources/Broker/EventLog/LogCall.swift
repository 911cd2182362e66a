import Bus

// What the log knows of each of its calls, and what follows from what is said in one.
extension LogCore {
  enum Step: Sendable {
    case send(Frame)
    case ask(LogRequest)
    /// The caller may not do it; the status says so too.
    case refused(Refused.Kind, String)
    /// The call is over.
    case ended
  }

  struct Hosted: Sendable {
    var machine: StreamMachine
    var kind: Kind
    /// What the caller may do.
    var rights: SessionRights
    var hasEnded = false
  }

  enum Kind: Sendable {
    case append(Appender)
    case read(Reader)
    case backup
  }

  struct Appender: Sendable {
    /// Batches that are not acknowledged yet, by their size in bytes, oldest first.
    var pending: [Int] = []
    /// What came of those at the front that are durable; they wait until the producer has room.
    var durable: [LogResult.Appended] = []
    /// Those that were answered and whose room is held back, by their size in bytes.
    var owed: [Int] = []
  }

  struct Reader: Sendable {
    var query: LogQuery
    var follows: Bool
    /// Where a reader that does not follow stops.
    var stopsAt: UInt64
    var isReading = false
  }
}
