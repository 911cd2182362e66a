import CaseModel
import Policy
import PolicyDocuments
import Testing

@Suite struct BuiltInPolicyDocumentsTests {
  static func shelf() throws -> PolicyShelf {
    PolicyShelf(try BuiltInPolicyDocuments.all.map { try PolicyDocument.parse($0) })
  }

  @Test(arguments: BuiltInPolicyDocuments.all)
  func `every document that is built in can be used`(text: String) throws {
    #expect(try PolicyDocument.parse(text).check().isEmpty)
  }

  @Test func `the Act allows everything that is lent`() throws {
    let findings = try PolicyDocument.parse(BuiltInPolicyDocuments.recourseDefault).lint()
    #expect(findings.filter { $0.severity != .note } == [])
  }

  @Test func `an application in Plymouth has a pack on any day since its launch`() throws {
    let shelf = try Self.shelf()
    #expect(
      shelf.areas == [
        "birmingham", "boston", "bridgend", "cardiff", "county-durham", "darlington", "durham",
        "east-lindsey", "gosport", "hinckley-and-bosworth", "horsham", "lincoln", "lincolnshire",
        "merthyr-tydfil", "neath-port-talbot", "north-kesteven", "oldham", "plymouth",
        "rhondda-cynon-taf", "richmond", "south-holland", "south-kesteven", "south-wales",
        "stockton", "swansea", "vale-of-glamorgan", "wandsworth", "west-lindsey", "westminster",
      ])
    for text in ["2022-01-17", "2026-03-16", "2028-12-31"] {
      let on = try #require(CalendarDate(text))
      #expect(try shelf.pack(forArea: "plymouth", receivedOn: on).name == "plymouth")
      #expect(shelf.defaultPack(on: on)?.name == PolicyPack.defaultName)
    }
  }

  @Test func `Plymouth asks for three in the Act's windows, or two with hate`() throws {
    let plymouth = try PolicyDocument.parse(BuiltInPolicyDocuments.plymouth)
    #expect(plymouth.mandatory == MandatoryRule())
    #expect(plymouth.alternatives.map(\.kind) == [.hate(complaints: 2, ofHate: 1)])
    #expect(plymouth.alternatives.map(\.toFind) == [[.findFurtherActions]])
    #expect(plymouth.factors == DiscretionaryFactor.allCases)
    #expect(plymouth.nation == .england)
  }

  @Test func `every stage in Plymouth has a clock, and it is lent`() throws {
    let plymouth = try PolicyDocument.parse(BuiltInPolicyDocuments.plymouth)
    let lender = try PolicyDocument.parse(BuiltInPolicyDocuments.recourseDefault)
    for stage in Clock.Stage.allCases {
      #expect(plymouth.clock(stage, fallback: lender)?.source == PolicyPack.defaultName)
    }
    let panel = lender.clocks.first { $0.stage == .panel }
    #expect(panel == Clock(.panel, Period(20, .workingDays), from: .decision))
  }

  @Test(arguments: [("stockton", "2022-07-01"), ("westminster", "2023-08-24")])
  func
    `a version that reads the same procedure rightly takes the place of the other from its first day`(
      area: String, from: String
    ) throws
  {
    let shelf = try Self.shelf()
    let pack = try shelf.pack(forArea: area, receivedOn: try #require(CalendarDate(from)))
    #expect(pack.version == "2" && shelf.all.contains { $0.area == area && $0.version == "1" })
  }

  @Test(arguments: [("2022-06-30", "nhs-devon-ccg"), ("2022-07-01", "nhs-devon-icb")])
  func `the health body is the one of the day`(on: String, key: String) throws {
    let plymouth = try PolicyDocument.parse(BuiltInPolicyDocuments.plymouth)
    let bodies = plymouth.bodiesToNotify(on: try #require(CalendarDate(on)))
    #expect(bodies.filter { $0.kind == .health }.map(\.key) == [key])
    #expect(bodies.count == 8)
  }
}
