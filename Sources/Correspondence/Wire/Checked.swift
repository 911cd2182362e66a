import CaseModel
import Foundation
import WorkerKit

/// What stands in requests, checked: each bound has a name, and no refusal repeats what was typed.
enum Checked {
  /// Characters of a person's name.
  static let officerLimit = 200
  /// Characters of a reason.
  static let reasonLimit = 1_000
  /// Characters of a subject.
  static let subjectLimit = 200
  /// Characters of a text: with its page it is what the guard looks at in one go.
  static let textLimit = 20_000
  /// Characters of a code, and of what a notice is about.
  static let wordLimit = 64

  /// What stands in a refusal of another value.
  static func oneOf<Choice: CaseIterable & RawRepresentable<String>>(_: Choice.Type) -> String {
    "Expected one of: \(Choice.allCases.map(\.rawValue).joined(separator: ", "))."
  }

  /// Who does it, by name.
  static func officer(_ text: String) throws -> String {
    let name = try bounded(text, path: "officer", limit: officerLimit)
    guard name.contains(where: \.isLetter) else {
      throw Refusal(
        .input, code: "missing", path: "officer",
        message: "It is done in a person's name; expected a name.")
    }
    return name
  }

  /// Why.
  static func reason(_ text: String) throws -> String {
    let reason = try bounded(text, path: "reason", limit: reasonLimit)
    guard !reason.isEmpty else {
      throw Refusal(
        .input, code: "missing", path: "reason", message: "Expected why, in a few words.")
    }
    return reason
  }

  static func grounds(_ officer: String, _ reason: String) throws -> Grounds {
    Grounds(officer: try self.officer(officer), reason: try self.reason(reason))
  }

  /// Without the white space around it.
  static func bounded(_ text: String, path: String, limit: Int) throws -> String {
    let text = text.trimmingCharacters(in: .whitespacesAndNewlines)
    guard text.count <= limit else {
      throw Refusal(
        .input, code: "too-long", path: path, message: "Expected \(limit) characters at most.")
    }
    return text
  }

  /// Of one line, so that nothing can begin a header of its own.
  static func line(_ text: String, path: String, limit: Int) throws -> String {
    let line = try bounded(text, path: path, limit: limit)
    guard !line.contains(where: \.isNewline),
      line.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control })
    else {
      throw Refusal(
        .input, code: "wrong-form", path: path,
        message: "Expected one line without control characters.")
    }
    return line
  }

  /// Bytes of an e-mail address (RFC 5321, 4.5.3.1.3).
  static let mailboxBytesLimit = 254

  /// An e-mail address, as a pack has one; whether somebody reads it is not known here. Nil if there is none.
  static func mailbox(_ text: String, path: String) throws -> String? {
    let address = text.trimmingCharacters(in: .whitespacesAndNewlines)
    if address.isEmpty { return nil }
    let parts = address.split(separator: "@", omittingEmptySubsequences: false)
    let isPlain = address.unicodeScalars.allSatisfy { (0x21...0x7E).contains($0.value) }
    guard parts.count == 2, !parts[0].isEmpty, parts[1].contains("."), !parts[1].hasPrefix("."),
      !parts[1].hasSuffix("."), isPlain, address.utf8.count <= mailboxBytesLimit,
      !address.contains(where: { "<>,;:\"\\()[]".contains($0) })
    else {
      throw Refusal(
        .input, code: "not-a-mailbox", path: path,
        message: "Expected an e-mail address of an office, such as asb@council.example.")
    }
    return address
  }

  /// The code of a failure that says it in words of its own.
  static let otherCode = "other"

  /// A stable code, in lower case with hyphens; empty for none. What is no code is not kept: nobody knows what an outside
  /// server says.
  static func code(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy { byte in
      (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2D
    }
    return isPlain && text.utf8.count <= wordLimit ? text : otherCode
  }

  /// Nil if there is none.
  static func day(_ text: String, path: String) throws -> CalendarDate? {
    if text.isEmpty { return nil }
    guard let day = CalendarDate(text) else {
      throw Refusal(
        .input, code: "not-a-date", path: path, message: "Expected a day, as YYYY-MM-DD.")
    }
    return day
  }
}
