import Foundation

/// Reads `requests.json`: an array of objects. What a request has under `extended_attributes` counts as its own.
enum RequestsJSON {
  private enum Value: Decodable {
    case text(String)
    case object([String: Value])
    case other

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let text = try? container.decode(String.self) {
        self = .text(text)
      } else if let flag = try? container.decode(Bool.self) {
        self = .text(flag ? "true" : "false")
      } else if let number = try? container.decode(Int64.self) {
        self = .text(String(number))
      } else if let object = try? container.decode([String: Value].self) {
        self = .object(object)
      } else {
        self = .other
      }
    }
  }

  /// - Throws: ``UnreadableAnswer`` if it is no array of objects.
  static func read(_ bytes: [UInt8], keeping names: Set<String>) throws(UnreadableAnswer)
    -> RequestPage
  {
    guard let values = try? JSONDecoder().decode([[String: Value]].self, from: Data(bytes)) else {
      throw UnreadableAnswer(place: "requests")
    }
    return RequestPage(values.map(raw), keeping: names)
  }

  private static func raw(_ object: [String: Value]) -> RawRequest {
    var fields: [String: String] = [:]
    for (name, value) in object {
      if case .text(let text) = value { fields[name] = text }
    }
    if case .object(let extended)? = object["extended_attributes"] {
      for (name, value) in extended {
        if case .text(let text) = value { fields[name] = text }
      }
    }
    return RawRequest(fields: fields)
  }
}
