import Testing

@testable import Outreach

@Suite struct EffectTablesTests {
  private static let materials = [(code: "A", ward: "North"), ("B", "North"), ("C", "South")]

  private static func counts(_ numbers: [HeardCount.Material: Int]) -> [HeardCount] {
    numbers.map { HeardCount(material: $0, count: $1) }
  }

  @Test func `all channels of the form have a row, and one for who did not say`() {
    let table = ChannelTable(
      [
        HeardCount(channel: "PRESS", count: 9), HeardCount(channel: "EVENT", count: 30),
        HeardCount(channel: "", material: .unknown, count: 2),
        HeardCount(channel: "EVENT", material: .unknown, count: 1),
      ], channels: ["EVENT", "PRESS", "COUNCILLOR"])
    #expect(table.rows.map(\.channel) == ["EVENT", "PRESS", "COUNCILLOR", ""])
    #expect(table.rows.map(\.shown) == [31, nil, nil, nil])
  }

  @Test func `a ward has what its materials brought`() {
    let table = PlaceTable(
      Self.counts([
        .known(code: "A", ward: "North"): 6, .known(code: "B", ward: "North"): 8,
        .known(code: "C", ward: "South"): 20, .unknown: 7, .notTold: 50,
      ]), materials: Self.materials)
    #expect(
      table.groups.map(\.place) == [
        .ward("North"), .ward("South"), .unknownMaterial, .notTold,
      ])
    #expect(table.groups.map(\.shown) == [14, 20, 7, 50])
    #expect(table.groups[0].materials.map(\.shown) == [6, 8])
  }

  @Test
  func `materials of a ward that is withheld are, and those of one that is shown by its number`() {
    let table = PlaceTable(
      Self.counts([
        .known(code: "A", ward: "North"): 30, .known(code: "B", ward: "North"): 2,
        .known(code: "C", ward: "South"): 3, .unknown: 7, .notTold: 50,
      ]), materials: Self.materials)
    #expect(table.groups.map(\.shown) == [32, nil, nil, 50])
    #expect(table.groups[0].materials.map(\.shown) == [nil, nil])
    #expect(table.groups[1].materials.map(\.shown) == [nil])
  }

  @Test func `materials of no one ward have a place of their own, if there are any`() {
    let table = PlaceTable([], materials: [("A", ""), ("B", "North")])
    #expect(
      table.groups.map(\.place) == [.ward("North"), .noWard, .unknownMaterial, .notTold])
  }

  /// Whoever knows the sum, the rule, and both tables at once, tries everything that would look the same.
  @Test func `wards and materials side by side tell nothing that is withheld`() {
    struct Seen: Hashable {
      let table: PlaceTable
      let sum: Int
    }
    var tables: [Seen: [[Int]]] = [:]
    for numbers in SmallNumbersTests.tables(5, upTo: 10) {
      let counts = Self.counts([
        .known(code: "A", ward: "North"): numbers[0],
        .known(code: "B", ward: "North"): numbers[1],
        .known(code: "C", ward: "South"): numbers[2], .unknown: numbers[3],
        .notTold: numbers[4],
      ])
      let table = PlaceTable(counts, materials: Self.materials, leastShown: 2)
      tables[Seen(table: table, sum: numbers.reduce(0, +)), default: []].append(numbers)
    }
    for (seen, alike) in tables {
      let groups = seen.table.groups
      let cells: [(shown: Int?, value: ([Int]) -> Int)] = [
        (groups[0].shown, { $0[0] + $0[1] }), (groups[1].shown, { $0[2] }),
        (groups[2].shown, { $0[3] }), (groups[3].shown, { $0[4] }),
        (groups[0].materials[0].shown, { $0[0] }), (groups[0].materials[1].shown, { $0[1] }),
      ]
      for cell in cells where cell.shown == nil {
        #expect(Set(alike.map(cell.value)).count > 1, "\(alike[0])")
      }
    }
  }
}
