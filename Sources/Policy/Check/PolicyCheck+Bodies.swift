import CaseModel

extension PolicyCheck {
  /// Who takes part: each once, and on every day of the pack all that s.105 names.
  mutating func checkBodies() {
    checkKeys(pack.bodies.map(\.key), "bodies")
    for (index, body) in pack.bodies.enumerated() {
      guard let since = body.since, let until = body.until, until < since else { continue }
      refuse("bodies[\(index)].until", "it ends before it begins")
    }
    if pack.bodies.count(where: \.isRequiredForPanel) > PolicyPack.requiredBodiesLimit {
      refuse("bodies", "a panel requires \(PolicyPack.requiredBodiesLimit) bodies at most")
    }
    guard pack.area != nil else { return }
    for kind in [RelevantBody.Kind.council, .police, .health] {
      guard let day = firstDay(without: kind) else { continue }
      refuse(
        "bodies",
        "s.105 names a \(kind.rawValue) body; there is none to be notified on \(day)")
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
}
