/// Compares two counts of things that come one at a time, such as applications in two stretches of months: by the exact
/// conditional test of two Poisson counts (Przyborowski and Wilenski, 1940) and the interval of Clopper and Pearson
/// (1934). No count is too small for it. It says whether there is a difference, and nothing of why.
struct ExactComparison: Sendable, Hashable {
  /// How many now, and in how many months.
  let count: Int
  let months: Int
  /// How many before, and in how many months.
  let baseline: Int
  let baselineMonths: Int

  /// Counts that are compared at most, both together.
  static let limit = 100_000
  /// What is left outside of the interval, and what a difference must be rarer than to be called one.
  static let significance = 0.05

  /// Nil without months, or beyond ``limit``.
  init?(_ count: Int, in months: Int, before baseline: Int, in baselineMonths: Int) {
    guard months > 0, baselineMonths > 0, count >= 0, baseline >= 0,
      count <= Self.limit, baseline <= Self.limit - count
    else { return nil }
    self.count = count
    self.months = months
    self.baseline = baseline
    self.baselineMonths = baselineMonths
  }

  private var total: Int { count + baseline }

  /// So many a month now for each one before; nil if there was none before.
  var ratio: Double? {
    guard baseline > 0 else { return nil }
    return Double(count) * Double(baselineMonths) / (Double(baseline) * Double(months))
  }

  /// How often a difference as large, or larger, comes by chance where there is none.
  var probability: Double {
    let terms = Self.terms(of: total, share: Double(months) / Double(months + baselineMonths))
    // Terms that are equal but for rounding count as equal.
    let limit = terms[count] * (1 + 1e-7)
    return min(1, terms.reduce(0) { $1 <= limit ? $0 + $1 : $0 })
  }

  /// The ratios that are in keeping with the counts, with 95 % confidence. No upper end if there was none before, and
  /// no interval if there was none at all.
  var interval: (low: Double, high: Double?)? {
    guard total > 0 else { return nil }
    let tail = Self.significance / 2
    let low =
      count == 0
      ? 0 : Self.share { share in Self.terms(of: total, share: share)[count...].sum < tail }
    guard baseline > 0 else { return (odds(low), nil) }
    let high = Self.share { share in Self.terms(of: total, share: share)[...count].sum > tail }
    return (odds(low), odds(high))
  }

  /// A share of all that fell into the months now, as a ratio of what a month brings.
  private func odds(_ share: Double) -> Double {
    share / (1 - share) * Double(baselineMonths) / Double(months)
  }

  /// The share at which a condition that holds for small shares ceases to hold.
  private static func share(_ holds: (Double) -> Bool) -> Double {
    var (low, high) = (0.0, 1.0)
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if holds(middle) { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }

  /// How likely each number from 0 to `total` is where each of `total` things falls here with this likelihood: worked
  /// out from the likeliest number to both sides, so that nothing is too small to begin with.
  static func terms(of total: Int, share: Double) -> [Double] {
    guard share > 0 else { return [1] + [Double](repeating: 0, count: total) }
    guard share < 1 else { return [Double](repeating: 0, count: total) + [1] }
    let odds = share / (1 - share)
    let likeliest = min(total, Int(Double(total + 1) * share))
    var terms = [Double](repeating: 0, count: total + 1)
    terms[likeliest] = 1
    for number in stride(from: likeliest, to: total, by: 1) {
      terms[number + 1] = terms[number] * Double(total - number) / Double(number + 1) * odds
    }
    for number in stride(from: likeliest, to: 0, by: -1) {
      terms[number - 1] = terms[number] * Double(number) / Double(total - number + 1) / odds
    }
    let sum = terms[...].sum
    return terms.map { $0 / sum }
  }
}

extension ArraySlice<Double> {
  fileprivate var sum: Double { reduce(0, +) }
}
