/// A sentence as it stands in the sources: in English and in Welsh, side by side.
struct SpokenPair: Sendable, Hashable {
  /// Where it stands.
  let file: String
  /// From 1.
  let line: Int
  /// What is worked out stands in braces: within a text as the sources name it, between two as `{…}`.
  let english: String
  let welsh: String
}

/// Reads the pairs out of a file of Swift: calls of ``callees`` with two texts, made of literals.
///
/// It knows as much of Swift as that takes: comments, literals of every kind, what is worked out in them, and brackets.
struct SpokenPairReader {
  /// What says one of two texts, by the language.
  static let callees: Set = ["say", "self", "speech", "Phrase"]

  private let file: String
  private let text: [Character]
  private var at = 0
  private var line = 1
  private(set) var pairs: [SpokenPair] = []

  init(_ source: String, file: String) {
    self.file = file
    text = Array(source)
    while at < text.count { _ = arguments() }
  }

  private struct Argument {
    var text = ""
    var hasLiteral = false
    var hasOther = false

    mutating func addOther() {
      hasOther = true
      if !text.hasSuffix(SpokenPairReader.other) { text += SpokenPairReader.other }
    }
  }

  private static let other = "{…}"

  private func isAt(_ words: String) -> Bool { text[at...].starts(with: words) }

  private mutating func step(_ count: Int = 1) {
    for _ in 0..<count where at < text.count {
      if text[at].isNewline { line += 1 }
      at += 1
    }
  }

  /// Goes on behind the bracket that closes what is open.
  private mutating func arguments() -> [Argument] {
    var (all, current) = ([Argument](), Argument())
    func ended() -> [Argument] { current.hasLiteral || current.hasOther ? all + [current] : all }
    while at < text.count {
      switch text[at] {
      case ")", "]", "}":
        step()
        return ended()
      case "(", "[", "{":
        step()
        _ = arguments()
        current.addOther()
      case ",":
        step()
        all.append(current)
        current = Argument()
      case "\"":
        current.text += literal()
        current.hasLiteral = true
      case "#" where isAt("#\""):
        skip(to: "\"#")
        current.addOther()
      case "/" where isAt("//"): while at < text.count, !text[at].isNewline { step() }
      case "/" where isAt("/*"): skip(to: "*/")
      case let first where first.isLetter || first == "_":
        let place = line
        let name = word()
        current.addOther()
        guard Self.callees.contains(name), at < text.count, text[at] == "(" else { continue }
        step()
        take(arguments(), name, place)
      case let sign:
        if !sign.isWhitespace, sign != "+" { current.addOther() }
        step()
      }
    }
    return ended()
  }

  private mutating func take(_ arguments: [Argument], _ name: String, _ place: Int) {
    guard arguments.count == 2, arguments.contains(where: \.hasLiteral) else { return }
    // What `self(…)` makes of more than two texts may be anything; what has no words in either language says nothing.
    guard name != "self" || !arguments.contains(where: \.hasOther),
      arguments.contains(where: { !$0.text.isEmpty })
    else { return }
    pairs.append(
      SpokenPair(
        file: file, line: place, english: arguments[0].text, welsh: arguments[1].text))
  }

  private mutating func word() -> String {
    let start = at
    while at < text.count, text[at].isLetter || text[at].isNumber || text[at] == "_" { step() }
    return String(text[start..<at])
  }

  /// What stands in a literal, whose first quotation mark is here.
  private mutating func literal() -> String {
    let end = isAt("\"\"\"") ? "\"\"\"" : "\""
    step(end.count)
    var words = ""
    while at < text.count, !isAt(end) {
      guard text[at] == "\\" else {
        words.append(text[at])
        step()
        continue
      }
      step()
      guard at < text.count else { break }
      words += escape()
    }
    step(end.count)
    return words
  }

  /// What a backslash before this means.
  private mutating func escape() -> String {
    let sign = text[at]
    step()
    switch sign {
    case "n": return "\n"
    case "t": return "\t"
    case "(":
      let start = at
      _ = arguments()
      return "{" + String(text[start..<max(start, at - 1)]) + "}"
    case "u":
      let start = at + 1
      while at < text.count, text[at] != "}" { step() }
      let digits = String(text[min(start, at)..<at])
      step()
      return UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init).map { String($0) } ?? ""
    default: return sign.isNewline ? "" : String(sign)
    }
  }

  private mutating func skip(to end: String) {
    step(end.count)
    while at < text.count, !isAt(end) { step() }
    step(end.count)
  }
}
