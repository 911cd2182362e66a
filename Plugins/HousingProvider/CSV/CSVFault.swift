/// What is wrong with a file that a body sent, where it is, and what would be right. It never repeats what stands there.
struct CSVFault: Error, Sendable, Hashable {
  /// Stable, lower case with hyphens; the list is in README.md.
  let code: String
  /// From 1, as an editor counts; 0 if it is about the whole file.
  var line = 0
  /// From 1, as a spreadsheet counts; 0 if it is about the whole line.
  var column = 0
  /// The column's name, as this system knows it; empty if it is about none.
  var name = ""
  let message: String
}

/// How much is taken of a file at most; what is more is refused, never cut.
enum FileLimits {
  /// Bytes of a file.
  static let bytes = 512 * 1024 * 1024
  /// Lines with something on them, after the one with names.
  static let rows = 2_000_000
  /// Columns.
  static let fields = 64
  /// Bytes of one field.
  static let fieldBytes = 4 * 1024
  /// Bytes before the end of the line with names.
  static let headerBytes = 16 * 1024
  /// Faults that are reported; the number of all is told.
  static let faults = 1_000
  /// Bytes read at once.
  static let chunkBytes = 256 * 1024
  /// Files of one inbox that are looked at in one round.
  static let filesLooked = 1_000
}
