import ZeroMQ

@testable import Bus

/// The golden messages as inputs, and calls made of several of them.
enum FramesSeeds {
  /// Bytes of an input at most.
  private static let limit = 900

  static func all(_ golden: String) -> [(name: String, input: [UInt8])] {
    let vectors = read(golden).filter { $0.parts.reduce(0) { $0 + $1.count } < limit }
    // Refused messages are short: all of them are one input.
    let refused = vectors.filter { !$0.isAccepted }.flatMap { message($0.parts, 0) }
    return kinds(vectors) + [("refused", [0] + refused.prefix(limit))]
      + calls.map { name, settings, chosen in
        let messages = chosen.flatMap { chosen in
          vectors.first { $0.name == chosen.0 }.map { message($0.parts, chosen.1) } ?? []
        }
        return (name, [settings] + messages)
      } + sizes
  }

  /// The messages of each kind.
  private static func kinds(_ vectors: [Vector]) -> [(name: String, input: [UInt8])] {
    let accepted = vectors.filter(\.isAccepted)
    return FrameKind.allCases.map { kind in
      let messages = accepted.filter { $0.parts[0][2] == kind.rawValue }
      return ("\(kind)", [0] + messages.flatMap { message($0.parts, 0) }.prefix(limit))
    }
  }

  /// Golden messages in the order of a call, each with what this side does before it comes.
  private static let calls: [(String, UInt8, [(String, UInt8)])] = [
    (
      "handler-of-a-stream", 0,
      [
        ("open-stream", 0), ("data", 0), ("credit", 3), ("data-end", 1), ("data", 3), ("cancel", 2),
      ]
    ),
    (
      "handler-of-a-unary-call", 0,
      [("open-unary", 0), ("end", 3), ("credit", 2), ("data", 0)]
    ),
    (
      "caller-of-a-stream", 1,
      [
        ("data-metadata-message", 1), ("data", 3), ("credit", 2), ("data", 3), ("status-error", 0),
        ("data", 0),
      ]
    ),
    ("caller-of-a-unary-call", 1, [("status-ok-unary", 2), ("status-lost", 0)]),
  ]

  /// Frames of the most bytes, and of one more.
  private static let sizes: [(name: String, input: [UInt8])] = [
    ("largest-fields", [0, 0xF1, 0, 24] + header(.ping, []) + [0]),
    ("too-large-fields", [0, 0xF1, 0, 24] + header(.ping, []) + [1]),
    ("largest-body", [1, 0xF2, 0, 24] + header(.data, .message) + [0, 0, 0]),
    ("too-large-body", [1, 0xF2, 0, 24] + header(.data, .message) + [0, 0, 1]),
  ]

  /// - Parameter act: what this side does before it comes (``CallSide/act(_:)``).
  private static func message(_ parts: [[UInt8]], _ act: UInt8) -> [UInt8] {
    var bytes: [UInt8] = [UInt8(parts.count & 3) | act << 2]
    for part in parts {
      bytes += [UInt8(part.count >> 8), UInt8(part.count & 0xFF)]
      bytes += part
    }
    return bytes
  }

  private static func header(_ kind: FrameKind, _ flags: FrameFlags) -> [UInt8] {
    Frame(kind, flags: flags, session: 1, stream: kind.isCall ? 1 : 0).encoded().head
      .withUnsafeBytes { [UInt8]($0) }
  }

  // MARK: Reading

  private struct Vector {
    let name: String
    let isAccepted: Bool
    var parts: [[UInt8]] = []

    /// A part that takes several lines.
    mutating func goOn(_ bytes: [UInt8]) { parts[parts.count - 1] += bytes }
  }

  /// The head of the file says how it is written.
  private static func read(_ text: String) -> [Vector] {
    var vectors: [Vector] = []
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      let word = line.prefix { $0 != " " }
      let rest = line.dropFirst(word.count).drop { $0 == " " }
      switch word {
      case "accepted", "refused":
        vectors.append(Vector(name: String(rest), isAccepted: word == "accepted"))
      case "frame": vectors[vectors.count - 1].parts.append(bytes(rest))
      case "": vectors[vectors.count - 1].goOn(bytes(rest))
      default: break
      }
    }
    return vectors
  }

  /// Hexadecimal words, some with how often they stand there; `-` is nothing.
  private static func bytes(_ text: Substring) -> [UInt8] {
    text.split(separator: " ").flatMap { word -> [UInt8] in
      let parts = word.split(separator: "*")
      let digits = Array(parts[0].utf8)
      let unit = stride(from: 0, to: digits.count - 1, by: 2).compactMap { index in
        UInt8(String(decoding: digits[index...index + 1], as: UTF8.self), radix: 16)
      }
      let count = parts.count == 2 ? Int(parts[1]) ?? 0 : 1
      return Array(repeatElement(unit, count: count).joined())
    }
  }
}
