import CaseModel
import Messages

/// Who steps in, and why; both go into the slice's audit.
struct Operator: Sendable, Hashable {
  let actor: String
  let reason: String

  /// - Throws: a ``Refusal`` if one of them is missing or too long.
  init(_ grounds: Recourse_Worker_V1_Grounds) throws {
    actor = try Self.text(grounds.actor, path: "grounds.actor")
    reason = try Self.text(grounds.reason, path: "grounds.reason")
  }

  /// Writes down what is done.
  func audit(_ action: String, _ subject: String, in transaction: SliceTransaction) throws {
    try transaction.audit(actor: actor, action: action, subject: subject, words: reason)
  }

  /// Reads a key of events.
  /// - Throws: a ``Refusal`` with the path `key`.
  static func key(_ text: String) throws -> EventKey {
    do {
      return try EventKey(parsing: text)
    } catch {
      throw Refusal(.input, code: error.code, path: "key", message: "\(error).")
    }
  }

  private static func text(_ text: String, path: String) throws -> String {
    guard !text.allSatisfy(\.isWhitespace) else {
      throw Refusal(.input, code: "missing", path: path, message: "Expected a text here.")
    }
    guard text.count <= Bounds.groundsTextLimit else {
      throw Refusal(
        .input, code: "too-long", path: path,
        message: "Expected \(Bounds.groundsTextLimit) characters at most.")
    }
    return text
  }
}
