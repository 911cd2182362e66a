/// Where everything in a document stands. Its making refuses what the schema does not know.
struct DocumentOutline {
  private(set) var lines = DocumentLines()
  /// Paths of what says something: not of empty lists.
  private var stated: Set<String> = []

  init(of root: YAMLReader) throws(PolicyDocumentError) {
    try enter(root, above: "", Schema.pack)
  }

  private mutating func enter(
    _ reader: YAMLReader, above: String, _ schema: [String: Schema]
  ) throws(PolicyDocumentError) {
    for (name, value) in try reader.fields(schema.keys) {
      let path = above.isEmpty ? name : "\(above).\(name)"
      note(value, path)
      switch schema[name] {
      case .fields(let beneath): try enter(value, above: path, beneath)
      case .list(let key, _, let beneath):
        for (index, element) in try value.elements().enumerated() {
          let name = try key.flatMap(element.optional)?.text()
          let path = name.map { "\(path).\($0)" } ?? "\(path)[\(index)]"
          note(element, path)
          try enter(element, above: path, beneath)
        }
      case .values: _ = try value.elements()
      case .value, nil: break
      }
    }
  }

  private mutating func note(_ reader: YAMLReader, _ path: String) {
    for path in [path, reader.path] { lines.note(reader.line, of: path) }
    if !reader.isEmptyList { stated.insert(path) }
  }

  /// True if the document says something there.
  func isStated(_ path: String) -> Bool { stated.contains(path) }

  /// True if a path stands for what else a list may have: `caveats.further`.
  func isRestOfList(_ path: String) -> Bool {
    guard path.hasSuffix(".further"), case .list(_?, _, _)? = Schema.pack[String(path.dropLast(8))]
    else { return false }
    return true
  }

  /// True if a path leads somewhere: to a field that there can be, or to an element that is there or is one
  /// of the few that there can be.
  func isKnown(_ path: String) -> Bool {
    var place = Schema.fields(Schema.pack)
    var here = ""
    for step in path.split(separator: ".", omittingEmptySubsequences: false).map(String.init) {
      here = here.isEmpty ? step : "\(here).\(step)"
      switch place {
      case .fields(let fields):
        guard let next = fields[step] else { return false }
        place = next
      case .list(_?, let names, let beneath):
        guard names.contains(step) || lines[here] != nil else { return false }
        place = .fields(beneath)
      case .value, .values, .list: return false
      }
    }
    return true
  }
}
