import Foundation

/// What a body is told of an answer: that it was taken, or line by line why nothing of it was.
enum AnswerReport {
  static let columns = ["line", "column", "name", "code", "message"]

  /// - Parameter digest: of the file, by which its outcome is named later.
  static func bytes(_ outcome: AnswerReader.Outcome, digest: String) -> Data {
    var rows = [columns]
    switch outcome {
    case .taken(let count, let repeated, let book):
      rows.append([
        "", "", "", "taken",
        "\(count) lines about \(book.caseCount) cases; \(repeated) were there twice and count once. "
          + "What becomes of each case: \(outcomeName(of: digest)).",
      ])
    case .refused(let faults, let count):
      rows.append(["", "", "", "refused", "Nothing was taken; \(count) faults."])
      for fault in faults {
        rows.append([
          number(fault.line), number(fault.column), fault.name, fault.code, fault.message,
        ])
      }
    }
    return CSVText.bytes(rows)
  }

  /// Of a file whose content was taken before.
  static func bytesOfRepeated(digest: String) -> Data {
    CSVText.bytes([
      columns,
      [
        "", "", "", "taken-before",
        "A file of the same content was taken before; it counts once. What became of each case: "
          + "\(outcomeName(of: digest)).",
      ],
    ])
  }

  static func name(of file: String) -> String { "\(file).report.csv" }
  static func outcomeName(of digest: String) -> String { "\(digest.prefix(16)).outcome.csv" }

  private static func number(_ number: Int) -> String { number == 0 ? "" : String(number) }
}
