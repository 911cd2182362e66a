import Foundation
import Messages
import Outreach
import Testing

@testable import recourse

/// Plans as people write them, and as they are written for people.
@Suite struct PlanFileTests {
  private static let head = "recourse-plan: 1\nid: p\ntitle: A plan\n"

  @Test(arguments: [
    ("a text", "not-a-plan", "line 1"),
    ("id: p\ntitle: t\n", "missing", "recourse-plan"),
    ("recourse-plan: 2\nid: p\ntitle: t\n", "plan-version", "line 1: recourse-plan"),
    ("recourse-plan: 1\nid: p\n", "missing", "title"),
    (head + "colour: red\n", "unknown-field", "line 4: colour"),
    (head + "title: Again\n", "not-yaml", "line"),
    (head + "public-page: www.council.example\n", "unexpected", "line 4: public-page"),
    (head + "activities: none\n", "unexpected", "line 4: activities"),
    (
      head + "activities:\n  - id: one\n    title: t\n    channel: television\n", "unexpected",
      "line 7: activities[0].channel"
    ),
    (
      head + "activities:\n  - id: one\n    title: t\n", "missing",
      "line 5: activities[0].channel"
    ),
    (
      head + "activities:\n  - id: one\n    title: t\n    channel: event\n    date: 2026-02-29\n",
      "unexpected", "line 8: activities[0].date"
    ),
    (
      head + "activities:\n  - {id: one, title: t, channel: event, campaign: none}\n",
      "unknown-campaign", "line 5: activities[0].campaign"
    ),
    (
      head + "events:\n  - id: one\n    title: t\n    begins: \"10:00\"\n", "missing",
      "line 5: events[0].date"
    ),
    (head + "source: &a x\n", "anchor", "line 4"),
    (head + "source: [\n", "not-yaml", "line"),
  ])
  func `what is wrong is told with its line, and what is expected`(
    text: String, code: String, place: String
  ) throws {
    let failure = try #require(throws: Failure.self) {
      try OutreachCommand.Import.plan(in: Array(text.utf8))
    }
    #expect(failure.code == code)
    #expect(failure.path.contains(place), "\(failure.path)")
  }

  @Test func `what is said to be unknown is absent`() throws {
    let text =
      Self.head + "source: ~\nactivities:\n  - {id: one, title: t, channel: event, date: null}\n"
    let plan = try OutreachCommand.Import.plan(in: Array(text.utf8))
    #expect(plan.source.isEmpty)
    #expect(plan.activities[0].date.isEmpty)
    #expect(!plan.activities[0].hasCostPence)
  }

  private static var example: String {
    get throws {
      let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      return try String(
        contentsOf: folder.appending(path: "Examples/plans/plymouth-2022.yaml"), encoding: .utf8)
    }
  }

  @Test func `the plan of Plymouth has what is known of it, and nothing else`() throws {
    let plan = try OutreachCommand.Import.plan(in: Array(Self.example.utf8))
    #expect(plan.activities.count == 5)
    #expect(plan.activities[0].date == "2022-01-17")
    #expect(plan.activities.dropFirst().allSatisfy { $0.date.isEmpty })
    #expect(plan.activities.allSatisfy { !$0.hasCostPence && $0.approval.on.isEmpty })
    #expect(plan.events[0].place == "Council House")
    #expect(plan.events[0].guests.count == 14)
    #expect(plan.events[0].guests.allSatisfy { $0.mailbox.isEmpty })
    #expect(plan.pledges[0].commitments.count == 6)
    #expect(plan.pledges[0].signatories.count == 5)
    #expect(plan.pledges[1].commitments.isEmpty)
  }

  @Test func `a plan that is written and read again is the same, in each form`() throws {
    let example = try PlanFile(yaml: Self.example).record
    var chance = Chance(seed: 2022)
    for plan in [example] + (0..<100).map({ _ in chance.plan() }) {
      _ = try OutreachPlanFile.plan(plan)
      #expect(try PlanFile(yaml: PlanFileWriter.yaml(plan)).record == plan)
      #expect(try PlanFile(yaml: PlanFileWriter.json(plan).line).record == plan)
      #expect(try PlanFile(csv: PlanTable.csv(plan)).record == plan)
    }
  }

  @Test(arguments: ["null", "true", "0", "1-2"])
  func `an id is a text, whatever it looks like`(id: String) throws {
    let plan = PlanRecord([
      PlanRecord.Field("id", .text(id)), PlanRecord.Field("title", .text("t")),
    ])
    #expect(try PlanFile(yaml: PlanFileWriter.yaml(plan)).record == plan)
  }

  @Test(arguments: [
    ("", "not-a-plan", "line 1"),
    ("ENTRY,OF,id,title\n", "not-a-plan", "line 2"),
    ("ENTRY,OF,id,colour\nplan,,p,red\n", "unknown-field", "line 1"),
    ("ENTRY,OF,id,id\nplan,,p,p\n", "twice", "line 1"),
    ("ENTRY,OF,id,title\ncampaigns,,c,t\n", "unexpected", "line 2: ENTRY"),
    ("ENTRY,OF,id,title\nplan,,p,t,x\n", "unexpected", "line 2"),
    ("ENTRY,OF,id,title\nplan,,p,\"t\n", "not-csv", "line 2"),
    ("ENTRY,OF,id,title\nplan,,p,t\nparties,,c,t\n", "unexpected", "line 3: ENTRY"),
    ("ENTRY,OF,id,title\nplan,,p,t\nguests,events/one,c,t\n", "unknown-entry", "line 3: OF"),
    ("ENTRY,OF,id,title,date\nplan,,p,t,2026-01-01\n", "unknown-field", "line 2: date"),
    (
      "ENTRY,OF,id,title,channel,date\nplan,,p,t\nactivities,,a,t,event,soon\n", "unexpected",
      "line 3: activities[0].date"
    ),
    (
      "ENTRY,OF,id,title,channel\nplan,,p,\"two\nlines\"\n", "unexpected", "line 2: title"
    ),
  ])
  func `what is wrong in a table is told with its line`(text: String, code: String, place: String)
    throws
  {
    let failure = try #require(throws: Failure.self) {
      try OutreachCommand.Import.plan(in: Array(text.utf8), isTable: true)
    }
    #expect(failure.code == code)
    #expect(failure.path.contains(place), "\(failure.path)")
  }

  @Test func `a spreadsheet does not take a text for a formula`() throws {
    let plan = PlanRecord([
      PlanRecord.Field("id", .text("p")), PlanRecord.Field("title", .text("=HYPERLINK(\"x\")")),
    ])
    #expect(PlanTable.csv(plan).contains("\"'=HYPERLINK(\"\"x\"\")\""))
    #expect(try PlanFile(csv: PlanTable.csv(plan)).record == plan)
  }
}

/// Plans by chance, the same each time (SplitMix64, G. Steele and others, 2014).
private struct Chance: RandomNumberGenerator {
  private var state: UInt64
  private var last = 0

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A plan that makes sense, with all kinds of entries.
  mutating func plan() -> PlanRecord {
    var plan = record(OutreachPlanFile.fields)
    // What hangs together by names and by order is left out.
    for index in plan.fields.indices {
      guard case .list(let entries) = plan.fields[index].value else { continue }
      let loose = entries.map { entry in
        PlanRecord(
          entry.fields.filter {
            !["campaign", "activity", "from", "begins", "ends", "scheme"].contains($0.name)
          })
      }
      plan.fields[index] = PlanRecord.Field(plan.fields[index].name, .list(loose))
    }
    return plan
  }

  private mutating func record(_ fields: [PlanField]) -> PlanRecord {
    var chosen: [PlanRecord.Field] = []
    for field in fields where field.isRequired || Bool.random(using: &self) {
      if let value = value(field.shape) { chosen.append(PlanRecord.Field(field.name, value)) }
    }
    return PlanRecord(chosen)
  }

  /// Nil where nothing would be the same as no value.
  private mutating func value(_ shape: PlanShape) -> PlanValue? {
    switch shape {
    case .id:
      last += 1
      return .text("id-\(last)")
    case .text: return .text(text())
    case .day: return .text("2026-0\(Int.random(in: 1...9, using: &self))-10")
    case .clock: return .text("1\(Int.random(in: 0...9, using: &self)):30")
    case .money: return .number(Int.random(in: 0...100_000, using: &self))
    case .count: return .number(Int.random(in: 0...PlanLimits.count, using: &self))
    case .flag: return .flag(Bool.random(using: &self))
    case .choice(let words): return words.randomElement(using: &self).map { .text($0) }
    case .mailbox: return .text("team@council.example")
    case .page: return .text("https://council.example/a/b-\(last)")
    case .group(let fields): return .group(record(fields))
    case .list(let fields):
      let count = Int.random(in: 0..<4, using: &self)
      return count == 0 ? nil : .list((0..<count).map { _ in record(fields) })
    }
  }

  /// With what means something to YAML, JSON, CSV or a spreadsheet.
  private mutating func text() -> String {
    let marks = Array("ab ,;:#'\"\\{}[]&*!|>%@`=+-~?ŵ’🎪é0")
    let inside = (0..<Int.random(in: 0..<40, using: &self)).map { _ in
      marks.randomElement(using: &self) ?? "a"
    }
    let text = String(inside)
    return text.trimmingCharacters(in: .whitespaces).isEmpty
      ? "null" : text.trimmingCharacters(in: .whitespaces)
  }
}
