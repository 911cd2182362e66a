public import CaseModel

/// Days on which a body can sit, both ends included.
public struct Availability: Sendable, Hashable {
  public let body: String
  public let days: ClosedRange<CalendarDate>

  public init(body: String, days: ClosedRange<CalendarDate>) {
    self.body = body
    self.days = days
  }
}

/// Finds the day for a panel, or who makes it impossible.
public enum PanelDate {
  public enum Outcome: Sendable, Hashable {
    case found(CalendarDate, Reason)
    /// No day does; these bodies are why, and this says how. No bodies where there is no working day at all.
    case blocked(bodies: [String], Reason)
  }

  /// The earliest working day from `earliest` to `due` on which every required body can sit.
  /// - Throws: ``BeyondHorizon`` if the days reach past what is known of bank holidays.
  public static func find(
    earliest: CalendarDate, due: CalendarDate, required: [String], availability: [Availability],
    calendar: WorkingCalendar
  ) throws(BeyondHorizon) -> Outcome {
    let days = try workingDays(from: earliest, to: due, calendar)
    guard !days.isEmpty else {
      return .blocked(
        bodies: [],
        Reason(.noWorkingDay, [.init("from", earliest.description), .init("due", due.description)]))
    }
    let open = required.map { body in
      Set(
        availability.filter { $0.body == body }.flatMap { entry in
          days.filter { entry.days.contains($0) }
        })
    }
    if let day = days.first(where: { day in open.allSatisfy { $0.contains(day) } }) {
      let reason = Reason(
        .panelDateFound, [.init("on", day.description), .init("due", due.description)])
      return .found(day, reason)
    }
    return blocked(zip(required, open).map { ($0, $1) }, earliest, due)
  }

  private static func workingDays(
    from earliest: CalendarDate, to due: CalendarDate, _ calendar: WorkingCalendar
  ) throws(BeyondHorizon) -> [CalendarDate] {
    var days: [CalendarDate] = []
    var day = earliest
    while day <= due {
      if try calendar.isWorkingDay(day) { days.append(day) }
      day = day.adding(days: 1)
    }
    return days
  }

  /// The shortest explanation: bodies without any day; else the smallest set without a day in common.
  private static func blocked(
    _ bodies: [(key: String, days: Set<CalendarDate>)], _ earliest: CalendarDate,
    _ due: CalendarDate
  ) -> Outcome {
    let range: [Reason.Detail] = [
      .init("from", earliest.description), .init("due", due.description),
    ]
    let never = bodies.filter { $0.days.isEmpty }.map(\.key)
    if let first = never.first {
      return .blocked(
        bodies: never, Reason(.bodyNeverAvailable, [.init("body", first)] + range))
    }
    let smallest = smallestConflict(bodies)
    return .blocked(
      bodies: smallest,
      Reason(
        .bodiesNeverTogether, [.init("bodies", smallest.joined(separator: ", "))] + range))
  }

  /// Required bodies are few; sets are tried from the smallest on, in the order of the bodies.
  private static func smallestConflict(
    _ bodies: [(key: String, days: Set<CalendarDate>)]
  ) -> [String] {
    for size in 2..<max(3, bodies.count + 1) {
      for choice in combinations(of: size, from: Array(bodies.indices)) {
        let common = choice.dropFirst().reduce(bodies[choice[0]].days) {
          $0.intersection(bodies[$1].days)
        }
        if common.isEmpty { return choice.map { bodies[$0].key } }
      }
    }
    return bodies.map(\.key)
  }

  private static func combinations(of size: Int, from indices: [Int]) -> [[Int]] {
    guard size > 0 else { return [[]] }
    guard indices.count >= size else { return [] }
    let rest = Array(indices.dropFirst())
    return combinations(of: size - 1, from: rest).map { [indices[0]] + $0 }
      + combinations(of: size, from: rest)
  }
}
