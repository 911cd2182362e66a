import CaseModel
import Policy
import ReportingRules
import Testing

/// What the figures count when an appeal was upheld and the threshold decided anew.
@Suite struct DecisionAfterAppealTests {
  typealias Stage = StatutoryFiguresTests

  static let notMet = Stage.fact(.decidedNotMet, "2026-05-01")

  static func later(
    _ met: Bool, _ reversal: ReportingPolicy.Reversal, number: Int = 2, on: String = "2026-06-01"
  ) -> LaterDecision {
    LaterDecision("A", number: number, met: met, reversal: reversal, on: Stage.day(on))
  }

  struct Row: Sendable {
    let first: [CountedFact]
    let later: [LaterDecision]
    /// Times that it counts in April to March, and whether it is noted.
    let counted: Int
    var isNoted = false
  }

  static let rows = [
    // The first decision stays counted, with a note.
    Row(first: [notMet], later: [later(true, .countOriginal)], counted: 1, isNoted: true),
    Row(first: [notMet], later: [later(false, .countOriginal)], counted: 1),
    Row(first: [], later: [later(false, .countOriginal)], counted: 1),
    Row(first: [], later: [later(true, .countOriginal)], counted: 0),
    Row(
      first: [],
      later: [later(true, .countOriginal, number: 3), later(false, .countOriginal)], counted: 1,
      isNoted: true),
    // Only the decision that stands is counted.
    Row(first: [notMet], later: [later(true, .net)], counted: 0),
    Row(first: [notMet], later: [later(false, .net)], counted: 1),
    Row(first: [], later: [later(false, .net)], counted: 1),
    Row(first: [notMet], later: [later(false, .net, number: 3), later(true, .net)], counted: 1),
    Row(first: [notMet], later: [later(true, .net, number: 3), later(false, .net)], counted: 0),
  ]

  @Test(arguments: rows)
  func `a case counts once at most, by its procedure's rule`(row: Row) {
    let figures = StatutoryFigures(row.first, later: row.later, in: Stage.period)
    #expect(figures.thresholdNotMet == Array(repeating: "A", count: row.counted))
    #expect(figures.reversedOnAppeal == (row.isNoted ? ["A"] : []))
  }

  @Test(arguments: ReportingPolicy.Reversal.allCases)
  func `a reversal after the period's end does to the period what the rule says`(
    reversal: ReportingPolicy.Reversal
  ) {
    let figures = StatutoryFigures(
      [Self.notMet], later: [Self.later(true, reversal, on: "2027-05-01")], in: Stage.period)
    #expect(figures.thresholdNotMet == (reversal == .net ? [] : ["A"]))
  }

  @Test func `the decision that stands counts on its own day`() {
    let later = [Self.later(false, .net, on: "2027-05-01")]
    #expect(StatutoryFigures([Self.notMet], later: later, in: Stage.period).thresholdNotMet == [])
    let next = Stage.day("2027-04-01")...Stage.day("2028-03-31")
    #expect(StatutoryFigures([Self.notMet], later: later, in: next).thresholdNotMet == ["A"])
  }

  @Test func `each of many cases is counted by its own decisions`() {
    let names = (0..<500).map { "case-\(1_000 + $0)" }
    let facts = names.map { Stage.fact(.decidedNotMet, $0, "2026-05-01") }
    let later = names.enumerated().map { index, name in
      LaterDecision(
        name, number: 2, met: true, reversal: index.isMultiple(of: 2) ? .net : .countOriginal,
        on: Stage.day("2026-06-01"))
    }
    let kept = names.enumerated().filter { !$0.offset.isMultiple(of: 2) }.map(\.element)
    let figures = StatutoryFigures(facts, later: later, in: Stage.period)
    #expect(figures.thresholdNotMet == kept && figures.reversedOnAppeal == kept)
  }

  @Test func `other cases are left as they are`() {
    let facts = [Self.notMet, Stage.fact(.decidedNotMet, "B", "2026-05-01")]
    let figures = StatutoryFigures(facts, later: [Self.later(true, .net)], in: Stage.period)
    #expect(figures.thresholdNotMet == ["B"])
  }
}
