import Glibc
import Synchronization
import WorkerKit

/// The program's standard streams. Everything is written at once, so nothing waits in a buffer when
/// the process leaves.
enum Output {
  /// A line on standard output.
  static func line(_ text: String) { write(text + "\n", to: STDOUT_FILENO) }
  /// A JSON value as a line on standard output.
  static func line(_ json: JSON) { line(json.line) }
  /// A line on standard error.
  static func complaint(_ text: String) { write(text + "\n", to: STDERR_FILENO) }

  /// Tells a failure on standard error, in the form that the caller asked for.
  static func tell(_ failure: Failure, asJSON: Bool) {
    complaint(asJSON ? failure.json.line : failure.text)
  }

  /// True if something could not be written although somebody wanted it: a full disk, a closed stream.
  static var hasLost: Bool { lost.withLock { $0 } }
  private static let lost = Mutex(false)

  private static func write(_ text: String, to descriptor: Int32) {
    if !StandardStream.write(text, to: descriptor) { lost.withLock { $0 = true } }
  }
}

/// Columns of text, as wide as they need to be.
struct Table {
  private var rows: [[String]]

  init(_ heading: String...) { rows = [heading] }

  mutating func add(_ row: String...) { rows.append(row) }

  /// The lines, without blanks at their ends.
  var lines: [String] {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
      rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    return rows.map { row in
      var line = ""
      for (column, cell) in row.enumerated() {
        line += cell
        guard column < row.count - 1 else { continue }
        line += String(repeating: " ", count: widths[column] - cell.count + 2)
      }
      while line.last == " " { line.removeLast() }
      return line
    }
  }

  func print() { for line in lines { Output.line(line) } }
}
