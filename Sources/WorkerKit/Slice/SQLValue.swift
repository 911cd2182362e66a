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
