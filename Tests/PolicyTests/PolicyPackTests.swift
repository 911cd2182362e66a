import CaseModel
import Policy
import Testing

@Suite struct PolicyPackTests {
  static let own = Clock(.panel, Period(10, .workingDays), from: .decision)
  static let lent = Clock(.panel, Period(20, .workingDays), from: .decision)
  static let lentOutcome = Clock(.outcome, Period(5, .workingDays), from: .meeting)
  static let lender = PolicyPack.test(
    name: PolicyPack.defaultName, area: nil, clocks: [lent, lentOutcome], bodies: [])

  @Test func `an area's own clock goes before one that is lent`() throws {
    let found = try #require(
      PolicyPack.test(clocks: [Self.own]).clock(.panel, fallback: Self.lender))
    #expect(found.clock == Self.own && found.source == "exmouth")
  }

  @Test func `a clock that the area does not publish is lent, and shown as such`() throws {
    let found = try #require(
      PolicyPack.test(clocks: [Self.own]).clock(.outcome, fallback: Self.lender))
    #expect(found.clock == Self.lentOutcome && found.source == "recourse-default")
  }

  @Test(arguments: [
    // Own clocks: what is held is what is counted from the same day and comes later.
    ([Clock(.panel, Period(12, .workingDays), from: .receipt)], 12),
    ([Clock(.panel, Period(12, .workingDays), from: .decision)], 15),
    ([Clock(.panel, Period(12, .days), from: .receipt)], 15),
    ([Clock(.panel, Period(28, .workingDays), from: .receipt)], 15),
    ([Clock(.information, Period(5, .workingDays), from: .receipt)], 15),
    (
      [
        Clock(.outcome, Period(10, .workingDays), from: .receipt),
        Clock(.panel, Period(12, .workingDays), from: .receipt),
      ], 10
    ),
  ])
  func `a lent clock never ends after an own later stage`(own: [Clock], days: Int) throws {
    let lent = Clock(.decide, Period(15, .workingDays), from: .receipt, isPausable: true)
    let lender = PolicyPack.test(
      name: PolicyPack.defaultName, area: nil, clocks: [lent], bodies: [])
    let found = try #require(PolicyPack.test(clocks: own).clock(.decide, fallback: lender))
    #expect(
      found.clock == Clock(.decide, Period(days, .workingDays), from: .receipt, isPausable: true))
    #expect(found.source == "recourse-default")
  }

  @Test func `a clock that nobody has is none`() {
    #expect(PolicyPack.test().clock(.appeal, fallback: Self.lender) == nil)
    #expect(PolicyPack.test().clock(.panel, fallback: nil) == nil)
  }

  @Test(arguments: [
    ("2021-12-31", false), ("2022-01-01", true), ("2022-06-30", true), ("2022-07-01", false),
  ])
  func `a pack is in force from its first day to its last`(on: String, isInForce: Bool) {
    let pack = PolicyPack.test(from: "2022-01-01", until: "2022-06-30")
    #expect(pack.isInForce(on: day(on)) == isInForce)
    #expect(PolicyPack.test(from: "2022-01-01").isInForce(on: day("9999-12-31")))
  }

  @Test(arguments: [
    ("2022-06-30", ["council", "police", "ccg"], ["council", "ccg"]),
    ("2022-07-01", ["council", "police", "icb"], ["council"]),
  ])
  func `bodies take part while they exist`(on: String, notified: [String], quorum: [String]) {
    let pack = PolicyPack.test(bodies: [
      .test("council", .council, required: true), .test("police", .police),
      .test("ccg", .health, required: true, until: "2022-06-30"),
      .test("icb", .health, since: "2022-07-01"), .test("landlord", notified: false),
    ])
    #expect(pack.bodiesToNotify(on: day(on)).map(\.key) == notified)
    #expect(pack.bodiesForQuorum(on: day(on)).map(\.key) == quorum)
  }

  @Test(arguments: [
    ("sidmouth", ["town", "police", "health"]), ("budleigh", ["council", "police", "board"]),
    ("exmouth", ["council", "town", "police", "health", "board"]),
    ("Sidmouth", ["council", "town", "police", "health", "board"]),
  ])
  func `behaviour in a part concerns its own bodies and those of no part`(
    area: String, keys: [String]
  ) {
    let pack = PolicyPack.test(bodies: [
      .test("council", .council), .test("town", .council), .test("police", .police),
      .test("health", .health), .test("board", .health), .test("landlord", notified: false),
    ]) {
      $0.parts = [
        AreaPart(area: "budleigh", name: "Budleigh", bodies: ["council", "board", "landlord"]),
        AreaPart(area: "sidmouth", name: "Sidmouth", bodies: ["town", "health"]),
        AreaPart(area: "lympstone", name: "Lympstone", bodies: ["town", "health"]),
      ]
    }
    #expect(pack.bodiesToNotify(on: day("2026-01-01"), inPart: area).map(\.key) == keys)
    #expect(pack.serves(area) == (area != "Sidmouth"))
  }

  @Test func `a body is found by its key`() {
    #expect(PolicyPack.test().body("police")?.kind == .police)
    #expect(PolicyPack.test().body("Police") == nil)
  }

  @Test func `without a procedure the Act's own figures stand`() {
    let rule = MandatoryRule()
    #expect(rule.required == 3)
    #expect(rule.complaintWindow == Period(1, .months))
    #expect(rule.applicationWindow == Period(6, .months))
  }
}
