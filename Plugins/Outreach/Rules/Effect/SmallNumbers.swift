/// Which numbers of a table are shown when its sum is known to everybody.
///
/// A number below ``leastShown`` is withheld, nought as well. So is the smallest of those that are not below it, wherever
/// it stands: else a single withheld number were the sum less the others. The rule looks at numbers alone and never at
/// where they stand, so what was withheld may always have stood the other way round, even for somebody who knows the
/// rule: no number can be worked out. (The test tries every table of up to four small numbers.)
enum SmallNumbers {
  /// The smallest number that may be shown.
  static let leastShown = 5

  /// Nil stands for withheld, in the order of the numbers.
  ///
  /// Numbers whose sum is nought are shown: there is nobody to find. One number alone is its own sum, which is known.
  static func shown(_ counts: [Int], leastShown: Int = leastShown) -> [Int?] {
    guard counts.count > 1, counts.contains(where: { $0 > 0 }),
      counts.contains(where: { $0 < leastShown })
    else { return counts }
    let next = counts.filter { $0 >= leastShown }.min()
    return counts.map { $0 < leastShown || $0 == next ? nil : $0 }
  }
}
