import CaseModel
import Foundation
import SwiftProtobuf

/// What a body looks like: by it a request is checked before anything is made of it, and from it the description of the
/// API is written. So neither can say what the other does not.
indirect enum Schema: Sendable, Hashable {
  /// A text, of so many characters at most.
  case text(limit: Int)
  /// One of these.
  case choice([String])
  /// YYYY-MM-DD, of a day that exists.
  case day
  /// A moment, as RFC 3339 has it.
  case moment
  /// Base 64.
  case bytes(limit: Int)
  case whole
  case bool
  /// A text, a number, or yes or no.
  case scalar
  /// So many at most.
  case array(Schema, limit: Int)
  /// Names are free; so many at most.
  case map(Schema, limit: Int)
  case object([Property])
  /// Stands in the description once, under this name.
  case named(String, Schema)

  struct Property: Sendable, Hashable {
    let name: String
    let schema: Schema
    let isRequired: Bool
    /// What it is; empty if its name says it.
    let about: String

    init(_ name: String, _ schema: Schema, required: Bool = false, _ about: String = "") {
      self.name = name
      self.schema = schema
      isRequired = required
      self.about = about
    }
  }

  /// What is wrong with a value, in its order; so many at most. No fault repeats what was sent.
  func faults(in value: JSONValue, at path: String = "") -> [APIFault] {
    var faults: [APIFault] = []
    check(value, path, &faults)
    return Array(faults.prefix(APIFault.limit))
  }

  private func check(_ value: JSONValue, _ path: String, _ faults: inout [APIFault]) {
    func fault(_ code: String, _ expected: String) {
      faults.append(APIFault(code: code, path: path, message: "Expected \(expected)."))
    }
    switch (self, value) {
    case (.named(_, let schema), _): schema.check(value, path, &faults)
    case (.text(let limit), .text(let text)):
      // As JSON Schema counts: what is seen as one character may be made of any number of them.
      if text.unicodeScalars.count > limit { fault("too-long", "\(limit) characters at most") }
    case (.choice(let all), .text(let text)):
      if !all.contains(text) { fault("wrong-value", "one of: \(all.joined(separator: ", "))") }
    case (.day, .text(let text)):
      if CalendarDate(text) == nil { fault("not-a-date", "a day, as YYYY-MM-DD") }
    case (.moment, .text(let text)):
      // As the workers' messages take it: an offset has less than 14 hours there.
      if (try? Google_Protobuf_Timestamp(jsonUTF8Bytes: JSONValue.text(text).bytes)) == nil {
        fault("not-a-moment", "a moment, as RFC 3339 has it")
      }
    case (.bytes(let limit), .text(let text)):
      guard text.utf8.count <= limit / 3 * 4 + 4, let data = Data(base64Encoded: text),
        data.count <= limit
      else { return fault("not-base64", "\(limit) bytes at most, in base 64") }
    case (.whole, .number):
      if value.whole.map({ $0 < 0 }) ?? true { fault("not-a-number", "a whole number, 0 or more") }
    case (.bool, .bool), (.scalar, .text), (.scalar, .number), (.scalar, .bool): break
    case (.array(let schema, let limit), .array(let items)):
      guard items.count <= limit else { return fault("too-many", "\(limit) at most") }
      for (number, item) in items.enumerated() { schema.check(item, "\(path)[\(number)]", &faults) }
    case (.map(let schema, let limit), .object(let members)):
      guard members.count <= limit else { return fault("too-many", "\(limit) at most") }
      for (_, member) in members.sorted(by: { $0.key < $1.key }) {
        schema.check(member, path, &faults)
      }
    case (.object(let properties), .object(let members)):
      check(members, properties, path, &faults)
    default: fault("wrong-type", kind)
    }
  }

  private func check(
    _ members: [String: JSONValue], _ properties: [Property], _ path: String,
    _ faults: inout [APIFault]
  ) {
    for property in properties {
      let place = path.isEmpty ? property.name : "\(path).\(property.name)"
      if let member = members[property.name] {
        property.schema.check(member, place, &faults)
      } else if property.isRequired {
        faults.append(APIFault(code: "missing", path: place, message: "This is needed."))
      }
    }
    let known = Set(properties.map(\.name))
    // A name that is not known may be anything, so that it is not repeated.
    if !members.keys.allSatisfy(known.contains) {
      faults.append(
        APIFault(
          code: "unknown-name", path: path,
          message: "There is a name here that the description does not have."))
    }
  }

  /// Of what kind it is, in words.
  private var kind: String {
    switch self {
    case .text, .choice: "a text"
    case .day: "a day, as YYYY-MM-DD"
    case .moment: "a moment, as RFC 3339 has it"
    case .bytes: "bytes in base 64"
    case .whole: "a whole number"
    case .bool: "true or false"
    case .scalar: "a text, a number, or true or false"
    case .array: "a list"
    case .map, .object: "an object"
    case .named(_, let schema): schema.kind
    }
  }
}

/// What is wrong with a body, by place.
struct APIFault: Sendable, Hashable {
  /// Stable, lower case with hyphens.
  let code: String
  /// Such as `complaints[2].behaviourDate`; empty if it is about the whole.
  let path: String
  let message: String

  /// That are told at once.
  static let limit = 50

  var json: JSONValue {
    .object(["code": .text(code), "path": .text(path), "message": .text(message)])
  }
}
