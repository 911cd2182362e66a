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
    let tags = tags(in: page)
    return fetching.first { name in tags.contains { hasAttribute(name, in: $0) } }
  }

  /// What stands between `<` and `>`, both left out; a `>` in quotation marks ends nothing.
  private static func tags(in page: String) -> [String] {
    var tags: [String] = []
    var tag: String?
    var quotation: Character?
    for sign in page {
      if tag == nil {
        if sign == "<" { tag = "" }
      } else if sign == ">", quotation == nil {
        tags.append(tag ?? "")
        tag = nil
      } else {
        if sign == quotation {
          quotation = nil
        } else if quotation == nil, sign == "\"" || sign == "'" {
          quotation = sign
        }
        tag?.append(sign)
      }
    }
    return tags + [tag].compactMap(\.self)
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
