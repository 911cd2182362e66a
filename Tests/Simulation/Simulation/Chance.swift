import CHermetic

/// Draws from the seed.
enum Chance {
  /// True once in so many times.
  static func oneIn(_ count: UInt64) -> Bool { hermetic_random() % count == 0 }

  static func number(_ range: Range<UInt64>) -> UInt64 {
    range.lowerBound + hermetic_random() % UInt64(range.count)
  }

  static func number(_ range: Range<Int>) -> Int {
    range.lowerBound + Int(hermetic_random() % UInt64(range.count))
  }

  static func one<T>(of items: [T]) -> T { items[number(0..<items.count)] }
}

extension UInt64 {
  /// Nanoseconds.
  static func microseconds(_ count: UInt64) -> UInt64 { count * 1000 }
  /// Nanoseconds.
  static func milliseconds(_ count: UInt64) -> UInt64 { count * 1_000_000 }
  /// Nanoseconds.
  static func seconds(_ count: UInt64) -> UInt64 { count * 1_000_000_000 }
}
