import CaseModel
import Testing

@Suite struct EventKeyTests {
  @Test(arguments: [
    ("case/4F7K-2M98", EventKey.Kind.case, "4F7K-2M98"), ("area/plymouth", .area, "plymouth"),
    ("plan/p-1", .plan, "p-1"), ("system/policy", .system, "policy"),
    ("system/!~", .system, "!~"),
  ])
  func `a key is read as it is written`(text: String, kind: EventKey.Kind, name: String) throws {
    let key = try EventKey(parsing: text)
    #expect(key == EventKey(kind, name))
    #expect(key.description == text)
  }

  @Test(arguments: [
    "", "case", "case/", "/plymouth", "Case/4F7K-2M98", "person/jo", "case/a b", "case/a/b",
    "case//b", "case/a\n", "case/é", "case/\u{7F}", " case/a", "case /a",
  ])
  func `anything else is refused, and not repeated`(text: String) throws {
    let error = try #require(throws: InvalidKey.self) { try EventKey(parsing: text) }
    #expect(error.code == "invalid-key")
    #expect(text.count < 6 || !error.description.contains(text))
  }

  @Test func `a name is as long as its limit and no longer`() throws {
    let longest = String(repeating: "a", count: EventKey.nameLimit)
    #expect(try EventKey(parsing: "area/\(longest)").name == longest)
    #expect(throws: InvalidKey.self) { try EventKey(parsing: "area/\(longest)a") }
  }
}

@Suite struct PartitionTests {
  /// Worked out by another program.
  @Test(arguments: [
    ("", 225), ("a", 187), ("foobar", 96), ("case/4F7K-2M9X", 3), ("case/4F7K-2M98", 120),
    ("case/0000-0000", 255), ("area/plymouth", 123), ("plan/p1", 138), ("system/policy", 87),
    ("case/É", 202),
  ])
  func `a key's partition is the same for everybody`(key: String, number: Int) {
    #expect(Partition.number(of: key) == number)
  }

  @Test func `cases are spread over all partitions`() {
    var generator = Seeded(5)
    var counts = Array(repeating: 0, count: Partition.count)
    for _ in 0..<25_600 {
      counts[Partition.number(of: CaseReference(using: &generator).key.description)] += 1
    }
    // 100 are expected in each.
    #expect(counts.allSatisfy { (50...160).contains($0) })
  }
}
