import CaseModel
import Testing

/// A day that a test is sure of.
func day(_ text: String) -> CalendarDate {
  guard let date = CalendarDate(text) else { preconditionFailure("no such day: \(text)") }
  return date
}

/// SplitMix64 (G. L. Steele, D. Lea, C. H. Flood), so that what is drawn is the same every time.
struct Seeded: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}

/// The calendar as it is learnt at school: day after day, by a table of months.
struct SchoolDay: Equatable {
  var year: Int
  var month: Int
  var day: Int

  var monthLength: Int {
    let isLeap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0)
    return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
  }

  mutating func advance() {
    day += 1
    guard day > monthLength else { return }
    day = 1
    month += 1
    guard month > 12 else { return }
    month = 1
    year += 1
  }

  /// The last day of so many months beginning with this one, by looking at each day of the last month.
  func lastDay(ofPeriodOfMonths months: Int) -> SchoolDay {
    var last = self
    last.day = 1
    for _ in 0..<months {
      let month = last.month
      while last.month == month { last.advance() }
    }
    var next = last
    while true {
      if next.day == day { return day == 1 ? last.dayBefore : last }
      last = next
      next.advance()
      if next.month != last.month { return last }
    }
  }

  private var dayBefore: SchoolDay {
    var before = SchoolDay(
      year: month == 1 ? year - 1 : year, month: month == 1 ? 12 : month - 1, day: 1)
    before.day = before.monthLength
    return before
  }

  var text: String {
    func padded(_ number: Int, _ width: Int) -> String {
      String(String(number + 100_000).suffix(width))
    }
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }
}
