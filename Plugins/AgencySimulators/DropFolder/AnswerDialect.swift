import CaseModel
import Foundation

/// How an agency's own system writes its files.
struct AnswerDialect: Sendable {
  let separator: String
  /// In the order of ``AnswerLine/values(day:)``.
  let header: [String]
  let lineEnd: String
  let isWindows1252: Bool
  let day: @Sendable (CalendarDate) -> String
  /// What stands in a column that nobody asked for, as exports of such systems have them.
  let remark: String

  /// As a housing system exports it.
  static let housing = AnswerDialect(
    separator: ",",
    header: [
      "case_reference", "complaint", "finding", "behaviour_from", "behaviour_to", "complaint_from",
      "complaint_to", "refused", "remark",
    ],
    lineEnd: "\n", isWindows1252: false, day: { $0.description },
    remark: "letting – “Tŷ Gwyn”, block 2")

  /// As a police system exports it.
  static let police = AnswerDialect(
    separator: ";",
    header: [
      "Case Ref", "Complaint No", "Result", "Incident Date", "Incident Date To", "Reported Date",
      "Reported Date To", "Refusal Ground", "Remark",
    ],
    lineEnd: "\r\n", isWindows1252: true,
    day: { day in
      let (year, month, date) = day.parts
      func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
      return "\(two(date))/\(two(month))/\(year)"
    },
    remark: "see log; café, £20 damage")

  /// The whole file.
  func file(_ lines: [AnswerLine]) -> Data {
    let rows = [header] + lines.map { $0.values(day: day) + [remark] }
    let text = rows.map { row in
      row.map(quoted).joined(separator: separator) + lineEnd
    }.joined()
    return isWindows1252 ? text.data(using: .windowsCP1252) ?? Data(text.utf8) : Data(text.utf8)
  }

  private func quoted(_ field: String) -> String {
    guard field.contains(where: { $0 == "\"" || $0.isNewline }) || field.contains(separator) else {
      return field
    }
    return "\"" + field.replacingOccurrences(of: "\"", with: "\"\"") + "\""
  }
}

/// What an agency says of one complaint, or of the whole request.
struct AnswerLine: Sendable {
  let reference: String
  var complaint = ""
  var finding = ""
  var behaviour: (from: CalendarDate, to: CalendarDate)?
  var reported: (from: CalendarDate, to: CalendarDate)?
  var refused = ""
  /// Stands in place of the day of the report, as somebody mistyped it.
  var mistypedDay: String?

  func values(day: (CalendarDate) -> String) -> [String] {
    [
      reference, complaint, finding, behaviour.map { day($0.from) } ?? "",
      behaviour.map { day($0.to) } ?? "", mistypedDay ?? reported.map { day($0.from) } ?? "",
      reported.map { day($0.to) } ?? "", refused,
    ]
  }
}
