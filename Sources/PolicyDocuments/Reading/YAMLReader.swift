import CaseModel
import Yams

/// Reads values out of a YAML tree and says where something is wrong. The only place that knows Yams.
struct YAMLReader {
  private let node: Node
  let path: String
  /// Counted from 1; of a field the line of its key.
  let line: Int?

  init(text: String) throws(PolicyDocumentError) {
    do {
      // Without rules every value is the text that stands there, and is read below.
      let parser = try Parser(yaml: text, resolver: .basic)
      guard let node = try parser.singleRoot(), node.mapping != nil else {
        throw PolicyDocumentError(path: "", message: "a policy pack is a mapping", line: 1)
      }
      // Nodes know their anchors only while the parser lives.
      try withExtendedLifetime(parser) { try Self.refuseAnchors(node) }
      self.init(node, "", line: node.mark?.line)
    } catch let error as PolicyDocumentError {
      throw error
    } catch let error as YamlError {
      throw PolicyDocumentError(path: "", message: "not YAML: \(error.words)", line: error.line)
    } catch {
      throw PolicyDocumentError(path: "", message: "not YAML: \(error)")
    }
  }

  private init(_ node: Node, _ path: String, line: Int?) {
    self.node = node
    self.path = path
    self.line = line
  }

  /// An alias stands for as much as one likes, and aliases of aliases for more than anybody can read.
  private static func refuseAnchors(_ node: Node) throws(PolicyDocumentError) {
    guard node.anchor == nil else {
      throw PolicyDocumentError(
        path: "", message: "anchors and aliases are not used; write the value where it belongs",
        line: node.mark?.line)
    }
    if let mapping = node.mapping {
      for (key, value) in mapping {
        try refuseAnchors(key)
        try refuseAnchors(value)
      }
    }
    for element in node.sequence ?? [] { try refuseAnchors(element) }
  }

  func fail(_ message: String) -> PolicyDocumentError {
    PolicyDocumentError(path: path, message: message, line: line)
  }

  // MARK: - What lies beneath

  /// What a mapping holds, in the order of the document.
  /// - Throws: if it is no mapping, or has keys that nobody reads: a misspelt rule must not pass silently.
  func fields(_ known: some Collection<String>) throws(PolicyDocumentError) -> [(
    String, YAMLReader
  )] {
    let expected = known.sorted().joined(separator: ", ")
    guard let mapping = node.mapping else {
      throw fail("a mapping is expected, with some of: \(expected)")
    }
    var fields: [(String, YAMLReader)] = []
    for (key, value) in mapping {
      let name = key.scalar?.string ?? ""
      let path = join(name)
      let reader = YAMLReader(value, path, line: key.mark?.line)
      guard known.contains(name) else { throw reader.fail("unknown; known here: \(expected)") }
      guard !fields.contains(where: { $0.0 == name }) else {
        throw reader.fail("stands there twice")
      }
      fields.append((name, reader))
    }
    return fields
  }

  func elements() throws(PolicyDocumentError) -> [YAMLReader] {
    guard let sequence = node.sequence else { throw fail("a list is expected") }
    return sequence.enumerated().map { index, node in
      YAMLReader(node, "\(path)[\(index)]", line: node.mark?.line)
    }
  }

  var isEmptyList: Bool { node.sequence?.isEmpty == true }

  func optional(_ key: String) -> YAMLReader? {
    node.mapping?.first { $0.key.scalar?.string == key }
      .map { YAMLReader($0.value, join(key), line: $0.key.mark?.line) }
  }

  func required(_ key: String) throws(PolicyDocumentError) -> YAMLReader {
    guard let value = optional(key) else {
      throw PolicyDocumentError(path: join(key), message: "missing", line: line)
    }
    return value
  }

  /// Each element of a list, read; none where the list is absent.
  func each<T>(
    _ key: String, _ read: (YAMLReader) throws(PolicyDocumentError) -> T
  ) throws(PolicyDocumentError) -> [T] {
    var values: [T] = []
    for element in try optional(key)?.elements() ?? [] { values.append(try read(element)) }
    return values
  }

  private func join(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

  // MARK: - Values

  func text() throws(PolicyDocumentError) -> String {
    guard let scalar = node.scalar, !scalar.string.isEmpty,
      scalar.style != .plain || !["~", "null", "Null", "NULL"].contains(scalar.string)
    else {
      throw fail("a text is expected; leave out what is not known, and list it under unknown")
    }
    return scalar.string
  }

  func number() throws(PolicyDocumentError) -> Int {
    guard let number = Int(try text()) else { throw fail("a whole number is expected") }
    return number
  }

  func flag() throws(PolicyDocumentError) -> Bool {
    guard let flag = Bool(try text()) else { throw fail("true or false is expected") }
    return flag
  }

  func date() throws(PolicyDocumentError) -> CalendarDate {
    guard let date = CalendarDate(try text()) else { throw fail("a day YYYY-MM-DD is expected") }
    return date
  }

  /// An e-mail address; whether somebody reads it is not known here.
  func mailbox() throws(PolicyDocumentError) -> String {
    let text = try text()
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    let isPlain = text.unicodeScalars.allSatisfy {
      $0.isASCII && $0.value > 0x20 && $0.value < 0x7F
    }
    guard parts.count == 2, !parts[0].isEmpty, parts[1].contains("."), isPlain,
      text.utf8.count <= 254, !text.contains(where: { "<>,;:\"\\()[]".contains($0) })
    else { throw fail("an e-mail address such as asb@council.example is expected") }
    return text
  }

  /// Such as `20 workingDays`.
  func period() throws(PolicyDocumentError) -> Period {
    let words = try text().split(separator: " ")
    guard words.count == 2, let amount = Int(words[0]), (0...Period.amountLimit).contains(amount),
      let unit = Period.Unit(rawValue: String(words[1]))
    else {
      let units = Period.Unit.allCases.map(\.rawValue).joined(separator: ", ")
      throw fail(
        "a number up to \(Period.amountLimit) and one of \(units) is expected, such as 6 months")
    }
    return Period(amount, unit)
  }

  /// A value of an enumeration, by its raw value.
  func choice<Choice: RawRepresentable & CaseIterable>(
    _: Choice.Type
  ) throws(PolicyDocumentError) -> Choice where Choice.RawValue == String {
    guard let choice = Choice(rawValue: try text()) else {
      throw fail("one of \(Choice.allCases.map(\.rawValue).joined(separator: ", ")) is expected")
    }
    return choice
  }
}

extension YAMLReader {
  func texts(_ key: String) throws(PolicyDocumentError) -> [String] {
    try each(key) { value throws(PolicyDocumentError) in try value.text() }
  }

  func choices<Choice: RawRepresentable & CaseIterable>(
    _ key: String, _ type: Choice.Type
  ) throws(PolicyDocumentError) -> [Choice] where Choice.RawValue == String {
    try each(key) { value throws(PolicyDocumentError) in try value.choice(type) }
  }
}

extension YamlError {
  /// What is wrong. Their own description quotes the document, and cannot be had for every error.
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

  /// Where, counted from 1.
  fileprivate var line: Int? {
    switch self {
    case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _):
      mark.line
    case .duplicatedKeysInMapping(_, let context): context.mark.line
    default: nil
    }
  }
}
