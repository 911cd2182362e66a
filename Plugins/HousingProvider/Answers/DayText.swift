import WorkerKit

/// A day as bodies' systems write it: `2026-03-20`, `20/03/2026`, `20-Mar-26` or `20-Mar-2026`, each with a time of day
/// after it or without. The day stands before the month always: what would only be a day the other way round is none.
enum DayText {
  /// In words, for a fault.
  static let expected = "2026-03-20, 20/03/2026 (day, then month) or 20-Mar-26"

  /// Days of which answers may speak: they fit 16 bits, and nobody lives longer.
  static let range = 1...47_481  // 1970-01-02 to 2099-12-31

  /// Reads a day out of bytes.
  /// - Returns: days since 1970; nil if it is no day, or none in ``range``.
  static func read(_ bytes: [UInt8], _ range: Range<Int>) -> UInt16? {
    var numbers = (0, 0, 0)
    var widths = (0, 0, 0)
    var month = 0
    var separator: UInt8 = 0
    var part = 0
    var place = range.lowerBound
    scan: while place < range.upperBound {
      let byte = bytes[place]
      switch byte {
      case 0x30...0x39:
        let digit = Int(byte - 0x30)
        switch part {
        case 0: (numbers.0, widths.0) = (numbers.0 * 10 + digit, widths.0 + 1)
        case 1: (numbers.1, widths.1) = (numbers.1 * 10 + digit, widths.1 + 1)
        default: (numbers.2, widths.2) = (numbers.2 * 10 + digit, widths.2 + 1)
        }
        guard widths.0 <= 4, widths.1 <= 2, widths.2 <= 4, month == 0 || part == 2 || part == 0
        else { return nil }
      case 0x2D, 0x2F:
        guard part < 2, separator == 0 || separator == byte else { return nil }
        separator = byte
        part += 1
      case 0x20 where isTime(bytes, place + 1..<range.upperBound),
        0x54 where isTime(bytes, place + 1..<range.upperBound):
        break scan
      default:
        guard part == 1, widths.1 == 0, month == 0, place + 3 <= range.upperBound,
          let number = monthNumber(bytes, place)
        else { return nil }
        month = number
        place += 2
      }
      place += 1
    }
    guard part == 2 else { return nil }
    let date: CalendarDate?
    switch (separator, month) {
    case (0x2D, 0):
      guard widths == (4, 2, 2) else { return nil }
      date = CalendarDate(year: numbers.0, month: numbers.1, day: numbers.2)
    case (0x2D, _):
      guard (1...2).contains(widths.0), widths.2 == 4 || widths.2 == 2 else { return nil }
      date = CalendarDate(year: year(numbers.2, widths.2), month: month, day: numbers.0)
    default:
      guard month == 0, (1...2).contains(widths.0), (1...2).contains(widths.1), widths.2 == 4
      else { return nil }
      date = CalendarDate(year: numbers.2, month: numbers.1, day: numbers.0)
    }
    guard let date, Self.range.contains(date.daysSince1970) else { return nil }
    return UInt16(date.daysSince1970)
  }

  /// Two digits are of the century in which they lie nearest to what a review can be about.
  private static func year(_ number: Int, _ width: Int) -> Int {
    width == 4 ? number : number + (number < 70 ? 2000 : 1900)
  }

  /// Digits and what stands between them, such as `00:00` or `14:05:31.000Z`.
  private static func isTime(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    guard range.count >= 4, let first = range.first, (0x30...0x39).contains(bytes[first]) else {
      return false
    }
    return bytes[range].allSatisfy {
      (0x30...0x3A).contains($0) || $0 == 0x2E || $0 == 0x5A
    } && bytes[range].contains(0x3A)
  }

  private static let months = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ].map { Array($0.utf8) }

  private static func monthNumber(_ bytes: [UInt8], _ place: Int) -> Int? {
    let letters = (bytes[place] | 0x20, bytes[place + 1] | 0x20, bytes[place + 2] | 0x20)
    let found = months.firstIndex { ($0[0], $0[1], $0[2]) == letters }
    return found.map { $0 + 1 }
  }
}
