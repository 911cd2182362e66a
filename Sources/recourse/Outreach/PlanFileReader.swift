import Outreach
import Yams

/// A plan as it stands in a file.
struct PlanFile {
  let record: PlanRecord
  /// The line, counted from 1, of each path.
  let lines: [String: Int]

  /// Reads a plan in YAML, or in JSON, which is YAML too.
  /// - Throws: ``Failure`` with the line, and what is expected there.
  init(yaml text: String) throws {
    let root: Node
    do {
      // Without rules every value is the text that stands there; what it means is said by the schema.
      let parser = try Parser(yaml: text, resolver: .basic)
      guard let node = try parser.singleRoot(), node.mapping != nil else {
        throw Failure.plan("not-a-plan", line: 1, "A plan is a mapping.")
      }
      // Nodes know their anchors only while the parser lives.
      try withExtendedLifetime(parser) { try Self.refuseAnchors(in: node) }
      root = node
    } catch let error as YamlError {
      throw Failure.plan("not-yaml", line: error.line, "This is not YAML: \(error.words).")
    }
    var reading = Reading()
    let version = PlanField.version
    let whole = try reading.record(root, [version] + OutreachPlanFile.fields, at: "")
    guard whole[version.name] == .number(OutreachPlanFile.version) else {
      throw Failure.plan(
        "plan-version", path: version.name, line: reading.lines[version.name] ?? 1,
        "Expected \(version.name): \(OutreachPlanFile.version), the schema that this program knows."
      )
    }
    record = PlanRecord(whole.fields.filter { $0.name != version.name })
    lines = reading.lines
  }

  /// An alias stands for as much as one likes, and aliases of aliases for more than anybody can read.
  private static func refuseAnchors(in node: Node) throws {
    guard node.anchor == nil else {
      throw Failure.plan(
        "anchor", line: node.mark?.line,
        "Anchors and aliases are not used; write the value where it belongs.")
    }
    if let mapping = node.mapping {
      for (key, value) in mapping {
        try refuseAnchors(in: key)
        try refuseAnchors(in: value)
      }
    }
    for element in node.sequence ?? [] { try refuseAnchors(in: element) }
  }
}

extension PlanField {
  /// Says by which schema a file is written.
  fileprivate static var version: PlanField {
    PlanField(OutreachPlanFile.versionName, .count, isRequired: true)
  }
}

/// Reads nodes by the schema, and remembers where they stand.
private struct Reading {
  var lines: [String: Int] = [:]

  mutating func record(_ node: Node, _ fields: [PlanField], at path: String) throws -> PlanRecord {
    guard let mapping = node.mapping else {
      throw Failure.plan(
        "unexpected", path: path, line: node.mark?.line, "Expected \(PlanShape.group(fields).says)."
      )
    }
    var values: [String: PlanValue] = [:]
    for (key, node) in mapping {
      let name = key.scalar?.string ?? ""
      let place = path.isEmpty ? name : "\(path).\(name)"
      guard let field = fields.first(where: { $0.name == name }) else {
        throw Failure.plan(
          "unknown-field", path: place, line: key.mark?.line,
          "Unknown; expected one of: \(fields.map(\.name).joined(separator: ", ")).")
      }
      guard lines.updateValue(key.mark?.line ?? 0, forKey: place) == nil else {
        throw Failure.plan(
          "twice", path: place, line: key.mark?.line, "Stands there twice; leave one of them out.")
      }
      values[name] = try value(node, field.shape, at: place, line: key.mark?.line)
    }
    for field in fields where field.isRequired && values[field.name] == nil {
      throw Failure.plan(
        "missing", path: path.isEmpty ? field.name : "\(path).\(field.name)",
        line: node.mark?.line, "Missing; expected \(field.shape.says).")
    }
    return PlanRecord(
      fields.compactMap { field in values[field.name].map { PlanRecord.Field(field.name, $0) } })
  }

  /// Nil for what is said to be unknown: nothing, `~` or `null`.
  private mutating func value(
    _ node: Node, _ shape: PlanShape, at path: String, line: Int?
  ) throws -> PlanValue? {
    if let scalar = node.scalar, scalar.style == .plain,
      ["", "~", "null"].contains(scalar.string)
    {
      return nil
    }
    switch shape {
    case .group(let fields):
      let group = try record(node, fields, at: path)
      return group.fields.isEmpty ? nil : .group(group)
    case .list(let fields):
      guard let sequence = node.sequence else {
        throw Failure.plan("unexpected", path: path, line: line, "Expected \(shape.says).")
      }
      guard sequence.count <= PlanLimits.entries else {
        throw Failure.plan(
          "too-many", path: path, line: line,
          "Has \(sequence.count) entries; \(PlanLimits.entries) at most are expected.")
      }
      var records: [PlanRecord] = []
      for (index, element) in sequence.enumerated() {
        let place = "\(path)[\(index)]"
        lines[place] = element.mark?.line
        records.append(try record(element, fields, at: place))
      }
      return records.isEmpty ? nil : .list(records)
    default:
      guard let scalar = node.scalar, let value = shape.value(of: scalar.string) else {
        throw Failure.plan(
          "unexpected", path: path, line: node.mark?.line ?? line, "Expected \(shape.says).")
      }
      return value
    }
  }
}

extension Failure {
  /// What is wrong in a plan's file, and on which line.
  static func plan(
    _ code: String, path: String = "", line: Int?, _ message: String
  ) -> Failure {
    let place = line.map { "line \($0)" } ?? ""
    return .input(
      code, path: [place, path].filter { !$0.isEmpty }.joined(separator: ": "), message)
  }
}

extension PlanFile {
  /// What is wrong with the plan as a whole, with the line of it, or else of what it lies in.
  func failure(_ problem: PlanProblem) -> Failure {
    var path = problem.path[...]
    while !path.isEmpty, lines[String(path)] == nil {
      path = path.prefix(upTo: path.lastIndex { $0 == "." || $0 == "[" } ?? path.startIndex)
    }
    return .plan(problem.code, path: problem.path, line: lines[String(path)], problem.message)
  }
}

extension YamlError {
  /// What is wrong. Their own description quotes the document.
  fileprivate var words: String {
    switch self {
    case .reader(let problem, _, _, _), .scanner(_, let problem, _, _),
      .parser(_, let problem, _, _), .composer(_, let problem, _, _):
      problem
    case .duplicatedKeysInMapping(let keys, _):
      "\(keys.sorted().joined(separator: ", ")) stands there twice"
    case .memory: "it lies too deep"
    default: "it cannot be read"
    }
  }

  fileprivate var line: Int? {
    switch self {
    case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _):
      mark.line
    case .duplicatedKeysInMapping(_, let context): context.mark.line
    default: nil
    }
  }
}
