import Foundation

/// A JSON text that tests look into.
enum JSONValue: Sendable, Hashable, Decodable {
  case null
  case bool(Bool)
  case number(Double)
  case text(String)
  case list([JSONValue])
  case object([String: JSONValue])

  init(parsing text: String) throws {
    self = try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .text(value)
    } else if let value = try? container.decode([JSONValue].self) {
      self = .list(value)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }

  /// The field's value; null where there is none.
  subscript(name: String) -> JSONValue {
    if case .object(let fields) = self { fields[name] ?? .null } else { .null }
  }

  var text: String? { if case .text(let text) = self { text } else { nil } }
  var number: Int? { if case .number(let number) = self { Int(number) } else { nil } }
  var bool: Bool? { if case .bool(let bool) = self { bool } else { nil } }
  var list: [JSONValue] { if case .list(let list) = self { list } else { [] } }

  /// Where this lacks something that the other has, as a path; nil if it has all of it. An object may
  /// have further fields, a list further items at its end.
  func lacks(of expected: JSONValue, at path: String = "$") -> String? {
    switch (self, expected) {
    case (.object(let own), .object(let wanted)):
      for (name, value) in wanted.sorted(by: { $0.key < $1.key }) {
        guard let own = own[name] else { return "\(path).\(name)" }
        if let place = own.lacks(of: value, at: "\(path).\(name)") { return place }
      }
      return nil
    case (.list(let own), .list(let wanted)):
      for (index, value) in wanted.enumerated() {
        guard index < own.count else { return "\(path)[\(index)]" }
        if let place = own[index].lacks(of: value, at: "\(path)[\(index)]") { return place }
      }
      return nil
    default:
      return self == expected ? nil : path
    }
  }
}
