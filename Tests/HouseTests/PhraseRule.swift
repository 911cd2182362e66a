/// Words that may not stand in some places of the project.
struct PhraseRule: Sendable, CustomStringConvertible {
  /// Which lines a rule looks at.
  enum Reading: Sendable {
    /// What the compiler reads: no comments, no text of literals.
    case code
    /// Every word on the page.
    case page
  }

  let name: String
  let phrases: [String]
  var reading = Reading.code
  /// Folders or files; `*` stands for any one name, and an empty list for everywhere.
  var places: [String] = []
  /// Folders or files in which it is right all the same.
  var exceptions: [String] = []
  /// Right in front of a phrase, this makes it harmless.
  var harmlessAfter: [String] = []
  /// What to do, said to whoever broke the rule.
  let instead: String

  var description: String { name }

  func findings(in files: [SourceFile]) -> [Finding] {
    files.flatMap(findings(in:))
  }

  func findings(in file: SourceFile) -> [Finding] {
    guard places.isEmpty || places.contains(where: file.lies(in:)),
      !exceptions.contains(where: file.lies(in:))
    else { return [] }
    let lines = reading == .code ? file.code : file.lines
    return lines.indices.flatMap { index in
      phrases.filter { stands($0, in: lines[index]) }.map { phrase in
        Finding(path: file.path, line: index + 1, what: "“\(phrase)” (\(name)). \(instead)")
      }
    }
  }

  /// True if the phrase is in the line, and not as a part of a longer word.
  private func stands(_ phrase: String, in line: String) -> Bool {
    let line = line.utf8
    var rest = line[...]
    while let start = rest.firstRange(of: phrase.utf8)?.lowerBound {
      let end = line.index(start, offsetBy: phrase.utf8.count)
      let before = line[..<start]
      let breaksBefore = !isWord(phrase.utf8.first) || !isWord(before.last)
      let breaksAfter = !isWord(phrase.utf8.last) || !isWord(line[end...].first)
      let isHarmless = harmlessAfter.contains {
        before.suffix($0.utf8.count).elementsEqual($0.utf8)
      }
      if breaksBefore, breaksAfter, !isHarmless { return true }
      rest = line[line.index(after: start)...]
    }
    return false
  }

  private func isWord(_ byte: UInt8?) -> Bool {
    switch byte {
    case .some(UInt8(ascii: "a")...UInt8(ascii: "z")), .some(UInt8(ascii: "A")...UInt8(ascii: "Z")),
      .some(UInt8(ascii: "0")...UInt8(ascii: "9")), .some(UInt8(ascii: "_")):
      true
    default: false
    }
  }
}
