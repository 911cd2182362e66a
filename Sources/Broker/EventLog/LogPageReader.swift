import GRDB

/// Fills one page of a read from the files of the log, oldest first.
struct LogPageReader {
  private let query: LogQuery
  private(set) var page: LogPage
  private(set) var isFull = false
  private var bytes = 0

  init(_ query: LogQuery) {
    self.query = query
    page = LogPage(events: [], scanned: query.after)
  }

  /// Adds what one file has after what was looked at, up to and with a position.
  mutating func add(from database: Database, through last: Int64) throws {
    var sql = "SELECT * FROM event WHERE position > ? AND position <= ?"
    var arguments: StatementArguments = [Int64(page.scanned), last]
    if let key = query.key {
      sql += " AND event_key = ?"
      arguments += [key]
    }
    if !query.types.isEmpty {
      let marks = query.types.map { _ in "?" }.joined(separator: ", ")
      sql += " AND type IN (\(marks))"
      arguments += StatementArguments(query.types)
    }
    let rows = try Row.fetchCursor(
      database, sql: sql + " ORDER BY position LIMIT ?",
      arguments: arguments + [query.limit - page.events.count])
    let isWhole = query.key == nil && query.types.isEmpty
    while let row = try rows.next() {
      let stored = StoredEvent(row)
      // Positions have no gaps: a row that is missing is damage like any other.
      let next = page.scanned + 1
      if isWhole, UInt64(stored.position) != next { throw LogRefusal.missing(position: next) }
      guard stored.checksum == stored.expectedChecksum else {
        throw LogRefusal.damaged(position: UInt64(stored.position))
      }
      page.events.append(stored.logged)
      page.scanned = UInt64(stored.position)
      bytes += stored.payload.count
      if page.events.count == query.limit || bytes >= LogStore.pageBytesLimit {
        isFull = true
        return
      }
    }
    if isWhole, page.scanned < UInt64(last) {
      throw LogRefusal.missing(position: page.scanned + 1)
    }
    page.scanned = UInt64(last)
  }
}
