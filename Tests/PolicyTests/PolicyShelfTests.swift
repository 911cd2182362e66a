import CaseModel
import Policy
import Testing

@Suite struct PolicyShelfTests {
  static let first = PolicyPack.test(
    version: "9", digest: "e1", from: "2020-01-01", until: "2023-12-31")
  static let second = PolicyPack.test(version: "2", digest: "e2", from: "2023-01-01")
  static let other = PolicyPack.test(
    name: "sidmouth", digest: "s1", area: "sidmouth", from: "2022-01-01", until: "2024-12-31")
  static let lender = PolicyPack.test(
    name: PolicyPack.defaultName, digest: "r1", area: nil, from: "2014-10-20", bodies: [])
  static let newLender = PolicyPack.test(
    name: PolicyPack.defaultName, version: "2", digest: "r2", area: nil, from: "2026-01-01",
    bodies: [])
  static let shelf = PolicyShelf([first, second, other, lender, newLender])

  @Test(arguments: [
    ("exmouth", "2020-01-01", "e1"), ("exmouth", "2022-12-31", "e1"),
    // Both are in force: the one that began last.
    ("exmouth", "2023-01-01", "e2"), ("exmouth", "2023-12-31", "e2"),
    ("exmouth", "2030-01-01", "e2"), ("sidmouth", "2022-01-01", "s1"),
    ("sidmouth", "2024-12-31", "s1"),
  ])
  func `the pack is chosen by area and day of receipt`(
    area: String, received: String, digest: String
  ) throws {
    #expect(try Self.shelf.pack(forArea: area, receivedOn: day(received)).digest == digest)
  }

  @Test(arguments: [
    ("exmouth", "2019-12-31"), ("sidmouth", "2021-12-31"), ("sidmouth", "2025-01-01"),
  ])
  func `outside its days no pack is in force`(area: String, received: String) throws {
    let error = PolicyChoiceError.noneInForce(area: area, on: day(received))
    #expect(throws: error) { try Self.shelf.pack(forArea: area, receivedOn: day(received)) }
    #expect(error.code == "no-policy-in-force" && error.description.contains(received))
  }

  @Test(arguments: ["budleigh", "", "Exmouth", PolicyPack.defaultName])
  func `an area without a pack is told which areas have one`(area: String) throws {
    let error = try #require(throws: PolicyChoiceError.self) {
      try Self.shelf.pack(forArea: area, receivedOn: day("2024-01-01"))
    }
    #expect(error == .unknownArea(known: ["exmouth", "sidmouth"]) && error.code == "unknown-area")
    #expect(error.description.contains("exmouth, sidmouth"))
    #expect(!error.description.contains("budleigh"))
  }

  @Test func `the newest default pack in force lends its clocks`() {
    #expect(Self.shelf.defaultPack(on: day("2014-10-19")) == nil)
    #expect(Self.shelf.defaultPack(on: day("2025-12-31"))?.digest == "r1")
    #expect(Self.shelf.defaultPack(on: day("2026-01-01"))?.digest == "r2")
  }

  @Test(arguments: [
    ("1", "2"), ("2", "10"), ("1.9", "1.10"), ("1", "1.1"), ("2026-a", "2026-b"),
  ])
  func `of two that begin together the newer version is chosen, however they came`(
    older: String, newer: String
  ) throws {
    // Digests say nothing of age.
    let packs = [
      PolicyPack.test(version: older, digest: "z"), .test(version: newer, digest: "a"),
    ]
    for packs in [packs, packs.reversed()] {
      let chosen = try PolicyShelf(packs).pack(forArea: "exmouth", receivedOn: day("2026-01-01"))
      #expect(chosen.version == newer)
    }
  }

  @Test func `the same version twice is still chosen the same way`() throws {
    let packs = [PolicyPack.test(version: "1", digest: "a"), .test(version: "01", digest: "b")]
    for packs in [packs, packs.reversed()] {
      let chosen = try PolicyShelf(packs).pack(forArea: "exmouth", receivedOn: day("2026-01-01"))
      #expect(chosen.digest == "b")
    }
  }

  @Test func `a digest names one pack, the first that came`() {
    var shelf = PolicyShelf([Self.first])
    shelf.add(.test(version: "other", digest: "e1"))
    #expect(shelf.all == [Self.first] && shelf["e1"] == Self.first && shelf["e2"] == nil)
    #expect(PolicyShelf().areas.isEmpty && Self.shelf.areas == ["exmouth", "sidmouth"])
  }

  /// Exmouth and Sidmouth became East Devon in 2028, East Devon became Devon in 2030.
  static let merged = PolicyShelf([
    .test(digest: "e", area: "exmouth", from: "2020-01-01"),
    .test(digest: "s", area: "sidmouth", from: "2020-01-01", until: "2027-12-31"),
    .test(digest: "v", area: "east-devon", from: "2028-04-01") {
      $0.succeeds = ["exmouth", "sidmouth", "budleigh"]
    },
    .test(digest: "v2", area: "east-devon", from: "2029-04-01"),
    .test(digest: "d", area: "devon", from: "2030-04-01", until: "2031-03-31") {
      $0.succeeds = ["east-devon"]
    },
  ])

  @Test(arguments: [
    ("exmouth", "2028-03-31", "e"), ("exmouth", "2028-04-01", "v"),
    ("budleigh", "2028-04-01", "v"), ("sidmouth", "2029-04-01", "v2"),
    ("east-devon", "2030-03-31", "v2"), ("east-devon", "2030-04-01", "d"),
    ("exmouth", "2030-04-01", "d"), ("devon", "2030-04-01", "d"),
  ])
  func `from its first day an area's successor's pack applies`(
    area: String, received: String, digest: String
  ) throws {
    #expect(try Self.merged.pack(forArea: area, receivedOn: day(received)).digest == digest)
  }

  @Test(arguments: [
    ("sidmouth", "2028-01-01", ["east-devon"], "east-devon takes its place from 2028-04-01"),
    ("budleigh", "2028-03-31", ["east-devon"], "east-devon takes its place from 2028-04-01"),
    (
      "exmouth", "2031-04-01", ["east-devon", "devon"],
      "east-devon takes its place from 2028-04-01; devon takes its place from 2030-04-01"
    ),
    ("devon", "2030-03-31", [], "no policy pack of devon was in force on 2030-03-31"),
  ])
  func `without a pack in force one is told where the area went`(
    area: String, received: String, mergers: [String], words: String
  ) throws {
    let error = try #require(throws: PolicyChoiceError.self) {
      try Self.merged.pack(forArea: area, receivedOn: day(received))
    }
    guard case .noneInForce(area, day(received), let went) = error else {
      Issue.record("\(error)")
      return
    }
    #expect(went.map(\.area) == mergers && error.description.hasSuffix(words))
  }

  /// Devon's procedure is Sidmouth's and Budleigh's as well, until Sidmouth makes its own.
  static let parted = PolicyShelf([
    .test(digest: "d", area: "devon", from: "2020-01-01") {
      $0.parts = ["sidmouth", "budleigh"].map { AreaPart(area: $0, name: $0, bodies: []) }
    },
    .test(digest: "s", area: "sidmouth", from: "2024-01-01"),
  ])

  @Test(arguments: [
    ("devon", "2026-01-01", "d"), ("budleigh", "2026-01-01", "d"),
    ("sidmouth", "2023-12-31", "d"), ("sidmouth", "2024-01-01", "s"),
  ])
  func `a part of an area has the pack of the whole, or a later one of its own`(
    area: String, received: String, digest: String
  ) throws {
    #expect(try Self.parted.pack(forArea: area, receivedOn: day(received)).digest == digest)
    #expect(Self.parted.areas == ["budleigh", "devon", "sidmouth"])
  }

  @Test func `areas that take each other's place are no endless way`() throws {
    let shelf = PolicyShelf([
      .test(digest: "a", area: "exmouth") { $0.succeeds = ["sidmouth"] },
      .test(digest: "b", area: "sidmouth") { $0.succeeds = ["exmouth"] },
      .test(digest: "c", area: "budleigh") { $0.succeeds = ["budleigh"] },
    ])
    #expect(try shelf.pack(forArea: "exmouth", receivedOn: day("2026-01-01")).digest == "b")
    #expect(try shelf.pack(forArea: "sidmouth", receivedOn: day("2026-01-01")).digest == "a")
    #expect(try shelf.pack(forArea: "budleigh", receivedOn: day("2026-01-01")).digest == "c")
  }
}
