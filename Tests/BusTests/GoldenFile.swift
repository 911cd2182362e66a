import Foundation
import Testing

/// One message of `Golden/frames.txt`.
struct GoldenVector: Sendable, CustomTestStringConvertible {
  let name: String
  let isAccepted: Bool
  /// Why a message that is not accepted is refused.
  var error = ""
  var frames: [[UInt8]] = []

  var testDescription: String { name }
}

/// Reads `Golden/frames.txt`; its head says how it is written.
enum GoldenFile {
  struct Malformed: Error {
    let line: Int
  }

  /// All messages, read once.
  static let vectors = Result { try read() }

  private static func read() throws -> [GoldenVector] {
    let url = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Golden/frames.txt")
    var vectors: [GoldenVector] = []
    let lines = try String(contentsOf: url, encoding: .utf8).components(separatedBy: "\n")
    for (index, line) in lines.enumerated() where !line.isEmpty && !line.hasPrefix("#") {
      let word = line.prefix { $0 != " " }
      let rest = line.dropFirst(word.count).drop { $0 == " " }
      switch (word, vectors.indices.last) {
      case ("accepted", _): vectors.append(GoldenVector(name: String(rest), isAccepted: true))
      case ("refused", _): vectors.append(GoldenVector(name: String(rest), isAccepted: false))
      case ("means", _?): break
      case ("error", let last?): vectors[last].error = String(rest)
      case ("frame", let last?): vectors[last].frames.append(try bytes(rest, index))
      case ("", let last?) where !vectors[last].frames.isEmpty:
        let end = vectors[last].frames.count - 1
        vectors[last].frames[end] += try bytes(rest, index)
      default: throw Malformed(line: index + 1)
      }
    }
    return vectors
  }

  private static func bytes(_ text: Substring, _ index: Int) throws -> [UInt8] {
    if text == "-" { return [] }
    var bytes: [UInt8] = []
    for word in text.split(separator: " ") {
      let parts = word.split(separator: "*")
      guard let digits = parts.first, digits.count.isMultiple(of: 2) else {
        throw Malformed(line: index + 1)
      }
      var unit: [UInt8] = []
      var rest = digits
      while !rest.isEmpty {
        guard let byte = UInt8(rest.prefix(2), radix: 16) else { throw Malformed(line: index + 1) }
        unit.append(byte)
        rest = rest.dropFirst(2)
      }
      let count = parts.count == 2 ? Int(parts[1]) ?? 0 : 1
      if let only = unit.first, unit.count == 1 {
        bytes += [UInt8](repeating: only, count: count)
      } else {
        for _ in 0..<count { bytes += unit }
      }
    }
    return bytes
  }
}
