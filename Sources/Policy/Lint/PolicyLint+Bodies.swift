import CaseModel

extension PolicyLint {
  /// s.105: on every day of the pack all that the Act names, and those of this nation.
  mutating func lookAtBodies() {
    for kind in [RelevantBody.Kind.council, .police, .health] {
      guard let day = firstDay(without: kind) else { continue }
      find(
        .noRelevantBody, "bodies",
        "s.105 names a \(kind.rawValue) body; there is none to be notified on \(day).")
    }
    for body in pack.bodies {
      let path = "bodies.\(body.key)"
      if Self.isGroup(body), let day = firstDayAfterGroups(of: body) {
        find(
          .clinicalCommissioningGroup, path,
          "\(body.name) is named on \(day); clinical commissioning groups ended on 30 June 2022.")
      }
      if isOfOtherNation(body) {
        find(
          .bodyOfOtherNation, path,
          "\(body.name) is not a body that s.105 names in \(pack.nation == .wales ? "Wales" : "England")."
        )
      }
    }
  }

  /// The first day of the pack on which no body of a kind is to be notified. Bodies come and go on the
  /// days looked at, and on no others.
  private func firstDay(without kind: RelevantBody.Kind) -> CalendarDate? {
    let ends = pack.bodies.compactMap { $0.until?.adding(days: 1) }
    return ([pack.from] + ends).filter { $0 == pack.from || pack.isInForce(on: $0) }.sorted()
      .first { day in
        !pack.bodiesToNotify(on: day).contains { $0.kind == kind }
      }
  }

  /// The first day, from 1 July 2022, on which pack and body both are there.
  private func firstDayAfterGroups(of body: RelevantBody) -> CalendarDate? {
    guard let july = CalendarDate(year: 2022, month: 7, day: 1) else { return nil }
    let day = [july, pack.from, body.since ?? july].max() ?? july
    return pack.isInForce(on: day) && body.exists(on: day) ? day : nil
  }

  private static func isGroup(_ body: RelevantBody) -> Bool {
    body.name.lowercased().contains("clinical commissioning") || hasWord("ccg", body)
  }

  /// Told by its name, so it is worth a look and no more.
  private func isOfOtherNation(_ body: RelevantBody) -> Bool {
    let name = body.name.lowercased()
    switch pack.nation {
    case .england:
      return ["health board", "bwrdd iechyd", "county borough", "cyngor", "heddlu"]
        .contains { name.contains($0) }
    case .wales:
      return ["integrated care board", "london borough", "district council"]
        .contains { name.contains($0) } || Self.isGroup(body) || Self.hasWord("icb", body)
    }
  }

  private static func hasWord(_ word: Substring, _ body: RelevantBody) -> Bool {
    [body.key, body.name].contains { text in
      text.lowercased().split { !$0.isLetter }.contains(word)
    }
  }
}
