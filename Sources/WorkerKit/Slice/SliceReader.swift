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
    let statement = try database.cachedStatement(sql: sql)
    let columns = statement.columnNames
    return try Row.fetchAll(statement, arguments: Self.arguments(arguments))
      .map { SQLRow(row: $0, columns: columns) }
  }

  /// The first row of a query, or nil.
  public func row(_ sql: String, _ arguments: SQLValue...) throws -> SQLRow? {
    let statement = try database.cachedStatement(sql: sql)
    return try Row.fetchOne(statement, arguments: Self.arguments(arguments))
      .map { SQLRow(row: $0, columns: statement.columnNames) }
  }

  static func arguments(_ values: [SQLValue]) -> StatementArguments {
    // Not of a list of one type: GRDB would take each by a key path, which it makes anew at every call.
    StatementArguments(values.map { $0.databaseValue as (any DatabaseValueConvertible)? })
  }
}
