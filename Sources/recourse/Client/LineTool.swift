import Foundation

/// What commands have in common that take JSON lines in and give JSON lines out, in order: a line that
/// is wrong gives an error line in its place, and the rest goes on.
enum LineTool {
  /// A field of a line.
  enum Value: Sendable, Hashable {
    case text(String)
    case whole(Int)
    case other
  }

  /// An object of one line, whose fields are all used up.
  struct Line: Sendable {
    private let fields: [String: Value]

    /// - Throws: ``Failure`` if it is no JSON object, or has a field that is not among these.
    init(_ bytes: [UInt8], fields allowed: [String]) throws {
      do {
        let known = try JSONDecoder().decode([String: Decoded].self, from: Data(bytes))
        fields = known.mapValues(\.value)
      } catch {
        throw Failure.input("not-json", "The line is not one JSON object with plain fields.")
      }
      for name in fields.keys.sorted() where !allowed.contains(name) {
        throw Failure.input(
          "unknown-field", path: Self.shown(name),
          "There is no such field; expected: \(allowed.joined(separator: ", ")).")
      }
    }

    func has(_ name: String) -> Bool { fields[name] != nil }

    func text(_ name: String) throws -> String {
      switch fields[name] {
      case .text(let text): return text
      case nil: throw Failure.input("missing", path: name, "The field is missing.")
      default: throw Failure.input("wrong-type", path: name, "Expected text.")
      }
    }

    func whole(_ name: String) throws -> Int {
      switch fields[name] {
      case .whole(let number): return number
      case nil: throw Failure.input("missing", path: name, "The field is missing.")
      default: throw Failure.input("wrong-type", path: name, "Expected a whole number.")
      }
    }

    /// A name that looks like one; what slipped into its place is not repeated.
    private static func shown(_ name: String) -> String {
      let isName =
        name.utf8.count <= 64
        && name.unicodeScalars.allSatisfy {
          ("a"..."z").contains($0) || ("A"..."Z").contains($0) || ("0"..."9").contains($0)
            || $0 == "_" || $0 == "-"
        }
      return isName ? name : "?"
    }
  }

  /// A line above the bound.
  static let tooLong = Failure.input(
    "too-long", "The line is longer than \(LineCutter.lineBytesLimit) bytes.")

  /// Answers each line of the file with a line.
  /// - Throws: ``AlreadyTold`` at the end if a line was wrong.
  static func run(
    _ file: String, fields: [String], _ answer: (Line) throws -> JSON
  ) async throws {
    var isAllRight = true
    try await Input.forEachLine(of: file) { number, bytes in
      do {
        guard let bytes else { throw tooLong }
        Output.line(try answer(Line(bytes, fields: fields)))
      } catch let failure as Failure {
        isAllRight = false
        Output.line(failure.json(line: number))
      }
    }
    if !isAllRight { throw AlreadyTold(exit: .input) }
  }

  private struct Decoded: Decodable {
    let value: Value

    init(from decoder: any Decoder) throws {
      guard let container = try? decoder.singleValueContainer() else {
        value = .other
        return
      }
      if let text = try? container.decode(String.self) {
        value = .text(text)
      } else if (try? container.decode(Bool.self)) != nil {
        value = .other
      } else if let number = try? container.decode(Int.self) {
        value = .whole(number)
      } else {
        value = .other
      }
    }
  }
}
