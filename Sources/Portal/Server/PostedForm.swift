import Foundation

/// What somebody typed and sent.
///
/// Text is composed (NFC), with line feeds alone, without control characters and without space around it; so it comes
/// back to the page it came from.
struct PostedForm: Sendable, Hashable {
  /// The name of the hidden field with ``Session/formToken``.
  static let tokenField = "form-token"

  private(set) var values: [String: [String]] = [:]
  /// A file, of a form that has one.
  var file: PostedFile?

  init() {}

  init(_ values: [String: String]) {
    for (name, value) in values { self.values[name] = [value] }
  }

  /// Reads `application/x-www-form-urlencoded`.
  /// - Throws: ``Problem/malformed`` for what no browser sends.
  init(urlEncoded bytes: some Sequence<UInt8>) throws(Problem) {
    guard let text = String(validating: Array(bytes), as: UTF8.self) else { throw .malformed }
    for pair in text.split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = try Self.decoded(parts[0])
      try add(name, try parts.count == 2 ? Self.decoded(parts[1]) : "")
    }
  }

  /// - Throws: ``Problem/malformed`` if there are too many fields, or one is too long.
  mutating func add(_ name: String, _ value: String) throws(Problem) {
    let count = values.values.reduce(0) { $0 + $1.count }
    guard count < PortalBounds.fieldsLimit, name.utf8.count <= 200,
      value.count <= PortalBounds.fieldCharactersLimit
    else { throw .malformed }
    values[name, default: []].append(Self.clean(value))
  }

  /// Puts values in the place of those of a field.
  mutating func set(_ name: String, _ all: [String]) { values[name] = all }

  /// The first value of a field; empty if it was not sent.
  subscript(name: String) -> String { values[name]?.first ?? "" }

  /// All values of a field, such as of boxes that were ticked; without empty ones.
  func all(_ name: String) -> [String] { (values[name] ?? []).filter { !$0.isEmpty } }

  /// What is kept of what was typed.
  static func clean(_ text: String) -> String {
    let lines = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
    let scalars = lines.precomposedStringWithCanonicalMapping.unicodeScalars.filter { scalar in
      if scalar == "\n" || scalar == "\t" { return true }
      switch scalar.properties.generalCategory {
      case .control, .privateUse, .surrogate, .unassigned: return false
      default: return !Self.directionMarks.contains(scalar.value)
      }
    }
    return String(String.UnicodeScalarView(scalars))
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// Marks that turn the direction of writing, with which a text can look like another one.
  private static let directionMarks: Set<UInt32> = [
    0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069,
  ]

  private static func decoded(_ text: Substring) throws(Problem) -> String {
    guard let text = text.replacing("+", with: " ").removingPercentEncoding else {
      throw .malformed
    }
    return text
  }
}

/// A file that somebody sent.
struct PostedFile: Sendable, Hashable {
  /// As the browser named it, without a path. Personal: in no log.
  let name: String
  let bytes: [UInt8]
}
