import CaseModel

/// A calendar that cannot be wrong because it does not calculate: it lists every day, one after the other,
/// and looks for what it is asked.
struct CalendarOracle {
  struct Day: Hashable {
    let year: Int
    let month: Int
    let day: Int
  }

  /// From 1 January 2012 to 31 December 2033: five years more than the horizon, so that periods end in it.
  let days: [Day]
  private let places: [Day: Int]
  /// 1 January 2012 was a Sunday.
  private static let weekdays: [Weekday] = [
    .sunday, .monday, .tuesday, .wednesday, .thursday, .friday, .saturday,
  ]
  private static let leapYears: Set = [2012, 2016, 2020, 2024, 2028, 2032]

  init() {
    var days: [Day] = []
    for year in 2012...2033 {
      let lengths = [
        31, Self.leapYears.contains(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31,
      ]
      for month in 1...12 {
        for day in 1...lengths[month - 1] { days.append(Day(year: year, month: month, day: day)) }
      }
    }
    self.days = days
    places = Dictionary(uniqueKeysWithValues: days.enumerated().map { ($1, $0) })
  }

  /// The place of the last day of the horizon.
  var horizon: Int { places[Day(year: 2028, month: 12, day: 31)] ?? 0 }

  func date(_ place: Int) -> CalendarDate? {
    let day = days[place]
    return CalendarDate(year: day.year, month: day.month, day: day.day)
  }

  func weekday(_ place: Int) -> Weekday { Self.weekdays[place % 7] }

  /// The month so many months later, walked one by one.
  private func month(_ place: Int, after months: Int) -> (year: Int, month: Int) {
    var (year, month) = (days[place].year, days[place].month)
    for _ in 0..<months {
      month += 1
      if month == 13 { (year, month) = (year + 1, 1) }
    }
    return (year, month)
  }

  /// "A period of so many months beginning with" a day ends on the day before the corresponding day, or on
  /// the month's last where there is none.
  func lastDay(ofMonths months: Int, beginningWith place: Int) -> Int? {
    let end = month(place, after: months)
    if let same = places[Day(year: end.year, month: end.month, day: days[place].day)] {
      return same - 1
    }
    return days.lastIndex { $0.year == end.year && $0.month == end.month }
  }

  /// So many months later: the corresponding day, or the month's last where there is none.
  func day(_ place: Int, afterMonths months: Int) -> Int? {
    let end = month(place, after: months)
    return places[Day(year: end.year, month: end.month, day: days[place].day)]
      ?? days.lastIndex { $0.year == end.year && $0.month == end.month }
  }
}
