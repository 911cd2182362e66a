import Foundation
import SwiftProtobuf

/// Checks JSON against the schema, so that each thing that does not fit is named by its path; the
/// decoder alone does not tell where.
struct SchemaCheck {
  let schema: Schema
  private(set) var problems = ProblemList()

  init(_ schema: Schema) { self.schema = schema }

  mutating func check(message name: String, _ value: JSONValue, at path: FormPath) {
    guard case .object(let object) = value else {
      return expect("an object of fields", value, at: path)
    }
    let fields = schema.messages[name, default: []]
    var known: Set<String> = []
    for field in fields {
      known.formUnion([field.name, field.protoName])
      let given = object[field.name]
      if field.protoName != field.name, let other = object[field.protoName] {
        if given != nil {
          problems.add(
            .repeatedField, at: path.field(field.name),
            "This field stands here twice, as \(field.name) and \(field.protoName); "
              + "expected it once.")
        }
        check(field, other, at: path.field(field.name))
      } else if let given {
        check(field, given, at: path.field(field.name))
      }
    }
    for name in object.keys.filter({ !known.contains($0) }).sorted() {
      let names = fields.map(\.name)
      let hint =
        NearestName.of(name, among: names).map { "did you mean \($0)?" }
        ?? "expected one of: \(names.joined(separator: ", "))."
      problems.add(
        .unknownField, at: path.foreignField(name), "There is no field of this name; \(hint)")
    }
  }

  /// Null stands for an absent field, as everywhere in proto3 JSON.
  private mutating func check(_ field: Schema.Field, _ value: JSONValue, at path: FormPath) {
    if value == .null { return }
    guard field.isList else { return check(field.kind, value, at: path) }
    guard case .list(let items) = value else { return expect("a list", value, at: path) }
    if items.count > FormBounds.itemsLimit {
      return problems.add(
        .tooMany, at: path,
        "The list has \(items.count) items; at most \(FormBounds.itemsLimit) are taken.")
    }
    for (index, item) in items.enumerated() { check(field.kind, item, at: path.item(index)) }
  }

  private mutating func check(_ kind: Schema.Kind, _ value: JSONValue, at path: FormPath) {
    switch (kind, value) {
    case (.text, .text(let text)): check(text: text, at: path)
    case (.text, _): expect("text", value, at: path)
    case (.yesNo, .bool): break
    case (.yesNo, _): expect("true or false", value, at: path)
    case (.timestamp, .text(let text)): check(timestamp: text, at: path)
    case (.timestamp, _):
      problems.add(.notATimestamp, at: path, "This is \(value.kind); \(Self.timestampHint)")
    case (.choice(let name), _): check(choice: name, value, at: path)
    case (.message(let name), _): check(message: name, value, at: path)
    case (.anyObject, .object(let answers)):
      for (name, answer) in answers.sorted(by: { $0.key < $1.key }) {
        check(answer: answer, at: path.foreignField(name), depth: 1)
      }
    case (.anyObject, _): expect("an object", value, at: path)
    case (.other, _): break
    }
  }

  private mutating func check(text: String, at path: FormPath) {
    if text.count > FormBounds.textLimit {
      problems.add(
        .tooLong, at: path,
        "The text has \(text.count) characters; at most \(FormBounds.textLimit) are taken.")
    }
    let isControl = { (byte: UInt8) in
      (byte < 0x20 && ![0x09, 0x0A, 0x0D].contains(byte)) || byte == 0x7F
    }
    if text.utf8.contains(where: isControl) {
      problems.add(
        .wrongForm, at: path,
        "The text has control characters; expected words, with line breaks where needed.")
    }
  }

  private static let timestampHint =
    "expected a date and a time with its zone, such as 2026-03-16T09:12:00Z or "
    + "2026-06-10T19:05:00+01:00."

  private mutating func check(timestamp text: String, at path: FormPath) {
    let allowed = text.utf8.allSatisfy { (0x2B...0x5A).contains($0) }
    if !allowed || (try? Google_Protobuf_Timestamp(jsonString: "\"\(text)\"")) == nil {
      problems.add(.notATimestamp, at: path, "This is not a time; \(Self.timestampHint)")
    }
  }

  private mutating func check(choice: String, _ value: JSONValue, at path: FormPath) {
    let values = schema.choices[choice, default: []]
    let fits =
      switch value {
      case .text(let name): values.contains { $0.name == name }
      case .number(let number): values.contains { Double($0.number) == number }
      default: false
      }
    if fits { return }
    // The value 0 stands for "not said" and is not offered.
    let offered = values.filter { $0.number != 0 }.map(\.name).joined(separator: ", ")
    problems.add(
      .unknownValue, at: path, "This value is not known here; expected one of: \(offered).")
  }

  private mutating func check(answer: JSONValue, at path: FormPath, depth: Int) {
    guard depth <= FormBounds.answersDepthLimit else {
      return problems.add(
        .tooDeep, at: path,
        "Answers may be nested \(FormBounds.answersDepthLimit) levels deep, not deeper.")
    }
    switch answer {
    case .text(let text): check(text: text, at: path)
    case .list(let items):
      for (index, item) in items.enumerated() {
        check(answer: item, at: path.item(index), depth: depth + 1)
      }
    case .object(let fields):
      for (name, field) in fields.sorted(by: { $0.key < $1.key }) {
        check(answer: field, at: path.foreignField(name), depth: depth + 1)
      }
    case .null, .bool, .number: break
    }
  }

  private mutating func expect(_ what: String, _ value: JSONValue, at path: FormPath) {
    problems.add(.wrongType, at: path, "This is \(value.kind); expected \(what).")
  }
}
