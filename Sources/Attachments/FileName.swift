/// A file's name as it is kept: without a path, without what turns around or hides what it says, and with the ending of
/// what the file is, so that nothing opens it as something else.
public struct FileName: Sendable, Hashable {
  public let text: String

  /// - Parameter sent: whatever somebody's device calls it.
  public init(_ sent: String, of type: FileType) {
    let ending = type.endings[0]
    var stem = Self.plain(sent)
    if let dot = stem.lastIndex(of: "."),
      type.endings.contains(stem[stem.index(after: dot)...].lowercased())
    {
      stem = String(stem[..<dot])
    }
    stem = Self.trimmed(String(stem.prefix(FileBounds.nameLimit - ending.count - 1)))
    text = "\(stem.isEmpty ? "file" : stem).\(ending)"
  }

  /// Longer than any device writes one: not looked through.
  private static let sentLimit = 1024

  private static func plain(_ sent: String) -> String {
    let last = sent.prefix(sentLimit).split { $0 == "/" || $0 == "\\" }.last ?? ""
    return trimmed(
      String(String.UnicodeScalarView(last.unicodeScalars.filter { isShown($0) })))
  }

  /// False for what is not seen: controls, and what changes the direction of writing.
  private static func isShown(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse,
      .unassigned:
      false
    default: !forbidden.contains(scalar)
    }
  }

  /// What some system takes for something else than a letter of a name.
  private static let forbidden = Set("<>:\"|?*".unicodeScalars)

  private static func trimmed(_ text: String) -> String {
    let isEdge = { (character: Character) in character.isWhitespace || character == "." }
    return String(text.drop(while: isEdge).reversed().drop(while: isEdge).reversed())
  }
}
