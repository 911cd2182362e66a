import CaseModel
import Policy
import PolicyDocuments
import Testing

/// Who takes part in an area on a day.
@Suite struct AreaBodiesTests {
  static func pack(_ area: String, _ on: String) throws -> PolicyPack {
    let shelf = PolicyShelf(try BuiltInPolicyDocuments.all.map { try PolicyDocument.parse($0) })
    return try shelf.pack(forArea: area, receivedOn: day(on))
  }

  @Test(arguments: [
    ("plymouth", "2022-06-30", "nhs-devon-ccg"), ("plymouth", "2022-07-01", "nhs-devon-icb"),
    ("richmond", "2022-06-30", "nhs-south-west-london-ccg"),
    ("richmond", "2022-07-01", "nhs-south-west-london-icb"),
    ("wandsworth", "2022-06-30", "nhs-south-west-london-ccg"),
    ("wandsworth", "2022-07-01", "nhs-south-west-london-icb"),
    ("horsham", "2020-04-01", "nhs-west-sussex-ccg"), ("horsham", "2022-07-01", "nhs-sussex-icb"),
    ("horsham", "2026-03-31", "nhs-sussex-icb"),
    ("horsham", "2026-04-01", "nhs-surrey-and-sussex-icb"),
    ("westminster", "2026-03-31", "nhs-north-west-london-icb"),
    ("westminster", "2026-04-01", "nhs-north-west-and-north-central-london-icb"),
  ])
  func `groups gave way to boards, and boards to larger ones`(
    area: String, on: String, health: String
  ) throws {
    let bodies = try Self.pack(area, on).bodiesToNotify(on: day(on))
    #expect(bodies.filter { $0.kind == .health }.map(\.key) == [health])
  }

  @Test(arguments: [
    ("south-wales", 7, 3), ("lincolnshire", 7, 1), ("durham", 2, 1), ("oldham", 1, 1),
  ])
  func `an application for the whole of several councils' area is passed to them all`(
    area: String, councils: Int, health: Int
  ) throws {
    let on = "2026-04-01"
    let bodies = try Self.pack(area, on).bodiesToNotify(on: day(on))
    #expect(bodies.count { $0.kind == .council } == councils)
    #expect(bodies.count { $0.kind == .health } == health)
    #expect(bodies.count { $0.kind == .police } == 1)
  }

  @Test(arguments: [
    ("cardiff", "cardiff-council", "cardiff-and-vale-health-board"),
    ("vale-of-glamorgan", "vale-of-glamorgan-council", "cardiff-and-vale-health-board"),
    (
      "bridgend", "bridgend-county-borough-council", "cwm-taf-morgannwg-health-board"
    ),
    ("swansea", "swansea-council", "swansea-bay-health-board"),
    ("east-lindsey", "east-lindsey-district-council", "nhs-lincolnshire-icb"),
    ("lincoln", "city-of-lincoln-council", "nhs-lincolnshire-icb"),
    ("darlington", "darlington-borough-council", "nhs-north-east-and-north-cumbria-icb"),
  ])
  func `one for a part is passed to that part's council and board, and to the police`(
    part: String, council: String, health: String
  ) throws {
    let on = "2026-04-01"
    let bodies = try Self.pack(part, on).bodiesToNotify(on: day(on), inPart: part)
    #expect(bodies.filter { $0.kind == .council }.map(\.key) == [council])
    #expect(bodies.filter { $0.kind == .health }.map(\.key) == [health])
    #expect(bodies.count { $0.kind == .police } == 1 && bodies.count == 3)
  }

  @Test func `each council and board of several is that of a part`() throws {
    for area in ["south-wales", "lincolnshire", "durham"] {
      let pack = try Self.pack(area, "2026-04-01")
      let ofParts = Set(pack.procedure.parts.flatMap(\.bodies))
      let councils = pack.bodies.filter { $0.kind == .council }.map(\.key)
      #expect(ofParts.isSuperset(of: councils))
      #expect(pack.procedure.parts.count == councils.count)
    }
  }

  @Test func `only South Wales is in Wales, and its procedure is in both languages`() throws {
    for text in BuiltInPolicyDocuments.all {
      let pack = try PolicyDocument.parse(text)
      let isWelsh = pack.area == "south-wales"
      #expect(pack.nation == (isWelsh ? .wales : .england))
      #expect(pack.procedure.languages == (isWelsh ? [.english, .welsh] : [.english]))
      guard isWelsh else { continue }
      let welsh = pack.procedure.wordings.filter { $0.language == .welsh }.map(\.topic)
      let english = pack.procedure.wordings.filter { $0.language == .english }.map(\.topic)
      #expect(!welsh.isEmpty && welsh == english)
      #expect(pack.alternatives.allSatisfy { $0.clauseWelsh?.hasPrefix("Gweithdrefn") == true })
      #expect(pack.caveats.allSatisfy { $0.wordsWelsh != nil })
    }
  }
}
