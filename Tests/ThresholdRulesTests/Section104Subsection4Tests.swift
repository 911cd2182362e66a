import CaseModel
import Policy
import Testing

@testable import ThresholdRules

@Suite struct Section104Subsection4Tests {
  struct Row: Sendable, CustomStringConvertible {
    let description: String
    let complaints: [Made]
    /// For each complaint, the one that it counts once together with; its own place if it counts.
    let countedBy: [Int]

    init(_ description: String, _ complaints: [Made], _ countedBy: [Int]) {
      self.description = description
      self.complaints = complaints
      self.countedBy = countedBy
    }
  }

  static let rows = [
    Row("one", [Made(incident: "a")], [0]),
    Row(
      "the same person about the same incident, to two bodies",
      [Made(complaint: "2026-03-02", incident: "a"), Made(complaint: "2026-03-03", incident: "a")],
      [0, 0]),
    Row(
      "the earliest counts, whatever the order",
      [Made(complaint: "2026-03-03", incident: "a"), Made(complaint: "2026-03-02", incident: "a")],
      [1, 1]),
    Row(
      "of the same day the first listed counts",
      [
        Made(complaint: "2026-03-03", incident: "a"), Made(incident: "a"), Made(incident: "a"),
      ],
      [1, 1, 1]),
    Row(
      "two people about the same incident count twice",
      [Made(incident: "a"), Made(complainant: "flat-4", incident: "a")], [0, 1]),
    Row(
      "one person about two incidents counts twice", [Made(incident: "a"), Made(incident: "b")],
      [0, 1]),
    Row("without an incident each stands alone", [Made(), Made(), Made()], [0, 1, 2]),
    Row(
      "each of several people counts once",
      [
        Made(complainant: "flat-4", incident: "a"), Made(complainant: "flat-7", incident: "a"),
        Made(complaint: "2026-03-04", complainant: "flat-7", incident: "a"),
        Made(complainant: "flat-9", incident: "a"),
      ],
      [0, 1, 1, 3]),
    Row(
      "the earliest possible day of a range is what counts",
      [
        Made(complaint: "2026-03-04", incident: "a"),
        Made(complaint: "2026-03-03", complaintTo: "2026-03-09", incident: "a"),
      ],
      [1, 1]),
  ]

  @Test(arguments: rows)
  func `complaints by the same person about the same incident count once`(row: Row) {
    let assessed = Assessment.of(.test(row.complaints), under: .test())
    let lines = assessed.routes[0].complaints
    #expect(lines.map { $0.with ?? $0.index } == row.countedBy)
    #expect(lines.map(\.counted) == lines.map { $0.with == nil })
    #expect(assessed.counted == Set(row.countedBy).count)
    for line in lines where !line.counted {
      #expect(line.reason.code == .sameComplainantSameIncident)
      #expect(line.reason["with"] == line.with.map(String.init))
    }
  }

  @Test func `one that does not qualify stands for no other`() {
    let lines = Assessment.of(
      .test([
        Made(behaviour: "2026-01-01", complaint: "2026-02-01", incident: "a"),
        Made(incident: "a"),
      ]), under: .test()
    ).routes[0].complaints
    #expect(lines.map(\.counted) == [false, true])
    #expect(lines.map(\.with) == [nil, nil])
    #expect(lines[0].rules == ["complaint-too-late"])
  }

  @Test(arguments: [
    (0, 3, RouteOutcome.notMet), (2, 3, .notMet), (3, 3, .met), (4, 3, .met), (1, 2, .notMet),
    (2, 2, .met), (0, 1, .notMet), (1, 1, .met),
  ])
  func `it is met at the required number and not below`(
    complaints: Int, required: Int, outcome: RouteOutcome
  ) {
    let assessed = Assessment.of(
      .test(Array(repeating: Made(), count: complaints)),
      under: .test(mandatory: MandatoryRule(required: required)))
    #expect(assessed.routes[0].outcome == outcome && assessed.met == (outcome == .met))
    #expect(assessed.required == required && assessed.counted == complaints)
    #expect(assessed.routes[0].clause == "s.104(4)" && assessed.routes[0].toFind.isEmpty)
  }

  @Test func `another complaint never lowers the count`() {
    var generator = Seeded(21)
    for _ in 0..<500 {
      let facts = ApplicationFacts.drawn(
        Int.random(in: 1..<9, using: &generator), using: &generator)
      let fewer = ApplicationFacts(
        receivedOn: facts.receivedOn, complaints: Array(facts.complaints.dropLast()))
      let (before, after) = (
        Assessment.of(fewer, under: .test()), Assessment.of(facts, under: .test())
      )
      #expect(after.counted - before.counted == 0 || after.counted - before.counted == 1)
    }
  }

  @Test func `the order of the complaints makes no difference to the count`() {
    var generator = Seeded(22)
    for _ in 0..<500 {
      let facts = ApplicationFacts.drawn(
        Int.random(in: 0..<9, using: &generator), using: &generator)
      let shuffled = ApplicationFacts(
        receivedOn: facts.receivedOn, complaints: facts.complaints.shuffled(using: &generator))
      #expect(
        Assessment.of(facts, under: .test()).counted
          == Assessment.of(shuffled, under: .test()).counted)
    }
  }

  @Test func `it is met exactly if enough count, and each line says so`() {
    var generator = Seeded(23)
    var outcomes: Set<RouteOutcome> = []
    for _ in 0..<500 {
      let facts = ApplicationFacts.drawn(
        Int.random(in: 0..<9, using: &generator), using: &generator)
      let required = Int.random(in: 1...3, using: &generator)
      let assessed = Assessment.of(
        facts, under: .test(mandatory: MandatoryRule(required: required)))
      let lines = assessed.routes[0].complaints
      #expect(assessed.met == (assessed.counted >= required))
      #expect(assessed.counted == lines.count(where: \.counted))
      #expect(lines.map(\.index) == facts.complaints.map(\.index))
      for line in lines {
        // Whatever counts together with another points to one that counts.
        #expect(line.with.map { lines[$0].counted && !line.counted } ?? true)
      }
      outcomes.insert(assessed.routes[0].outcome)
    }
    #expect(outcomes == [.met, .notMet])
  }
}
