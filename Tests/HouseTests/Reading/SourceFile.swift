/// One file of the checkout, as its author wrote it and as the compiler reads it.
struct SourceFile: Sendable {
  /// From the root of the checkout, such as `Sources/Bus/Wire/Frame.swift`.
  let path: String
  /// The lines as they stand.
  let lines: [String]
  /// The same lines with comments and the text of literals blanked; for a file that is not Swift,
  /// the lines as they stand.
  let code: [String]

  init(path: String, text: String) {
    self.path = path
    self.lines = Self.split(text)
    self.code = path.hasSuffix(".swift") ? Self.split(SwiftCode.blanked(text)) : lines
  }

  /// True if the file lies in the folder or is the file. A `*` in it stands for any one name.
  func lies(in folder: String) -> Bool {
    let pattern = folder.split(separator: "/")
    let names = path.split(separator: "/")
    return pattern.count <= names.count
      && zip(pattern, names).allSatisfy { $0 == "*" || $0 == $1 }
  }

  private static func split(_ text: String) -> [String] {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    return lines
  }
}
