// What a person weighs, with the facts that bear on it, in Welsh.

extension Reason {
  var persistenceFacts: String {
    guard !self["complaints"].isEmpty else { return "" }
    let days =
      self["first"] == self["last"]
      ? "ar \(inWelsh("first"))" : "o \(inWelsh("first")) hyd at \(inWelsh("last"))"
    let uncounted =
      self["uncounted"] == "0"
      ? ""
      : "; nifer y rhai nad ydynt yn cyfrif o dan adran 104(4), ac sy'n dystiolaeth yma: "
        + self["uncounted"]
    return "; nifer y cwynion: \(self["complaints"]), \(days)\(uncounted)"
  }

  var harmFacts: String {
    guard !self["people"].isEmpty else { return "" }
    return
      "; nifer y bobl a gwynodd: \(self["people"]); nifer y cwynion am gasineb: \(self["ofHate"])"
  }

  var responseFacts: String {
    guard !self["bodies"].isEmpty else { return "" }
    return
      "; nifer y cyrff y rhoddwyd gwybod iddynt: \(self["bodies"]); nifer yr adroddiadau ar ôl y "
      + "diwrnod cyntaf: \(self["again"])"
  }

  private func inWelsh(_ name: String) -> String {
    day(of: name)?.inWelsh ?? self[name]
  }
}
