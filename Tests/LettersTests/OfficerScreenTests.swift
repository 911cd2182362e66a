import CaseModel
import Policy
import Testing
import ThresholdRules

@testable import Letters

@Suite struct OfficerScreenTests {
  @Test func `it shows rules, days, standing and what is asked of a person`() {
    let screen = OfficerScreen(
      assessment: .two(
        notes: [.make(.caveatNotApplied, ["caveat": "case-closed"])],
        turnsOn: [.make(.turnsOnRecord, ["place": "3", "body": "council", "outcome": "NOT_MET"])]),
      pack: .exmouth(), complaints: ComplaintFacts.four)
    let text = screen.text
    #expect(text.hasPrefix("Threshold: left to a person\n"))
    #expect(text.contains("enough complaints, s.104(4): not met"))
    #expect(text.contains("complaint-counts") && text.contains("complaint-too-late"))
    #expect(text.contains("with 2") && text.contains("body confirms"))
    #expect(text.contains("behaviour 2026-01-10, complaint 2026-02-20"))
    #expect(text.contains("A person must find that there is more that the agencies can do."))
    #expect(text.contains("[caveat-not-applied]") && text.contains("[turns-on-record]"))
    #expect(text.contains("[more-complaints-needed]"))
    #expect(text.contains("Nobody has been asked."))
  }
}
