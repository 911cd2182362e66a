import Foundation

/// JSON as it is: what a program sends, and what it is answered.
enum JSONValue: Sendable, Hashable {
  case null
  case bool(Bool)
  case number(Double)
  case text(String)
  case array([JSONValue])
  case object([String: JSONValue])

  /// How deep a body may be; what is deeper is refused before anything is made of it.
  static let depthLimit = 32

  /// How many values a body may have: each takes many times the memory that it takes on the way.
  static let valuesLimit = 50_000

  /// - Throws: ``Problem/malformed`` for what is no JSON, is too deep, or has too many values.
  static func read(_ bytes: [UInt8]) throws(Problem) -> JSONValue {
    let size = size(of: bytes)
    guard size.depth <= depthLimit, size.values <= valuesLimit,
      let value = try? JSONDecoder().decode(JSONValue.self, from: Data(bytes))
    else { throw .malformed }
    return value
  }

  /// Keys in alphabetical order.
  var bytes: [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(self)).map(Array.init) ?? []
  }

  static func int(_ number: Int) -> JSONValue { .number(Double(number)) }

  /// Without what is nil.
  static func some(_ members: [(String, JSONValue?)]) -> JSONValue {
    var object: [String: JSONValue] = [:]
    for case (let name, let value?) in members { object[name] = value }
    return .object(object)
  }

  subscript(name: String) -> JSONValue? {
    if case .object(let members) = self { members[name] } else { nil }
  }

  /// Of a text; empty for anything else.
  var string: String { if case .text(let text) = self { text } else { "" } }

  var isTrue: Bool { self == .bool(true) }

  var whole: Int? {
    if case .number(let number) = self { Int(exactly: number) } else { nil }
  }

  /// Brackets within brackets, and how many values there are at most; what is in texts does not count.
  private static func size(of bytes: [UInt8]) -> (depth: Int, values: Int) {
    var (depth, deepest, isText, isEscaped) = (0, 0, false, false)
    var values = 1
    for byte in bytes {
      if isText {
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
          isText = false
        }
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): isText = true
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        depth += 1
        values += 1
        deepest = max(deepest, depth)
      case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
      case UInt8(ascii: ","): values += 1
      default: continue
      }
    }
    return (deepest, values)
  }
}

extension JSONValue: Codable {
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
      self = .array(value)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .bool(let value): try container.encode(value)
    case .number(let value):
      if let whole = Int(exactly: value) {
        try container.encode(whole)
      } else {
        try container.encode(value)
      }
    case .text(let value): try container.encode(value)
    case .array(let value): try container.encode(value)
    case .object(let value): try container.encode(value)
    }
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByIntegerLiteral
{
  init(stringLiteral value: String) { self = .text(value) }
  init(booleanLiteral value: Bool) { self = .bool(value) }
  init(integerLiteral value: Int) { self = .int(value) }
  init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(Dictionary(elements, uniquingKeysWith: { $1 }))
  }
}
