/// What there is before and after as a small picture (SVG): bars with their numbers beside them, so that
/// nothing is told by colour alone, with a title and a description for whoever does not see it.
struct OutcomeChart: Sendable {
  let title: String
  /// Each has a scale of its own.
  let parts: [Part]

  /// Bars that are compared with each other.
  struct Part: Sendable {
    /// Empty if the title says it.
    var heading = ""
    /// Name, before and after.
    let rows: [(name: String, before: Int, after: Int)]
  }

  // In pixels.
  private static let (width, barsAt, longestBar, top) = (640, 150, 360, 56)
  private static let (barHeight, barGap, groupGap) = (16, 4, 18)
  fileprivate static let headingHeight = 34
  fileprivate static let groupHeight = 2 * barHeight + barGap + groupGap
  private static let (ink, paper, blue) = ("#1a1a1a", "#ffffff", "#1d4e89")

  private var height: Int { Self.top + parts.reduce(0) { $0 + $1.height } }

  var svg: String {
    """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Self.width) \(height)" width="\(Self.width)" \
    height="\(height)" role="img" aria-labelledby="title desc" font-family="sans-serif" font-size="13">
    <title id="title">\(Self.escaped(title))</title>
    <desc id="desc">\(Self.escaped(description))</desc>
    <rect width="100%" height="100%" fill="\(Self.paper)"/>
    <text x="16" y="24" font-size="16" font-weight="bold" fill="\(Self.ink)">\(Self.escaped(title))</text>
    \(drawnParts.joined(separator: "\n"))
    </svg>

    """
  }

  private var drawnParts: [String] {
    var (drawn, y) = ([String](), Self.top)
    for part in parts {
      drawn.append(Self.draw(part, at: y))
      y += part.height
    }
    return drawn
  }

  private static func draw(_ part: Part, at top: Int) -> String {
    let most = part.rows.map { max($0.before, $0.after) }.max() ?? 0
    var lines: [String] = []
    if !part.heading.isEmpty {
      lines.append(
        "<text x=\"16\" y=\"\(top + barHeight)\" font-weight=\"bold\" fill=\"\(ink)\">"
          + "\(escaped(part.heading))</text>")
    }
    for (place, row) in part.rows.enumerated() {
      let y = top + part.headingHeight + place * groupHeight
      lines += [
        "<text x=\"16\" y=\"\(y + barHeight + 5)\" fill=\"\(ink)\">\(escaped(row.name))</text>",
        bar(row.before, of: most, "before", y, fill: paper),
        bar(row.after, of: most, "after", y + barHeight + barGap, fill: blue),
      ]
    }
    return lines.joined(separator: "\n")
  }

  private static func bar(
    _ count: Int, of most: Int, _ word: String, _ y: Int, fill: String
  ) -> String {
    let length = most == 0 ? 0 : count * longestBar / most
    return """
      <rect x="\(barsAt)" y="\(y)" width="\(length)" height="\(barHeight)" fill="\(fill)" \
      stroke="\(blue)" stroke-width="2"/>
      <text x="\(barsAt + length + 8)" y="\(y + 13)" fill="\(ink)">\(count) \(word)</text>
      """
  }

  private var description: String {
    parts.map { part in
      (part.heading.isEmpty ? "" : "\(part.heading): ")
        + part.rows.map { "\($0.name): \($0.before) before, \($0.after) after" }
        .joined(separator: "; ") + "."
    }.joined(separator: " ")
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }
}

extension OutcomeChart.Part {
  fileprivate var headingHeight: Int { heading.isEmpty ? 0 : OutcomeChart.headingHeight }
  fileprivate var height: Int { headingHeight + rows.count * OutcomeChart.groupHeight }
}
