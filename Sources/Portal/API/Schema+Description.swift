// A schema as the description has it: JSON Schema 2020-12, which OpenAPI 3.1 speaks.

extension Schema {
  /// As it stands where it is used: one with a name is referred to.
  var json: JSONValue {
    switch self {
    case .text(let limit): ["type": "string", "maxLength": .int(limit)]
    case .choice(let all): ["type": "string", "enum": .array(all.map { .text($0) })]
    case .day: ["type": "string", "format": "date"]
    case .moment: ["type": "string", "format": "date-time"]
    case .bytes(let limit):
      [
        "type": "string", "contentEncoding": "base64", "maxLength": .int(limit / 3 * 4 + 4),
        "pattern": .text(Self.base64),
      ]
    case .whole: ["type": "integer", "minimum": 0]
    case .bool: ["type": "boolean"]
    case .scalar: ["type": ["string", "number", "boolean"]]
    case .array(let schema, let limit):
      ["type": "array", "items": schema.json, "maxItems": .int(limit)]
    case .map(let schema, let limit):
      ["type": "object", "additionalProperties": schema.json, "maxProperties": .int(limit)]
    case .object(let properties): Self.object(properties)
    case .named(let name, _): ["$ref": .text("#/components/schemas/\(name)")]
    }
  }

  /// `contentEncoding` says what a text is, and holds it to nothing.
  private static let base64 =
    "^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$"

  private static func object(_ properties: [Property]) -> JSONValue {
    var members: [String: JSONValue] = [:]
    for property in properties {
      var json = property.schema.json
      if !property.about.isEmpty, case .object(var own) = json {
        own["description"] = .text(property.about)
        json = .object(own)
      }
      members[property.name] = json
    }
    let required = properties.filter(\.isRequired).map { JSONValue.text($0.name) }
    return .some([
      ("type", "object"), ("properties", .object(members)), ("additionalProperties", false),
      ("required", required.isEmpty ? nil : .array(required)),
    ])
  }

  /// All that have a name, in it and beneath it, by name.
  var components: [String: JSONValue] {
    switch self {
    case .named(let name, let schema):
      schema.components.merging([name: schema.json]) { first, _ in first }
    case .array(let schema, _), .map(let schema, _): schema.components
    case .object(let properties):
      properties.reduce(into: [:]) { all, property in
        all.merge(property.schema.components) { first, _ in first }
      }
    default: [:]
    }
  }
}
