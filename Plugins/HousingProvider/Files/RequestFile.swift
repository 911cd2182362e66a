import Foundation
import WorkerKit

/// What a body is asked, as it is written for it.
struct RequestFile: Sendable {
  /// A complaint of the application, without what happened.
  struct Complaint: Sendable, Hashable {
    /// Place in the application, from 0.
    let index: Int
    let isTheirs: Bool
    let behaviour: (from: String, to: String)
    let reported: (from: String, to: String)

    static func == (left: Complaint, right: Complaint) -> Bool {
      left.index == right.index && left.isTheirs == right.isTheirs
        && left.behaviour == right.behaviour && left.reported == right.reported
    }

    func hash(into hasher: inout Hasher) { hasher.combine(index) }
  }

  let asked: AskedCase
  /// True if the body must answer: it exercises public functions.
  let isMandatory: Bool
  let complaints: [Complaint]
  let keys: RecordKeys

  static let columns = [
    "record", "case_reference", "due_date", "must_answer", "complaint", "made_to_you",
    "behaviour_from", "behaviour_to", "complaint_from", "complaint_to", "your_reference", "name",
    "address",
  ]

  /// Comma, UTF-8, CR LF (RFC 4180): a line for each person, then one for each complaint.
  var bytes: Data {
    let head = [asked.reference.description, asked.dueOn.description, isMandatory ? "yes" : "no"]
    var rows = [Self.columns]
    for person in keys.people {
      rows.append(["person"] + head + ["", "", "", "", "", "", "", person.name, person.address])
    }
    for complaint in complaints {
      rows.append(
        ["complaint"] + head + [
          String(complaint.index + 1), complaint.isTheirs ? "yes" : "no",
          complaint.behaviour.from, complaint.behaviour.to, complaint.reported.from,
          complaint.reported.to, keys.references[complaint.index] ?? "", "", "",
        ])
    }
    return CSVText.bytes(rows)
  }

  static func name(of reference: CaseReference) -> String { "request-\(reference).csv" }
  static func reminderName(of reference: CaseReference) -> String { "reminder-\(reference).csv" }
}

/// By what a body finds its records, as Intake tells it. Lives as long as it takes to write it down.
struct RecordKeys: Sendable, Hashable {
  struct Person: Sendable, Hashable {
    let name: String
    let address: String
  }

  let people: [Person]
  /// The body's own references, by the complaint's place in the application.
  let references: [Int: String]
}

/// Writes CSV: comma, quotes where they are needed, CR LF (RFC 4180), UTF-8.
enum CSVText {
  static func bytes(_ rows: [[String]]) -> Data {
    Data(rows.map { $0.map(field).joined(separator: ",") + "\r\n" }.joined().utf8)
  }

  /// A field that a spreadsheet would take for a formula gets a blank before it: names are typed by anybody.
  private static func field(_ text: String) -> String {
    let first = text.unicodeScalars.first
    let isFormula = first.map { "=+-@\t\r".unicodeScalars.contains($0) } ?? false
    let plain = isFormula ? " " + text : text
    guard plain.unicodeScalars.contains(where: { ",\"\r\n".unicodeScalars.contains($0) }) else {
      return plain
    }
    return "\"" + plain.replacingOccurrences(of: "\"", with: "\"\"") + "\""
  }
}
