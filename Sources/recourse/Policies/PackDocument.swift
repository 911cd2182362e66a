import CaseModel
import Policy
import PolicyDocuments

/// A pack with the document that it was read from.
struct PackDocument: Sendable {
  /// Where a document comes from.
  enum Origin: String, Sendable {
    case builtIn = "built-in"
    /// One of the files that an installation adopts.
    case adopted
    /// From the log: it decides, and its file is no longer there or says something else.
    case published
    /// Given to the command.
    case given
  }

  /// Where it stands: a file's path or, of one without a file, its name and version.
  let place: String
  let text: String
  let pack: PolicyPack
  var origin = Origin.given

  /// Those that come with Recourse.
  static func builtIn() throws -> [PackDocument] {
    try BuiltInPolicyDocuments.all.map { text in
      let pack = try PolicyDocument.parse(text)
      return PackDocument(
        place: "\(pack.name)@\(pack.version)", text: text, pack: pack, origin: .builtIn)
    }
  }

  /// Reads a file.
  /// - Throws: ``Failure`` `invalid-policy` with file, line and path, or that it cannot be read.
  static func file(_ name: String) async throws -> PackDocument {
    let place = name == "-" ? "standard input" : name
    guard let text = String(validating: try await Input.bytes(of: name), as: UTF8.self) else {
      throw Failure.input("not-utf-8", path: place, "A policy pack is a text in UTF-8.")
    }
    return try parse(text, at: place)
  }

  /// - Throws: ``Failure`` `invalid-policy` with place, line and path.
  static func parse(
    _ text: String, at place: String, from origin: Origin = .given
  ) throws -> PackDocument {
    do {
      return PackDocument(
        place: place, text: text, pack: try PolicyDocument.parse(text), origin: origin)
    } catch {
      let line = error.line.map { ":\($0)" } ?? ""
      let path = error.path.isEmpty ? "" : ": \(error.path)"
      throw Failure.input(
        error.code, path: place + line + path, "\(error.message).".capitalizedSentence
      ).with(wayOut: "Sources/PolicyDocuments/README.md says field by field what is expected.")
    }
  }
}

extension String {
  /// The day that an option gives.
  /// - Throws: ``Failure`` `not-a-date`.
  func day(_ path: String) throws -> CalendarDate {
    guard let day = CalendarDate(self) else {
      throw Failure.usage("not-a-date", path: path, "Expected a day that exists, as YYYY-MM-DD.")
    }
    return day
  }
}
