import Yams

/// A value in a manifest, with its place. The only file here that knows Yams.
struct ManifestNode {
  private let node: Node
  let path: String
  /// Counted from 1; of a field the line of its key.
  let line: Int?

  init(text: String) throws(PluginManifestError) {
    do {
      // Without rules every value is the text that stands there, and is read below.
      let parser = try Parser(yaml: text, resolver: .basic)
      guard let node = try parser.singleRoot(), node.mapping != nil else {
        throw PluginManifestError(path: "", line: 1, "a manifest is a mapping")
      }
      // Nodes know their anchors only while the parser lives.
      try withExtendedLifetime(parser) { try Self.refuseAnchors(node) }
      self.init(node, "", line: node.mark?.line)
    } catch let error as PluginManifestError {
      throw error
    } catch let error as YamlError {
      throw PluginManifestError(path: "", line: error.place, "not YAML: \(error.words)")
    } catch {
      throw PluginManifestError(path: "", "not YAML")
    }
  }

  private init(_ node: Node, _ path: String, line: Int?) {
    self.node = node
    self.path = path
    self.line = line
  }

  /// An alias stands for as much as one likes, and aliases of aliases for more than anybody can read.
  private static func refuseAnchors(_ node: Node) throws(PluginManifestError) {
    guard node.anchor == nil else {
      throw PluginManifestError(
        path: "", line: node.mark?.line,
        "anchors and aliases are not used; write the value where it belongs")
    }
    if let mapping = node.mapping {
      for (key, value) in mapping {
        try refuseAnchors(key)
        try refuseAnchors(value)
      }
    }
    for element in node.sequence ?? [] { try refuseAnchors(element) }
  }

  func fail(_ message: String) -> PluginManifestError {
    PluginManifestError(path: path, line: line, message)
  }

  // MARK: What lies beneath

  /// What a mapping holds, in the file's order; any names, if none are said to be known.
  /// - Throws: for another value than a mapping, a name that is not known, or one that stands there twice.
  func fields(_ known: [String]? = nil) throws(PluginManifestError) -> [(
    name: String, value: ManifestNode
  )] {
    let expected = known.map { ", with some of: \($0.joined(separator: ", "))" } ?? ""
    guard let mapping = node.mapping else { throw fail("a mapping is expected\(expected)") }
    var fields: [(name: String, value: ManifestNode)] = []
    for (key, value) in mapping {
      let name = key.scalar?.string ?? ""
      let field = ManifestNode(
        value, path.isEmpty ? name : "\(path).\(name)", line: key.mark?.line)
      if let known, !known.contains(name) {
        throw field.fail("unknown; known here: \(known.joined(separator: ", "))")
      }
      guard !fields.contains(where: { $0.name == name }) else {
        throw field.fail("stands there twice")
      }
      fields.append((name, field))
    }
    return fields
  }

  func elements(atMost limit: Int) throws(PluginManifestError) -> [ManifestNode] {
    guard let sequence = node.sequence else { throw fail("a list is expected") }
    guard sequence.count <= limit else { throw fail("has \(sequence.count); \(limit) at most") }
    return sequence.enumerated().map { index, node in
      ManifestNode(node, "\(path)[\(index)]", line: node.mark?.line)
    }
  }

  // MARK: Values

  /// - Parameter limit: bytes at most.
  func text(atMost limit: Int = 256) throws(PluginManifestError) -> String {
    guard let scalar = node.scalar, !scalar.string.isEmpty,
      scalar.style != .plain || !["~", "null", "Null", "NULL"].contains(scalar.string)
    else { throw fail("a text is expected") }
    guard scalar.string.utf8.count <= limit else { throw fail("has more than \(limit) bytes") }
    // A terminal acts on some of them, and what is shown is what is approved.
    guard !scalar.string.unicodeScalars.contains(where: Self.isUnprintable) else {
      throw fail("has characters that cannot be shown on one line")
    }
    return scalar.string
  }

  private static func isUnprintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse,
      .unassigned:
      true
    default: false
    }
  }

  func number(in range: ClosedRange<Int>) throws(PluginManifestError) -> Int {
    guard let number = Int(try text()), range.contains(number) else {
      throw fail("a whole number from \(range.lowerBound) to \(range.upperBound) is expected")
    }
    return number
  }

  func flag() throws(PluginManifestError) -> Bool {
    guard let flag = Bool(try text()) else { throw fail("true or false is expected") }
    return flag
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

  /// On which line, counted from 1.
  fileprivate var place: Int? {
    switch self {
    case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _):
      mark.line
    case .duplicatedKeysInMapping(_, let context): context.mark.line
    default: nil
    }
  }
}
