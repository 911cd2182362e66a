import Foundation

/// Reads bytes as one JSON text, and says where they are not.
enum JSONText {
  static func read(_ bytes: [UInt8]) throws(FormProblems) -> JSONValue {
    guard bytes.count <= FormBounds.bytesLimit else {
      throw ProblemList.one(
        .tooLarge,
        "The application has \(bytes.count) bytes; at most \(FormBounds.bytesLimit) are taken.")
    }
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw ProblemList.one(
        .notUTF8, "The text is not UTF-8. Save the file as UTF-8 and send it again.")
    }
    let value: JSONValue
    do {
      value = try JSONDecoder().decode(JSONValue.self, from: Data(bytes))
    } catch {
      guard let path = path(of: error) else { throw notJSON(bytes) }
      throw ProblemList.one(
        .wrongType, at: path,
        "This value cannot be read: expected text, a number that is not too large, true, false, "
          + "a list or an object.")
    }
    var repeated = ProblemList()
    for path in RepeatedNames.paths(in: bytes) {
      repeated.add(.repeatedField, at: path, "This field stands here twice; expected it once.")
    }
    try repeated.throwIfAny()
    return value
  }

  /// The problem of a text that is not JSON, with the line if it can be found out.
  static func notJSON(_ bytes: [UInt8]) -> FormProblems {
    if bytes.allSatisfy({ [0x20, 0x09, 0x0A, 0x0D].contains($0) }) {
      return ProblemList.one(.notJSON, "There is nothing here; expected an application as JSON.")
    }
    let place = place(of: bytes).map { " around line \($0.line), column \($0.column)" } ?? ""
    return ProblemList.one(
      .notJSON,
      "The text is not JSON\(place). Expected one object of fields, names and texts in double "
        + "quotes, a comma between fields and none after the last.")
  }

  /// Where Foundation stopped reading. It only says so in words: "… around character 14".
  private static func place(of bytes: [UInt8]) -> (line: Int, column: Int)? {
    do {
      _ = try JSONSerialization.jsonObject(with: Data(bytes))
      return nil
    } catch {
      let words = (error as NSError).userInfo["NSDebugDescription"] as? String ?? ""
      let read: ArraySlice<UInt8>
      if let match = words.firstMatch(of: /around character (\d+)/),
        let offset = Int(match.output.1)
      {
        read = bytes.prefix(offset)
      } else if words.contains("end of file") {
        read = bytes[...]
      } else {
        return nil
      }
      let lineStart = read.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
      return (
        line: 1 + read.count { $0 == UInt8(ascii: "\n") }, column: 1 + read.endIndex - lineStart
      )
    }
  }

  /// Where a single value could not be read; nil if it is the text that cannot.
  private static func path(of error: any Error) -> FormPath? {
    let codingPath: [any CodingKey]
    switch error {
    case DecodingError.typeMismatch(_, let context): codingPath = context.codingPath
    case DecodingError.dataCorrupted(let context): codingPath = context.codingPath
    default: return nil
    }
    if codingPath.isEmpty { return nil }
    return codingPath.reduce(.whole) { path, key in
      key.intValue.map(path.item) ?? path.foreignField(key.stringValue)
    }
  }
}
