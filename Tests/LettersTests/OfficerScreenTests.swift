import CaseModel
import Policy
import Testing
import ThresholdRules

@testable import Letters

@Suite struct OfficerScreenTests {
  @Test func `it shows rules, days, standing and what is asked of a person`() {
    let evidence = Evidence(findings: [
      .init(complaint: 0, body: "police", standing: .bodyConfirms),
      .init(complaint: 1, body: "council", standing: .nobodyKnows),
      .init(complaint: 2, body: "police", standing: .nobodyKnows),
    ])
    let screen = OfficerScreen(
      assessment: .test(ComplaintFacts.four, evidence), pack: .exmouth(),
      complaints: ComplaintFacts.four)
    let text = screen.text
    #expect(text.hasPrefix("Threshold: left to a person\n"))
    #expect(text.contains("enough complaints, section 104(4): not met"))
    #expect(text.contains("complaint-counts") && text.contains("complaint-too-late"))
    #expect(text.contains("with 2") && text.contains("body confirms"))
    #expect(text.contains("behaviour 2026-01-10, complaint 2026-02-20"))
    #expect(text.contains("A person must find that there is more that the agencies can do."))
    #expect(text.contains("The procedure's condition “case closed” was not applied"))
    #expect(text.contains("[caveat-not-applied]") && text.contains("[turns-on-record]"))
    #expect(text.contains("[more-complaints-needed]"))
    #expect(text.contains("Nobody has been asked."))
  }
}
