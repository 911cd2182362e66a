import WorkerKit

/// A report as it counts for this plugin: which, on which day, and by whom as keyed hashes.
struct CountedReport: Sendable, Hashable {
  /// Its id at the source.
  let id: String
  let day: CalendarDate
  /// Of the reporter's identifiers.
  let hashes: Set<String>
  /// It was found to be somebody's second before.
  var isSignposted = false
}

/// The second report of one person within six months, and the one before it.
struct SecondReportFound: Sendable, Hashable {
  let id: String
  let day: CalendarDate
  let earlierDay: CalendarDate
}

/// Which reports are somebody's second within six months.
///
/// Six months begin with the day of the earlier report and are counted as s.104(11) counts. A person is told once: a
/// third report within six months of one that was signposted is none to tell them again at. Reports may come to be
/// known in any order.
enum SecondReports {
  static let months = 6

  /// The last day on which a report can be the second after one of this day; from the next on it is forgotten.
  static func lastDay(after day: CalendarDate) -> CalendarDate {
    day.lastDay(ofPeriodOfMonths: months)
  }

  /// - Parameter reports: all that one person is known to have made, the new one among them.
  /// - Returns: the report to tell them at; nil if there is none.
  static func find(among reports: [CountedReport]) -> SecondReportFound? {
    let inOrder = reports.sorted { ($0.day, $0.id) < ($1.day, $1.id) }
    for (place, report) in inOrder.enumerated() where place > 0 {
      let earlier = inOrder[place - 1]
      let wasTold = inOrder.contains { $0.isSignposted && areWithin($0.day, report.day) }
      if !wasTold, areWithin(earlier.day, report.day) {
        return SecondReportFound(id: report.id, day: report.day, earlierDay: earlier.day)
      }
    }
    return nil
  }

  private static func areWithin(_ one: CalendarDate, _ other: CalendarDate) -> Bool {
    max(one, other) <= lastDay(after: min(one, other))
  }
}
