/// Numbers that a seed repeats (SplitMix64, S. Vigna).
public struct SeededNumbers: Sendable, Hashable {
  private var state: UInt64

  /// Begins the numbers of a seed.
  /// - Parameter part: other numbers of the same seed.
  public init(seed: UInt64, part: Int = 0) {
    state = seed &+ UInt64(truncatingIfNeeded: part) &* 0xD1B5_4A32_D192_ED03
  }

  /// A number from 0 to one less than the limit, which is at least 1.
  public mutating func next(below limit: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((mixed ^ (mixed >> 31)) % UInt64(max(limit, 1)))
  }

  /// A number within the range.
  mutating func next(in range: ClosedRange<Int>) -> Int {
    range.lowerBound + next(below: range.count)
  }
}
