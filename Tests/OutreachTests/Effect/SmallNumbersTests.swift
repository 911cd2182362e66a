import Testing

@testable import Outreach

@Suite struct SmallNumbersTests {
  @Test(
    arguments: [
      ([], []), ([7], [7]), ([3], [3]), ([5, 6, 7], [5, 6, 7]), ([0, 0, 0], [0, 0, 0]),
      ([4, 9, 12], [nil, nil, 12]), ([0, 9, 12], [nil, nil, 12]), ([1, 2, 3], [nil, nil, nil]),
      ([4, 9, 9, 12], [nil, nil, nil, 12]), ([2, 1, 5, 40], [nil, nil, nil, 40]),
      ([2, 6], [nil, nil]),
    ] as [([Int], [Int?])])
  func `small numbers are withheld, and the next larger with them`(counts: [Int], shown: [Int?]) {
    #expect(SmallNumbers.shown(counts) == shown)
  }

  /// Whoever knows the sum and the rule tries every table that would look the same.
  @Test(arguments: [
    (2, 2, 14), (3, 2, 14), (5, 2, 22), (2, 3, 11), (3, 3, 13), (5, 3, 21), (3, 4, 12),
  ])
  func `no withheld number can be worked out from the sum, even by who knows the rule`(
    leastShown: Int, length: Int, largestSum: Int
  ) {
    struct Seen: Hashable {
      let shown: [Int?]
      let sum: Int
    }
    var tables: [Seen: [[Int]]] = [:]
    for table in Self.tables(length, upTo: largestSum) {
      let shown = SmallNumbers.shown(table, leastShown: leastShown)
      tables[Seen(shown: shown, sum: table.reduce(0, +)), default: []].append(table)
    }
    for (seen, alike) in tables {
      for place in seen.shown.indices where seen.shown[place] == nil {
        let possible = Set(alike.map { $0[place] })
        #expect(possible.count > 1, "\(alike[0]) of sum \(seen.sum)")
      }
    }
  }

  @Test func `what is shown is true, and no number below the least`() {
    for table in Self.tables(3, upTo: 20) where table.contains(where: { $0 > 0 }) {
      for (count, shown) in zip(table, SmallNumbers.shown(table)) {
        if let shown { #expect(shown == count && shown >= SmallNumbers.leastShown) }
      }
    }
  }

  /// All tables of so many numbers whose sum is not above this.
  static func tables(_ length: Int, upTo sum: Int) -> [[Int]] {
    guard length > 0 else { return [[]] }
    return (0...sum).flatMap { first in
      tables(length - 1, upTo: sum - first).map { [first] + $0 }
    }
  }
}
