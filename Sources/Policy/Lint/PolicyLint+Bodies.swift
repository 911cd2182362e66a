import CaseModel

extension PolicyLint {
  /// s.105: on every day of the pack all that the Act names, and those of this nation.
  mutating func lookAtBodies() {
    for kind in [RelevantBody.Kind.council, .police, .health] {
      let gaps = ([""] + pack.procedure.parts.map(\.area)).compactMap { part in
        firstDay(without: kind, in: part).map { (part, $0) }
      }
      guard let (part, day) = gaps.first else { continue }
      find(
        .noRelevantBody, part.isEmpty ? "bodies" : "parts.\(part)",
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

  /// Who is told of an application without being known to be concerned.
  mutating func lookAtDisclosure() {
    let ofParts = Set(pack.procedure.parts.flatMap(\.bodies))
    let days = ([pack.from] + pack.bodies.compactMap(\.since)).filter(pack.isInForce).sorted()
    let most = days.map { day in
      pack.bodiesToNotify(on: day).count { $0.kind == .council && !ofParts.contains($0.key) }
    }.max()
    if let most, most > 1 {
      find(
        .severalCouncilsNotified, "bodies",
        "\(most) councils are told of every application; it concerns that of the place of the behaviour."
      )
    }
    for body in pack.bodies where body.kind == .housingProvider && body.isNotified {
      let path = "bodies.\(body.key)"
      guard let rest = pack.provenance.rest(of: path), !rest.assumption.isEmpty else { continue }
      find(
        .coOptionAssumed, path,
        "\(body.name) is told of every application, and that it is co-opted is assumed.")
    }
  }

  /// The first day of the pack on which no body of a kind is to be notified, in a part if it is one. Bodies
  /// come and go on the days looked at, and on no others.
  private func firstDay(without kind: RelevantBody.Kind, in part: String) -> CalendarDate? {
    let ends = pack.bodies.compactMap { $0.until?.adding(days: 1) }
    return ([pack.from] + ends).filter { $0 == pack.from || pack.isInForce(on: $0) }.sorted()
      .first { day in
        !pack.bodiesToNotify(on: day, inPart: part).contains { $0.kind == kind }
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
