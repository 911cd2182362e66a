import CaseModel
import Foundation

/// A request for information as an agency finds it in its outbox: written by the table in
/// `Plugins/HousingProvider/README.md`, and read here by nothing but that table.
struct RequestFile: Sendable {
  struct Complaint: Sendable {
    let number: String
    let behaviour: (from: CalendarDate, to: CalendarDate)
    let reported: (from: CalendarDate, to: CalendarDate)
    /// True if it was made to this agency, so that its days are in the agency's records.
    let isTheirs: Bool
  }

  let reference: String
  let complaints: [Complaint]

  /// Nil if it is not written by the table.
  init?(_ text: String) {
    var rows = Self.rows(of: text)
    guard !rows.isEmpty else { return nil }
    let names = rows.removeFirst()
    let records = rows.map { row in
      Dictionary(zip(names, row), uniquingKeysWith: { first, _ in first })
    }
    guard let reference = records.first?["case_reference"], !reference.isEmpty else { return nil }
    self.reference = reference
    complaints = records.filter { $0["record"] == "complaint" }.compactMap(Self.complaint)
  }

  private static func complaint(_ record: [String: String]) -> Complaint? {
    func day(_ name: String) -> CalendarDate? { record[name].flatMap { CalendarDate($0) } }
    guard let number = record["complaint"], let behaved = day("behaviour_from"),
      let reported = day("complaint_from")
    else { return nil }
    return Complaint(
      number: number, behaviour: (behaved, day("behaviour_to") ?? behaved),
      reported: (reported, day("complaint_to") ?? reported),
      isTheirs: record["made_to_you"] == "yes")
  }

  /// The fields of each line, as RFC 4180 writes them.
  private static func rows(of text: String) -> [[String]] {
    var rows: [[String]] = []
    var row: [String] = []
    var field = ""
    var isQuoted = false
    var scalars = Array(text.unicodeScalars)[...]
    while let scalar = scalars.popFirst() {
      switch scalar {
      case "\"" where isQuoted && scalars.first == "\"":
        scalars.removeFirst()
        field += "\""
      case "\"": isQuoted.toggle()
      case "," where !isQuoted:
        row.append(field)
        field = ""
      case "\n" where !isQuoted:
        rows.append(row + [field])
        (row, field) = ([], "")
      case "\r" where !isQuoted: continue
      default: field.unicodeScalars.append(scalar)
      }
    }
    return field.isEmpty && row.isEmpty ? rows : rows + [row + [field]]
  }
}
