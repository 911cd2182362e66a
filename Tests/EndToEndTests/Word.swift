import Foundation

/// A word, and the forms in which it may have been written.
struct Word {
  let text: String
  private let forms: [Data]

  init(_ text: String) {
    self.text = text
    let bytes = Data(text.utf8)
    let wide: [UInt8] = bytes.reduce(into: []) { $0 += [$1, 0] }
    // In Base64 it begins at one of three places; what the bytes beside it have a part in is left out.
    let encoded = (0..<3).map { lead in
      let whole = (Data(count: lead) + bytes).base64EncodedString()
      return Data(whole.utf8.prefix((lead + bytes.count) * 8 / 6).dropFirst((lead * 8 + 5) / 6))
    }
    let hexadecimal = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    forms = [bytes, Data(wide), Data([0] + wide.dropLast()), Data(hexadecimal.utf8)] + encoded
  }

  func isIn(_ bytes: Data) -> Bool { forms.contains { bytes.range(of: $0) != nil } }
  func isIn(_ said: String) -> Bool { isIn(Data(said.utf8)) }

  /// Files below the folder that have the word in their bytes or their name, as paths in it.
  func files(in folder: String) -> [String] {
    let paths = FileManager.default.enumerator(atPath: folder)?.allObjects ?? []
    return paths.compactMap { $0 as? String }.filter { path in
      isIn(path) || isIn(FileManager.default.contents(atPath: "\(folder)/\(path)") ?? Data())
    }
  }
}
