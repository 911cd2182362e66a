/// A month of a year, such as 2026-03.
struct EffectMonth: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// Months since the beginning of the year 0.
  private let number: Int

  private init(number: Int) { self.number = number }

  /// Reads `YYYY-MM`, or the month of a day, `YYYY-MM-DD`. Nil for anything else, and before 2000.
  init?(_ text: String) {
    let characters = Array(text.utf8)
    guard characters.count == 7 || (characters.count == 10 && characters[7] == 0x2D),
      characters[4] == 0x2D,
      let year = Self.digits(characters[..<4]), let month = Self.digits(characters[5..<7]),
      year >= 2000, (1...12).contains(month)
    else { return nil }
    number = year * 12 + month - 1
  }

  private static func digits(_ characters: ArraySlice<UInt8>) -> Int? {
    var value = 0
    for character in characters {
      guard (0x30...0x39).contains(character) else { return nil }
      value = value * 10 + Int(character - 0x30)
    }
    return value
  }

  /// So many months later, or earlier.
  func advanced(by months: Int) -> EffectMonth { EffectMonth(number: number + months) }

  /// Months from this one to another.
  func distance(to other: EffectMonth) -> Int { other.number - number }

  /// 0 in April, 11 in March.
  var monthsSinceApril: Int { (number + 9) % 12 }

  static func < (left: EffectMonth, right: EffectMonth) -> Bool { left.number < right.number }

  /// `YYYY-MM`.
  var description: String {
    let (year, month) = (number / 12, number % 12 + 1)
    return "\(year)-\(month < 10 ? "0" : "")\(month)"
  }
}

/// Months in a row, first and last included.
struct MonthSpan: Sendable, Hashable, CustomStringConvertible {
  let first: EffectMonth
  let last: EffectMonth

  /// Months that a span may have.
  static let limit = 120

  /// Nil if it ends before it begins, or is longer than ``limit``.
  init?(_ first: EffectMonth, _ last: EffectMonth) {
    guard first <= last, first.distance(to: last) < Self.limit else { return nil }
    self.first = first
    self.last = last
  }

  var count: Int { first.distance(to: last) + 1 }

  var months: [EffectMonth] { (0..<count).map { first.advanced(by: $0) } }

  func has(_ month: EffectMonth) -> Bool { first <= month && month <= last }

  func overlaps(_ other: MonthSpan) -> Bool { first <= other.last && other.first <= last }

  /// The year that a month lies in, from April to March: the years of the published figures (s.104(9)).
  static func year(of month: EffectMonth) -> MonthSpan {
    let first = month.advanced(by: -month.monthsSinceApril)
    return MonthSpan(first: first, last: first.advanced(by: 11))
  }

  private init(first: EffectMonth, last: EffectMonth) {
    self.first = first
    self.last = last
  }

  /// The same months a year before; of more than a year so many years before that the two do not overlap.
  var yearsBefore: MonthSpan {
    let back = -12 * ((count + 11) / 12)
    return MonthSpan(first.advanced(by: back), last.advanced(by: back)) ?? self
  }

  /// `YYYY-MM to YYYY-MM`.
  var description: String { "\(first) to \(last)" }
}
