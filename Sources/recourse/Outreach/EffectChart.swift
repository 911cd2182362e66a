import Messages

/// Applications by month, or a breakdown, as a small picture (SVG): bars with their numbers beside them, so that
/// nothing is told by colour alone, with a title and a description for whoever does not see it. What is withheld has
/// its word and no bar.
struct EffectChart: Sendable {
  private let title: String
  private let rows: [(name: String, number: Int?, note: String)]

  init(_ effect: EffectResponse) {
    if effect.by == .unspecified {
      title = "Applications by month, \(effect.from) to \(effect.to)"
      rows = effect.months.map { one in
        let done = effect.activities.filter { $0.on.hasPrefix(one.month) }.map(\.title)
        let notes = (one.open ? ["not over yet"] : []) + done
        return (one.month, Int(one.applications), notes.joined(separator: "; "))
      }
    } else {
      title = "Applications by \(effect.byWord), \(effect.from) to \(effect.to)"
      let by = effect.by
      rows = effect.rows.map {
        ($0.words(by), $0.hasApplications ? Int($0.applications) : nil, "")
      }
    }
  }

  // In pixels.
  private static let (width, barsAt, longestBar, top) = (760, 260, 260, 48)
  private static let (barHeight, rowHeight) = (16, 24)
  private static let (ink, paper, blue) = ("#1a1a1a", "#ffffff", "#1d4e89")

  private var height: Int { Self.top + rows.count * Self.rowHeight + 12 }

  var svg: String {
    let most = max(rows.compactMap(\.number).max() ?? 0, 1)
    let drawn = rows.enumerated().map { place, row in draw(row, at: place, most: most) }
    return """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Self.width) \(height)" \
      width="\(Self.width)" height="\(height)" role="img" aria-labelledby="title desc" \
      font-family="sans-serif" font-size="13">
      <title id="title">\(Markup.escaped(title))</title>
      <desc id="desc">\(Markup.escaped(description))</desc>
      <rect width="100%" height="100%" fill="\(Self.paper)"/>
      <text x="16" y="24" font-size="16" font-weight="bold" fill="\(Self.ink)">\
      \(Markup.escaped(title))</text>
      \(drawn.joined(separator: "\n"))
      </svg>

      """
  }

  private func draw(
    _ row: (name: String, number: Int?, note: String), at place: Int, most: Int
  ) -> String {
    let y = Self.top + place * Self.rowHeight
    let length = (row.number ?? 0) * Self.longestBar / most
    let bar =
      row.number == nil
      ? ""
      : "<rect x=\"\(Self.barsAt)\" y=\"\(y)\" width=\"\(length)\" height=\"\(Self.barHeight)\" "
        + "fill=\"\(Self.blue)\"/>"
    let name = Markup.escaped(Self.shortened(row.name))
    let told = row.number.map(String.init) ?? "withheld"
    let note = row.note.isEmpty ? "" : " \(Markup.escaped(Self.shortened(row.note)))"
    return """
      <text x="16" y="\(y + 13)" fill="\(Self.ink)">\(name)</text>\(bar)\
      <text x="\(Self.barsAt + length + 8)" y="\(y + 13)" fill="\(Self.ink)">\(told)\(note)</text>
      """
  }

  private var description: String {
    rows.map { row in
      "\(row.name): \(row.number.map(String.init) ?? "withheld")"
        + (row.note.isEmpty ? "" : " (\(row.note))")
    }.joined(separator: "; ") + "."
  }

  /// What fits beside a bar; the description has all of it.
  private static func shortened(_ text: String) -> String {
    text.count <= 34 ? text : "\(text.prefix(33))…"
  }
}
