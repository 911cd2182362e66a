import Testing

@testable import Outreach

@Suite struct ExactComparisonTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let counts: [Int]
    let probability: Double
    let ratio: Double?
    let low: Double
    let high: Double?
    var testDescription: String { "\(counts)" }
  }

  /// Worked out apart, with whole numbers and powers. The first is the example of poisson.test in R. 18 and 9 are
  /// Plymouth's published applications about its pledge, 41 Rotherham's of 2024/25.
  static let rows: [Row] = [
    Row(
      counts: [11, 800, 21, 3011], probability: 0.07966863, ratio: 1.97148810, low: 0.85842640,
      high: 4.27726595),
    Row(
      counts: [18, 12, 9, 12], probability: 0.12207812, ratio: 2, low: 0.85319959,
      high: 5.05370192),
    Row(
      counts: [9, 6, 18, 12], probability: 1, ratio: 1, low: 0.39574950, high: 2.34411740),
    Row(
      counts: [41, 12, 18, 12], probability: 0.00379371, ratio: 2.27777778, low: 1.27965665,
      high: 4.21224284),
    Row(counts: [0, 12, 5, 12], probability: 0.0625, ratio: 0, low: 0, high: 1.09127911),
    Row(counts: [5, 12, 0, 12], probability: 0.0625, ratio: nil, low: 0.91635586, high: nil),
    Row(
      counts: [3, 3, 3, 3], probability: 1, ratio: 1, low: 0.13393759, high: 7.46616401),
  ]

  @Test(arguments: rows) func `a comparison gives the numbers of the exact test`(row: Row) throws {
    let compared = try #require(
      ExactComparison(row.counts[0], in: row.counts[1], before: row.counts[2], in: row.counts[3]))
    #expect(abs(compared.probability - row.probability) < 1e-7)
    #expect((compared.ratio == nil) == (row.ratio == nil))
    #expect(abs((compared.ratio ?? 0) - (row.ratio ?? 0)) < 1e-7)
    let interval = try #require(compared.interval)
    #expect(abs(interval.low - row.low) < 1e-6)
    #expect((interval.high == nil) == (row.high == nil))
    #expect(abs((interval.high ?? 0) - (row.high ?? 0)) < 1e-6)
  }

  @Test func `nothing against nothing shows nothing`() throws {
    let compared = try #require(ExactComparison(0, in: 12, before: 0, in: 12))
    #expect(compared.probability == 1)
    #expect(compared.ratio == nil)
    #expect(compared.interval == nil)
  }

  @Test func `counts at the limit are compared, and more are not`() throws {
    let half = ExactComparison.limit / 2
    let compared = try #require(ExactComparison(half, in: 12, before: half, in: 12))
    #expect(abs(compared.probability - 1) < 1e-6)
    let interval = try #require(compared.interval)
    #expect(interval.low < 1 && (interval.high ?? 0) > 1)
    #expect(ExactComparison(half + 1, in: 12, before: half, in: 12) == nil)
    #expect(ExactComparison(1, in: 0, before: 1, in: 12) == nil)
    #expect(ExactComparison(-1, in: 1, before: 1, in: 12) == nil)
  }

  @Test(arguments: [0, 0.01, 0.3, 0.5, 0.99, 1], [0, 1, 7, 400, 20_000])
  func `what can happen adds up to one`(share: Double, total: Int) {
    let terms = ExactComparison.terms(of: total, share: share)
    #expect(terms.count == total + 1)
    #expect(abs(terms.reduce(0, +) - 1) < 1e-9)
    #expect(terms.allSatisfy { $0 >= 0 && $0.isFinite })
  }
}
