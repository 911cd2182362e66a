/// One step of a slice's schema: plain SQL in the subset that SQLite and PostgreSQL share.
public struct Migration: Sendable {
  /// Names the step; it is applied once and never edited.
  public let name: String
  /// Statements, separated by semicolons.
  public let sql: String

  public init(_ name: String, _ sql: String) {
    self.name = name
    self.sql = sql
  }
}
