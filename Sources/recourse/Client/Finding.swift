/// Something that an operator should know of an installation, with what to do about it.
struct Finding: Sendable, Hashable {
  /// How much it matters.
  enum Weight: String, Sendable {
    /// Something does not work, or soon will not: the command that finds it does not end with 0.
    case problem
    /// Worth knowing; everything works.
    case note
  }

  let weight: Weight
  /// Stable, lower case with hyphens, such as `parked-events`.
  let code: String
  /// What it is about: a process, or a file.
  let subject: String
  /// What is wrong, in a sentence or two.
  let message: String
  /// What to type or do; empty if there is nothing to do.
  var wayOut = ""

  static func problem(
    _ code: String, _ subject: String, _ message: String, wayOut: String = ""
  ) -> Finding {
    Finding(weight: .problem, code: code, subject: subject, message: message, wayOut: wayOut)
  }

  static func note(
    _ code: String, _ subject: String, _ message: String, wayOut: String = ""
  ) -> Finding {
    Finding(weight: .note, code: code, subject: subject, message: message, wayOut: wayOut)
  }

  var json: JSON {
    .object([
      ("weight", .text(weight.rawValue)), ("code", .text(code)), ("subject", .text(subject)),
      ("message", .text(message)), ("wayOut", .optional(wayOut)),
    ])
  }

  /// As a person reads it.
  var text: String {
    let next = wayOut.isEmpty ? "" : "\n  \(wayOut)"
    return "\(weight.rawValue.uppercased()) \(code) at \(subject)\n  \(message)\(next)"
  }
}

extension [Finding] {
  var hasProblem: Bool { contains { $0.weight == .problem } }

  /// Problems first, each kind in its order.
  var byWeight: [Finding] {
    filter { $0.weight == .problem } + filter { $0.weight == .note }
  }
}
