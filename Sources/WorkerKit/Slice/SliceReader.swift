import GRDB

/// Reads a slice: plain SQL with `?` for arguments. Valid inside the closure that it is given to.
///
/// A statement is compiled once for each connection and kept, so its text is not made from data.
public class SliceReader {
  let database: Database

  init(_ database: Database) { self.database = database }

  /// All rows of a query.
  public func rows(_ sql: String, _ arguments: SQLValue...) throws -> [SQLRow] {
    try rows(sql, arguments: arguments)
  }

  /// All rows of a query whose arguments are made as a list.
  public func rows(_ sql: String, arguments: [SQLValue]) throws -> [SQLRow] {
    try Row.fetchAll(
      database.cachedStatement(sql: sql), arguments: Self.arguments(arguments)
    ).map(SQLRow.init)
  }

  /// The first row of a query, or nil.
  public func row(_ sql: String, _ arguments: SQLValue...) throws -> SQLRow? {
    try Row.fetchOne(
      database.cachedStatement(sql: sql), arguments: Self.arguments(arguments)
    ).map(SQLRow.init)
  }

  static func arguments(_ values: [SQLValue]) -> StatementArguments {
    StatementArguments(values.map(\.databaseValue))
  }
}
