/// Outcomes before and after as a small picture (SVG): bars with their numbers beside them, so that
/// nothing is told by colour alone, with a title and a description for whoever does not see it.
struct OutcomeChart: Sendable {
  let title: String
  /// Name, before and after.
  let outcomes: [(name: String, before: Int, after: Int)]

  // In pixels.
  private static let (width, barsAt, longestBar, top) = (640, 150, 360, 56)
  private static let (barHeight, barGap, groupGap) = (16, 4, 18)
  private static let (ink, paper, blue) = ("#1a1a1a", "#ffffff", "#1d4e89")

  private var groupHeight: Int { 2 * Self.barHeight + Self.barGap + Self.groupGap }
  private var height: Int { Self.top + outcomes.count * groupHeight }

  var svg: String {
    """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Self.width) \(height)" width="\(Self.width)" \
    height="\(height)" role="img" aria-labelledby="title desc" font-family="sans-serif" font-size="13">
    <title id="title">\(Self.escaped(title))</title>
    <desc id="desc">\(Self.escaped(description))</desc>
    <rect width="100%" height="100%" fill="\(Self.paper)"/>
    <text x="16" y="24" font-size="16" font-weight="bold" fill="\(Self.ink)">\(Self.escaped(title))</text>
    \(outcomes.indices.map(group).joined(separator: "\n"))
    </svg>

    """
  }

  private func group(_ place: Int) -> String {
    let (name, before, after) = outcomes[place]
    let y = Self.top + place * groupHeight
    return """
      <text x="16" y="\(y + Self.barHeight + 5)" fill="\(Self.ink)">\(Self.escaped(name))</text>
      \(bar(before, "before", y, fill: Self.paper))
      \(bar(after, "after", y + Self.barHeight + Self.barGap, fill: Self.blue))
      """
  }

  private func bar(_ count: Int, _ word: String, _ y: Int, fill: String) -> String {
    let most = outcomes.map { max($0.before, $0.after) }.max() ?? 0
    let length = most == 0 ? 0 : count * Self.longestBar / most
    return """
      <rect x="\(Self.barsAt)" y="\(y)" width="\(length)" height="\(Self.barHeight)" fill="\(fill)" \
      stroke="\(Self.blue)" stroke-width="2"/>
      <text x="\(Self.barsAt + length + 8)" y="\(y + 13)" fill="\(Self.ink)">\(count) \(word)</text>
      """
  }

  private var description: String {
    outcomes.map { "\($0.name): \($0.before) before, \($0.after) after" }
      .joined(separator: "; ") + "."
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }
}
