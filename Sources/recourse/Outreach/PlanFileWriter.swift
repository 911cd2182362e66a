import Outreach

/// Writes a plan so that reading it gives the same again.
enum PlanFileWriter {
  /// In YAML, with the version first.
  static func yaml(_ record: PlanRecord) -> String {
    var lines = ["\(OutreachPlanFile.versionName): \(OutreachPlanFile.version)"]
    write(record, OutreachPlanFile.fields, indent: 0, to: &lines)
    return lines.joined(separator: "\n") + "\n"
  }

  private static func write(
    _ record: PlanRecord, _ fields: [PlanField], indent: Int, to lines: inout [String]
  ) {
    let blanks = String(repeating: " ", count: indent)
    for field in fields {
      guard let value = record[field.name] else { continue }
      switch (field.shape, value) {
      case (.group(let fields), .group(let group)):
        lines.append("\(blanks)\(field.name):")
        write(group, fields, indent: indent + 2, to: &lines)
      case (.list(let fields), .list(let records)):
        lines.append("\(blanks)\(field.name):")
        for record in records { writeEntry(record, fields, indent: indent + 2, to: &lines) }
      default: lines.append("\(blanks)\(field.name): \(scalar(value, field.shape))")
      }
    }
  }

  /// An entry begins with a hyphen in front of its first field.
  private static func writeEntry(
    _ record: PlanRecord, _ fields: [PlanField], indent: Int, to lines: inout [String]
  ) {
    let first = lines.count
    write(record, fields, indent: indent + 2, to: &lines)
    guard lines.count > first else {
      return lines.append(String(repeating: " ", count: indent) + "- {}")
    }
    let blanks = String(repeating: " ", count: indent)
    lines[first] = "\(blanks)- \(lines[first].dropFirst(indent + 2))"
  }

  /// What a person wrote is quoted as in JSON, which YAML reads; so is a time of day, which some take for a number.
  private static func scalar(_ value: PlanValue, _ shape: PlanShape) -> String {
    let text = shape.text(of: value) ?? ""
    return switch shape {
    case .text, .clock, .mailbox, .page: JSON.text(text).line
    case .id where taken.contains(text): JSON.text(text).line
    default: text
    }
  }

  /// Ids that mean something else in YAML when they are not quoted.
  private static let taken: Set = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"]

  /// The same as JSON, with the names that a file has.
  static func json(_ record: PlanRecord) -> JSON {
    guard
      case .object(let fields) = json(record, OutreachPlanFile.fields)
    else { return .null }
    return .object([(OutreachPlanFile.versionName, .number(OutreachPlanFile.version))] + fields)
  }

  /// A part of a plan as JSON. Money is a text, so that nobody reckons with it in binary fractions.
  static func json(_ record: PlanRecord, _ fields: [PlanField]) -> JSON {
    .object(
      fields.compactMap { field in
        record[field.name].map { (field.name, json($0, field.shape)) }
      })
  }

  private static func json(_ value: PlanValue, _ shape: PlanShape) -> JSON {
    switch (shape, value) {
    case (.group(let fields), .group(let record)): json(record, fields)
    case (.list(let fields), .list(let records)): .list(records.map { json($0, fields) })
    case (.money, _): .text(shape.text(of: value) ?? "")
    case (_, .number(let number)): .number(number)
    case (_, .flag(let flag)): .bool(flag)
    default: .text(shape.text(of: value) ?? "")
    }
  }
}
