import CaseModel
import Messages

/// How many reviews a panel owes, month by month: as people decided, and as it would have been.
///
/// A review belongs to the month in which its case was decided: from then on it is owed.
struct PanelLoad: Sendable {
  /// Months between two that are filled in at most; days further apart than that are nobody's cases.
  static let monthsLimit = 1_200

  struct Month: Sendable, Hashable {
    /// Written `YYYY-MM`.
    let name: String
    var before = 0
    var after = 0

    var change: Int { after - before }
  }

  private var known: [String: Month] = [:]

  mutating func add(_ months: [Recourse_Threshold_V1_ReviewsInMonth]) {
    for month in months {
      known[month.month, default: Month(name: month.month)].before += Int(month.before)
      known[month.month, default: Month(name: month.month)].after += Int(month.after)
    }
  }

  /// In their order, from the first to the last; one in which nothing is owed is there, too.
  var months: [Month] {
    let places = known.keys.compactMap(Self.place)
    guard let first = places.min(), let last = places.max(), last - first < Self.monthsLimit,
      places.count == known.count
    else { return known.values.sorted { $0.name < $1.name } }
    return (first...last).map { place in
      let name = Self.name(of: place)
      return known[name] ?? Month(name: name)
    }
  }

  var json: JSON {
    .list(
      months.map { month in
        .object([
          ("month", .text(month.name)), ("before", .number(month.before)),
          ("after", .number(month.after)), ("change", .number(month.change)),
        ])
      })
  }

  /// Nil where nothing is owed in any month.
  var table: Table? {
    guard !known.isEmpty else { return nil }
    var table = Table("REVIEWS OWED", "BEFORE", "AFTER", "CHANGE")
    for month in months {
      table.add(
        month.name, String(month.before), String(month.after), Rederivation.signed(month.change))
    }
    return table
  }

  // A month's place in the row of all months.

  private static func place(of name: String) -> Int? {
    guard let day = CalendarDate("\(name)-01") else { return nil }
    return day.year * 12 + day.month - 1
  }

  private static func name(of place: Int) -> String {
    let (year, month) = (String(place / 12), String(place % 12 + 1))
    return String(repeating: "0", count: max(0, 4 - year.count)) + year + "-"
      + (month.count == 1 ? "0" : "") + month
  }
}
