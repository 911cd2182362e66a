public import Foundation
import GRDB

/// A row of a result; columns are taken by name.
///
/// A column that is missing or of another type is a mistake in the store's own SQL and throws.
public struct SQLRow {
  let row: Row
  /// Its names, from left to right.
  let columns: [String]

  /// The text in a column.
  public func text(_ column: String) throws -> String { try value(column) }
  /// The whole number in a column.
  public func int(_ column: String) throws -> Int { Int(try value(column) as Int64) }
  /// True if the number in a column is not nought.
  public func bool(_ column: String) throws -> Bool { try int(column) != 0 }
  /// The bytes in a column.
  public func blob(_ column: String) throws -> Data { try value(column) }
  /// The moment in a column, stored as microseconds since 1970.
  public func moment(_ column: String) throws -> Date {
    Date(timeIntervalSince1970: Double(try value(column) as Int64) / 1_000_000)
  }
  /// Nil if the column is null.
  public func optionalText(_ column: String) throws -> String? {
    row[try place(of: column)] == nil ? nil : try text(column)
  }
  /// Nil if the column is null.
  public func optionalInt(_ column: String) throws -> Int? {
    row[try place(of: column)] == nil ? nil : try int(column)
  }
  /// Nil if the column is null.
  public func optionalBlob(_ column: String) throws -> Data? {
    row[try place(of: column)] == nil ? nil : try blob(column)
  }

  private func value<T: DatabaseValueConvertible>(_ column: String) throws -> T {
    guard let value = T.fromDatabaseValue(row[try place(of: column)]) else {
      throw SliceError.wrongType(column)
    }
    return value
  }

  /// By the name exactly as the SQL has it: GRDB's own way makes lower case of every name at every turn,
  /// which is most of what reading many rows takes.
  private func place(of column: String) throws -> Int {
    guard let place = columns.firstIndex(of: column) else { throw SliceError.noSuchColumn(column) }
    return place
  }
}
