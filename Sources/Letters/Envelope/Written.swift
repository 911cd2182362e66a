public import CaseModel

extension Letter {
  /// A letter as it was kept, or as a person has changed it: read from its plain text, so that page and print say what
  /// the text says, word for word.
  ///
  /// A line with a rule of `=` or `-` beneath it is a title or a heading, lines that begin with `- ` are a list, and what
  /// stands between empty lines is a paragraph. Everything else stays as it is. Where addresses lead is lost.
  public struct Written: Sendable, Hashable {
    let paper: Paper

    /// - Parameter title: for a text that has none of its own.
    public init(_ text: String, title: String = "", in language: Language) {
      var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map {
        String($0.last == "\r" ? $0.dropLast() : $0)
      }
      var heading = title
      if lines.count > 1, Self.isRule(lines[1], of: "=", under: lines[0]) {
        heading = lines[0]
        lines.removeFirst(2)
      }
      var paper = Paper(heading, in: language)
      for part in lines.split(whereSeparator: { $0.allSatisfy(\.isWhitespace) }) {
        Self.read(Array(part), into: &paper)
      }
      self.paper = paper
    }

    /// Plain text: what it was made from, as far as that is in the shape of a letter.
    public var text: String { paper.text }

    /// A whole page that stands alone.
    public func html(salutation: String = "", isLarge: Bool = false) -> String {
      paper.html(Paper.Dress(salutation: salutation, isLarge: isLarge))
    }

    private static func read(_ lines: [String], into paper: inout Paper) {
      if lines.count == 2, isRule(lines[1], of: "-", under: lines[0]) {
        paper.heading(lines[0])
      } else if lines.allSatisfy({ $0.hasPrefix("- ") }) {
        paper.list(lines.map { String($0.dropFirst(2)) })
      } else {
        for line in lines { paper.paragraph(line) }
      }
    }

    private static func isRule(_ line: String, of mark: Character, under words: String) -> Bool {
      !line.isEmpty && !words.isEmpty && line.allSatisfy { $0 == mark }
    }
  }
}
