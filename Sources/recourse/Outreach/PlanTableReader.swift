import Outreach

extension PlanFile {
  /// Reads a plan from the table that ``PlanTable`` writes. Columns may stand in any order, and be missing.
  /// - Throws: ``Failure`` with the line, and what is expected there.
  init(csv text: String) throws {
    var rows = try CSVRows(text).rows[...]
    guard let heading = rows.popFirst() else {
      throw Failure.plan("not-a-plan", line: 1, "A heading is expected, and rows below it.")
    }
    for (index, name) in heading.cells.enumerated() {
      guard PlanTable.columns.contains(name) else {
        throw Failure.plan(
          "unknown-field", line: heading.line,
          "Column \(index + 1) has a heading that is not known; expected some of: "
            + "\(PlanTable.columns.joined(separator: ", ")).")
      }
      guard heading.cells.firstIndex(of: name) == index else {
        throw Failure.plan("twice", line: heading.line, "The column \(name) stands there twice.")
      }
    }
    var root: Entry?
    for row in rows {
      guard row.cells.count <= heading.cells.count else {
        throw Failure.plan(
          "unexpected", line: row.line,
          "Has \(row.cells.count) cells; expected \(heading.cells.count), as in the heading.")
      }
      var cells: [String: String] = [:]
      for (name, cell) in zip(heading.cells, row.cells) where !cell.isEmpty { cells[name] = cell }
      let name = cells.removeValue(forKey: PlanTable.entry) ?? ""
      let way = cells.removeValue(forKey: PlanTable.place) ?? ""
      if name == PlanTable.plan, root == nil {
        root = try Entry(cells, OutreachPlanFile.fields, at: "", line: row.line)
      } else {
        guard root != nil else {
          throw Failure.plan(
            "unexpected", path: PlanTable.entry, line: row.line,
            "Expected \(PlanTable.plan) in the first row.")
        }
        try root?.add(cells, name, way.split(separator: "/").map(String.init), line: row.line)
      }
    }
    guard let root else {
      throw Failure.plan(
        "not-a-plan", line: heading.line + 1, "A row of the plan is expected below the heading.")
    }
    record = root.record
    lines = root.lines
  }
}

/// An entry of a table, with those that lie in it.
private struct Entry {
  private let fields: [PlanField]
  private let path: String
  private let line: Int
  private var own: [String: PlanValue] = [:]
  private var entries: [String: [Entry]] = [:]

  init(_ cells: [String: String], _ fields: [PlanField], at path: String, line: Int) throws {
    self.fields = fields
    self.path = path
    self.line = line
    var rest = cells
    own = try Self.values(&rest, fields, "", at: path, line: line)
    guard let strange = rest.keys.min() else { return }
    throw Failure.plan(
      "unknown-field", path: Self.join(path, strange), line: line,
      "This kind of entry has no such field; leave the cell empty.")
  }

  private static func values(
    _ cells: inout [String: String], _ fields: [PlanField], _ prefix: String, at path: String,
    line: Int
  ) throws -> [String: PlanValue] {
    var values: [String: PlanValue] = [:]
    for field in fields {
      let column = prefix + field.name
      switch field.shape {
      case .list: continue
      case .group(let inner):
        let group = try Self.values(&cells, inner, "\(column).", at: path, line: line)
        guard !group.isEmpty else { continue }
        values[field.name] = .group(record(group, inner))
      default:
        guard let cell = cells.removeValue(forKey: column) else { continue }
        let text = cell.hasPrefix("'") ? String(cell.dropFirst()) : cell
        guard let value = field.shape.value(of: text) else {
          throw Failure.plan(
            "unexpected", path: join(path, column), line: line, "Expected \(field.shape.says).")
        }
        values[field.name] = value
      }
    }
    return values
  }

  private static func join(_ path: String, _ name: String) -> String {
    path.isEmpty ? name : "\(path).\(name)"
  }

  private static func record(_ values: [String: PlanValue], _ fields: [PlanField]) -> PlanRecord {
    PlanRecord(
      fields.compactMap { field in values[field.name].map { PlanRecord.Field(field.name, $0) } })
  }

  /// Adds an entry to a list of this one, or of one that lies in it.
  mutating func add(
    _ cells: [String: String], _ name: String, _ way: [String], line: Int
  ) throws {
    guard way.count >= 2 else {
      guard case .list(let inner)? = fields.first(where: { $0.name == name })?.shape else {
        let names = fields.compactMap { if case .list = $0.shape { $0.name } else { nil } }
        throw Failure.plan(
          "unexpected", path: PlanTable.entry, line: line,
          names.isEmpty
            ? "Nothing lies in that entry." : "Expected one of: \(names.joined(separator: ", ")).")
      }
      let place = "\(Self.join(path, name))[\(entries[name, default: []].count)]"
      entries[name, default: []].append(try Entry(cells, inner, at: place, line: line))
      return
    }
    let index = entries[way[0]]?.firstIndex { $0.own["id"] == .text(way[1]) }
    guard let index else {
      throw Failure.plan(
        "unknown-entry", path: PlanTable.place, line: line,
        "There is no such entry above; expected a list and an id, such as events/launch.")
    }
    try entries[way[0]]?[index].add(cells, name, Array(way.dropFirst(2)), line: line)
  }

  var record: PlanRecord {
    var values = own
    for (name, list) in entries { values[name] = .list(list.map(\.record)) }
    return Self.record(values, fields)
  }

  /// Lines by path.
  var lines: [String: Int] {
    entries.values.joined().reduce(into: [path: line]) { lines, entry in
      lines.merge(entry.lines) { $1 }
    }
  }
}

/// The rows of a CSV file (RFC 4180), each with the line on which it begins.
private struct CSVRows {
  private(set) var rows: [(line: Int, cells: [String])] = []

  init(_ text: String) throws {
    var cells: [String] = []
    var cell = ""
    var isQuoted = false
    var (line, start) = (1, 1)
    // Some programs write a mark of the byte order in front.
    var rest = text.hasPrefix("\u{FEFF}") ? text.dropFirst() : text[...]
    func isEmpty() -> Bool { cells.isEmpty && cell.isEmpty }
    while let character = rest.popFirst() {
      if character.isNewline { line += 1 }
      switch character {
      case "\"" where isQuoted && rest.first == "\"":
        cell.append(character)
        rest.removeFirst()
      case "\"" where isQuoted || cell.isEmpty: isQuoted.toggle()
      case "," where !isQuoted:
        cells.append(cell)
        cell = ""
      case _ where character.isNewline && !isQuoted:
        if !isEmpty() { rows.append((start, cells + [cell])) }
        (cells, cell, start) = ([], "", line)
      default: cell.append(character)
      }
    }
    guard !isQuoted else {
      throw Failure.plan("not-csv", line: start, "A quotation mark in this row has no end.")
    }
    if !isEmpty() { rows.append((start, cells + [cell])) }
  }
}
