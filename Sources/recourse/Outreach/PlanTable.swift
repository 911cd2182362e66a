import Outreach

/// A plan as a table for spreadsheets: a row for each entry, of whatever kind, with its way to it; columns for all
/// fields that any has.
///
/// `ENTRY` is the name of the list, such as `guests`, and `OF` where the entry lies, such as `events/launch`. Reading
/// it gives the same plan again.
enum PlanTable {
  static let entry = "ENTRY"
  static let place = "OF"
  /// What the row of the plan itself is called.
  static let plan = "plan"

  /// Columns of the table, in the order in which the schema first names them.
  static var columns: [String] {
    var names = [entry, place]
    var seen = Set(names)
    func add(_ fields: [PlanField], _ prefix: String) {
      for field in fields {
        switch field.shape {
        case .group(let inner): add(inner, "\(prefix)\(field.name).")
        case .list: continue
        default:
          if seen.insert(prefix + field.name).inserted { names.append(prefix + field.name) }
        }
      }
      for case (.list(let inner)) in fields.map(\.shape) { add(inner, "") }
    }
    add(OutreachPlanFile.fields, "")
    return names
  }

  /// The lines of the table, its heading first (RFC 4180).
  static func csv(_ record: PlanRecord) -> String {
    let columns = columns
    var rows = [columns]
    func add(_ record: PlanRecord, _ fields: [PlanField], _ name: String, in place: String) {
      var cells = [entry: name, Self.place: place]
      fill(&cells, record, fields, "")
      rows.append(columns.map { cells[$0] ?? "" })
      for field in fields {
        guard case .list(let inner) = field.shape, case .list(let entries) = record[field.name]
        else { continue }
        let own =
          place.isEmpty && name == plan
          ? "" : "\(place.isEmpty ? "" : place + "/")\(name)/\(record.text("id") ?? "")"
        for one in entries { add(one, inner, field.name, in: own) }
      }
    }
    add(record, OutreachPlanFile.fields, plan, in: "")
    return rows.map { $0.map(cell).joined(separator: ",") + "\r\n" }.joined()
  }

  private static func fill(
    _ cells: inout [String: String], _ record: PlanRecord, _ fields: [PlanField], _ prefix: String
  ) {
    for field in fields {
      guard let value = record[field.name] else { continue }
      if case .group(let inner) = field.shape, case .group(let group) = value {
        fill(&cells, group, inner, "\(prefix)\(field.name).")
      } else if let text = field.shape.text(of: value) {
        cells[prefix + field.name] = text
      }
    }
  }

  /// A cell (RFC 4180). A spreadsheet reckons with what begins like a formula, so that gets an apostrophe in front, as does what begins
  /// with one.
  static func cell(_ text: String) -> String {
    let begins = text.first.map { "=+-@'".contains($0) } ?? false
    let safe = begins ? "'" + text : text
    guard safe.contains(where: { ",\"".contains($0) || $0.isNewline }) else { return safe }
    return "\"" + safe.replacing("\"", with: "\"\"") + "\""
  }
}
