public import Foundation
import GRDB

/// A value that both SQLite and PostgreSQL store.
public enum SQLValue: Sendable, Hashable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByNilLiteral, ExpressibleByBooleanLiteral
{
  case null
  case integer(Int64)
  case text(String)
  case blob(Data)

  public init(stringLiteral value: String) { self = .text(value) }
  public init(integerLiteral value: Int64) { self = .integer(value) }
  public init(nilLiteral: ()) { self = .null }
  public init(booleanLiteral value: Bool) { self = .integer(value ? 1 : 0) }

  /// A whole number.
  public static func integer(_ value: Int) -> SQLValue { .integer(Int64(value)) }
  /// Stored as 1 or 0.
  public static func bool(_ value: Bool) -> SQLValue { .integer(value ? 1 : 0) }
  /// Null if there is no text.
  public static func optionalText(_ value: String?) -> SQLValue { value.map { .text($0) } ?? .null }
  /// A moment, stored as whole microseconds since 1970.
  public static func moment(_ date: Date) -> SQLValue {
    .integer(Int64((date.timeIntervalSince1970 * 1_000_000).rounded()))
  }

  /// So many question marks, for a list of arguments.
  static func marks(_ count: Int) -> String {
    Array(repeating: "?", count: count).joined(separator: ", ")
  }

  var databaseValue: DatabaseValue {
    switch self {
    case .null: .null
    case .integer(let value): value.databaseValue
    case .text(let value): value.databaseValue
    case .blob(let value): value.databaseValue
    }
  }
}

/// A row of a result; columns are taken by name.
///
/// A column that is missing or of another type is a mistake in the store's own SQL and throws.
public struct SQLRow {
  let row: Row

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
    row[column] == nil ? nil : try text(column)
  }
  /// Nil if the column is null.
  public func optionalInt(_ column: String) throws -> Int? {
    row[column] == nil ? nil : try int(column)
  }

  private func value<T: DatabaseValueConvertible>(_ column: String) throws -> T {
    guard row.hasColumn(column) else { throw SliceError.noSuchColumn(column) }
    guard let value = T.fromDatabaseValue(row[column]) else {
      throw SliceError.wrongType(column)
    }
    return value
  }
}

/// A mistake in a store's SQL, or a slice that cannot be used.
public enum SliceError: Error, Sendable, Hashable {
  case noSuchColumn(String)
  case wrongType(String)
  /// Another process has taken this slice over; this process ends.
  case takenOver
  /// Another process has this slice open.
  case inUse(worker: String)
  /// An event is larger than the log takes.
  case eventTooLarge(type: String, bytes: Int, limit: Int)
  /// Another process has taken this slice over; this one must stop writing.
  case fenced(epoch: Int64, current: Int64)
  /// The worker emitted an event that its declaration does not name.
  case undeclaredEvent(String)
  /// The worker used a timer or effect kind that its declaration does not name.
  case undeclaredKind(String)
  /// The slice was written by a newer version of the program.
  case newerSchema([String])
}
