/// Whether a page stands alone: whoever opens it, or makes a PDF of it, fetches nothing.
enum PageReferences {
  /// Elements that fetch or run something, whatever stands in them.
  private static let elements = [
    "<script", "<link", "<iframe", "<frame", "<object", "<embed", "<base", "<applet",
  ]
  /// Attributes and words of style before what is fetched. An `href` of a link is only a word on paper.
  private static let fetching = [
    "src", "srcset", "poster", "background", "data", "xlink:href", "action", "formaction",
  ]

  /// The first thing in a page that refers to something outside it, by its name; nil for a page that stands alone.
  static func first(in page: String) -> String? {
    let page = page.lowercased()
    if let element = elements.first(where: page.contains) { return element }
    if page.contains("@import") { return "@import" }
    if hasOutside("url(", in: page) { return "url(" }
    if page.contains("http-equiv"), page.contains("refresh") { return "refresh" }
    return fetching.first { hasAttribute($0, in: page) }
  }

  private static func hasAttribute(_ name: String, in page: String) -> Bool {
    var rest = page[...]
    while let found = rest.firstRange(of: name) {
      let before = page[..<found.lowerBound].last ?? " "
      rest = page[found.upperBound...]
      guard before.isWhitespace || "\"'/".contains(before) else { continue }
      let value = rest.drop(while: \.isWhitespace)
      guard value.first == "=" else { continue }
      if isOutside(value.dropFirst()) { return true }
    }
    return false
  }

  private static func hasOutside(_ word: String, in page: String) -> Bool {
    var rest = page[...]
    while let found = rest.firstRange(of: word) {
      rest = page[found.upperBound...]
      if isOutside(rest) { return true }
    }
    return false
  }

  /// Only what is in the page itself may stand there.
  private static func isOutside(_ value: Substring) -> Bool {
    let value = value.drop { $0.isWhitespace || $0 == "\"" || $0 == "'" }
    return !value.hasPrefix("data:") && !value.hasPrefix("#")
  }
}
