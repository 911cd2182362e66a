import Testing

@testable import Portal

/// How often one address may ask.
@Suite struct RateTableTests {
  private static func key(_ address: UInt64, _ rate: Rate = .opening) -> RateTable.Key {
    RateTable.Key(address: address, rate: rate)
  }

  @Test(arguments: Rate.allCases)
  func `a minute's worth is let through at once, and then as much as time gives`(_ rate: Rate) {
    var table = RateTable()
    for _ in 0..<rate.perMinute { #expect(table.take(Self.key(1, rate), at: .zero) == nil) }
    let wait = table.take(Self.key(1, rate), at: .zero)
    #expect(wait == Int((60 / Double(rate.perMinute)).rounded(.up)))
    #expect(table.take(Self.key(1, rate), at: .seconds(wait ?? 0)) == nil)
    #expect(table.take(Self.key(2, rate), at: .zero) == nil, "another address is not concerned")
  }

  @Test(arguments: [
    ("192.0.2.1", "192.0.2.1"), ("::ffff:192.0.2.1", "192.0.2.1"),
    ("2001:db8:1:2::1", "2001:db8:1:2"), ("2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2"),
    ("2001:db8::1", "2001:db8:0:0"), ("::1", "0:0:0:0"), ("2001:db8:1:3::1", "2001:db8:1:3"),
    ("", ""), ("no address", "no address"),
  ])
  func `whoever has a network of addresses is counted as one`(address: String, one: String) {
    #expect(RateTable.subscriber(address) == one)
  }

  @Test func `a factor multiplies it`() {
    var table = RateTable(factor: 3)
    for _ in 0..<Rate.opening.perMinute * 3 { #expect(table.take(Self.key(1), at: .zero) == nil) }
    #expect(table.take(Self.key(1), at: .zero) != nil)
  }

  @Test func `a full table forgets who may ask as much as anybody, and keeps out nobody`() {
    var table = RateTable(limit: 3)
    for address in UInt64(1)...3 { _ = table.take(Self.key(address), at: .zero) }
    #expect(table.count == 3)
    #expect(table.take(Self.key(4), at: .zero) == nil)
    #expect(table.count == 3, "nobody was forgotten who has asked just now")
    #expect(table.take(Self.key(5), at: .seconds(60)) == nil)
    #expect(table.count == 1, "after a minute all others are as if they had never asked")
  }

  @Test func `a clock that goes back gives nothing and takes nothing`() {
    var table = RateTable()
    for _ in 0..<Rate.opening.perMinute { _ = table.take(Self.key(1), at: .seconds(100)) }
    #expect(table.take(Self.key(1), at: .seconds(50)) != nil)
  }
}
