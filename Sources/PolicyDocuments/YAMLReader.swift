import CaseModel
import Yams

/// Reads values out of a YAML tree and says where something is wrong. The only place that knows Yams.
struct YAMLReader {
  let node: Node
  let path: String

  init(text: String) throws(PolicyDocumentError) {
    do {
      guard let node = try Yams.compose(yaml: text), node.mapping != nil else {
        throw PolicyDocumentError(path: "", message: "a policy pack is a mapping")
      }
      self.node = node
      path = ""
    } catch let error as PolicyDocumentError {
      throw error
    } catch {
      throw PolicyDocumentError(path: "", message: "not YAML: \(error)")
    }
  }

  private init(_ node: Node, _ path: String) {
    self.node = node
    self.path = path
  }

  func fail(_ message: String) -> PolicyDocumentError {
    PolicyDocumentError(path: path, message: message)
  }

  /// Refuses what is no mapping, and keys that nobody reads: a misspelt rule must not pass silently.
  func allow(_ keys: Set<String>) throws(PolicyDocumentError) {
    guard let mapping = node.mapping else {
      throw fail("a mapping is expected, with some of: \(keys.sorted().joined(separator: ", "))")
    }
    for (key, _) in mapping {
      let name = key.string ?? ""
      guard keys.contains(name) else {
        throw PolicyDocumentError(
          path: join(name), message: "unknown; known here: \(keys.sorted().joined(separator: ", "))"
        )
      }
    }
  }

  func optional(_ key: String) -> YAMLReader? {
    node.mapping?[Node(key)].map { YAMLReader($0, join(key)) }
  }

  func required(_ key: String) throws(PolicyDocumentError) -> YAMLReader {
    guard let value = optional(key) else {
      throw PolicyDocumentError(path: join(key), message: "missing")
    }
    return value
  }

  func list(_ key: String) throws(PolicyDocumentError) -> [YAMLReader] {
    guard let value = optional(key) else { return [] }
    guard let sequence = value.node.sequence else { throw value.fail("a list is expected") }
    return sequence.enumerated().map { index, node in
      YAMLReader(node, "\(value.path)[\(index)]")
    }
  }

  func text() throws(PolicyDocumentError) -> String {
    guard let text = node.scalar?.string, !text.isEmpty else { throw fail("a text is expected") }
    return text
  }

  func number() throws(PolicyDocumentError) -> Int {
    guard let number = node.int else { throw fail("a whole number is expected") }
    return number
  }

  func flag() throws(PolicyDocumentError) -> Bool {
    guard let flag = node.bool else { throw fail("true or false is expected") }
    return flag
  }

  func date() throws(PolicyDocumentError) -> CalendarDate {
    guard let date = CalendarDate(try text()) else { throw fail("a day YYYY-MM-DD is expected") }
    return date
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

  private func join(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }
}
