// What a person weighs, with the facts that bear on it.

extension Reason {
  /// Such as "1 complaint counts", "2 complaints count".
  func count(_ name: String, _ one: String, _ many: String) -> String {
    "\(self[name]) \(self[name] == "1" ? one : many)"
  }

  var persistenceInEnglish: String {
    guard !self["complaints"].isEmpty else { return "" }
    let (first, last) = (day("first"), day("last"))
    let days =
      self["first"] == self["last"]
      ? "on \(first)" : "from \(first) to \(last)"
    let uncounted =
      self["uncounted"] == "0"
      ? ""
      : ", of which \(count("uncounted", "is", "are")) not counted under s.104(4) and "
        + "\(self["uncounted"] == "1" ? "is" : "are") evidence here"
    return ": \(count("complaints", "complaint", "complaints")) \(days)\(uncounted)"
  }

  var harmInEnglish: String {
    guard !self["people"].isEmpty else { return "" }
    return ": \(count("people", "person", "people")) complained, and "
      + "\(count("ofHate", "complaint was", "complaints were")) of hate"
  }

  var responseInEnglish: String {
    guard !self["bodies"].isEmpty, !self["again"].isEmpty else { return "" }
    return ": reported to \(count("bodies", "body", "bodies")), and "
      + "\(count("again", "report", "reports")) came after the first day"
  }

  private func day(_ name: String) -> String {
    day(of: name)?.inWords ?? self[name]
  }
}
