public import Foundation

/// A word that stands for something personal in a test, and that is looked for in whatever a system writes, says or
/// sends: as it is, and in the forms in which it would travel.
public struct Marker: Sendable, Hashable, CustomStringConvertible {
  public let description: String
  private let forms: [Data]

  /// - Parameter word: of ASCII letters and digits, 8 at least, so that it is nowhere by chance.
  public init(_ word: String) {
    precondition(word.utf8.count >= 8, "a marker has 8 letters at least")
    description = word
    forms = Self.forms(of: word)
  }

  /// True if it is in the bytes in any of its forms. (JSON writes letters and digits as they are.)
  public func isIn(_ bytes: Data) -> Bool { forms.contains { bytes.range(of: $0) != nil } }

  /// True if it is in the text in any of its forms.
  public func isIn(_ text: String) -> Bool { isIn(Data(text.utf8)) }

  /// UTF-8, UTF-16 in both orders, hexadecimal digits and Base64 in all three places that it can begin at.
  private static func forms(of word: String) -> [Data] {
    let bytes = Data(word.utf8)
    let digits = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    let wide: [UInt8] = bytes.reduce(into: []) { $0 += [$1, 0] }
    var forms = [
      bytes, Data(wide), Data([0] + wide.dropLast()), Data(digits.utf8),
      Data(digits.uppercased().utf8),
    ]
    for lead in 0..<3 {
      // Without the characters that the bytes before and after it have a part in.
      let text = (Data(count: lead) + bytes).base64EncodedString()
      let first = (lead * 8 + 5) / 6
      let last = (lead + bytes.count) * 8 / 6
      forms.append(Data(text.utf8.prefix(last).dropFirst(first)))
    }
    return forms
  }
}

extension Marker {
  /// Files below a folder that have the marker in their bytes or their name, as paths in it.
  public func files(in folder: URL) -> [String] {
    let paths = FileManager.default.enumerator(atPath: folder.path)?.allObjects ?? []
    return paths.compactMap { $0 as? String }.filter { path in
      let place = folder.appending(path: path).path
      return isIn(path) || isIn(FileManager.default.contents(atPath: place) ?? Data())
    }
  }
}
