import CaseModel
import Foundation
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
    #expect(text.contains("The procedure's condition “the case must be closed” was not applied"))
    #expect(text.contains("[caveat-not-applied]"))
    #expect(text.contains("[more-complaints-needed]"))
    #expect(text.contains("Nobody has been asked."))
  }

  @Test func `what has to be minded of the people stands before what the rules say`() {
    let text = OfficerScreen(
      assessment: .test(), pack: .exmouth(), needs: ["DANGER: ring first.", "applicant needs: BSL"]
    ).text
    let danger = text.range(of: "- DANGER: ring first.")
    let rules = text.range(of: "Section 104(4) requires")
    #expect(danger != nil && rules != nil)
    if let danger, let rules { #expect(danger.lowerBound < rules.lowerBound) }
  }

  @Test func `each body's days stand beside the applicant's, and who decided as what`() {
    let screen = OfficerScreen(
      assessment: .test(), pack: .exmouth(), complaints: ComplaintFacts.four,
      findings: [
        .init(
          complaint: 2, body: "police", standing: .bodyDisputes,
          reported: day("2026-03-10")...day("2026-03-10"))
      ], decisions: ["Decided on 20 March 2026 by A. Officer (lead authority): not met."])
    let rows = screen.text.components(separatedBy: "What bodies have on record").last ?? ""
    let row = rows.split(separator: "\n").first { $0.contains("body disputes") } ?? ""
    #expect(row.hasPrefix("3") && row.contains("Devon & Cornwall Police"))
    #expect(row.contains("2026-03-10") && row.contains("2026-03-07 to 2026-03-09"))
    #expect(screen.text.contains("- Decided on 20 March 2026 by A. Officer (lead authority)"))
    #expect(!OfficerScreen(assessment: .test(), pack: .exmouth()).text.contains("Decision"))
  }

  @Test func `what a new application would need is by the day on which the screen is read`() {
    func text(_ read: String?) -> String {
      OfficerScreen(
        assessment: .test(), pack: .exmouth(), complaints: ComplaintFacts.four,
        readOn: read.map(day)
      ).text
    }
    let any =
      "- 3 new qualifying complaints would be enough (section 104(4)). [new-complaints-needed]"
    let soon = text("2026-09-01")
    #expect(soon.contains("What a new application would need on 1 September 2026"))
    #expect(soon.contains(any) && !soon.contains("has gone by"))
    let late = text("2026-09-02")
    #expect(late.contains("A day that is named above has gone by: section 104(4)."))
    #expect(
      late.contains(
        "- 2 more qualifying complaints, and an application by 8 September 2026, would be enough "
          + "(section 104(4)). [more-complaints-needed]"))
    #expect(late.contains(any))
    #expect(!text(nil).contains("What a new application would need"))
  }

  @Test func `what is weighed is evidence, and is not said not to count`() {
    let screen = OfficerScreen(assessment: .test(), pack: .exmouth())
    let route =
      screen.text.components(separatedBy: "what a person weighs, section 104(5)").last ?? ""
    let rows = route.split(separator: "\n").prefix { !$0.hasPrefix("Not applied") }
      .filter { $0.first?.isNumber == true }
    #expect(rows.count == ComplaintFacts.four.count)
    for row in rows { #expect(row.dropFirst().drop { $0 == " " }.hasPrefix("evidence")) }
  }

  @Test func `who refused, who is late, who is not told and what is waited for are named`() {
    let screen = OfficerScreen(
      assessment: .test(), pack: .exmouth(),
      answers: ["Exmouth Council refused information on 3 April 2026 (not held)."],
      untold: ["Devon & Cornwall Police"], awaitsConsent: true)
    #expect(screen.text.contains("- Exmouth Council refused information on 3 April 2026"))
    #expect(screen.text.contains("Still to be told (s.104(3)): Devon & Cornwall Police."))
    #expect(screen.text.contains("A consent is waited for without which a review cannot be run."))
    #expect(!OfficerScreen(assessment: .test(), pack: .exmouth()).text.contains("Still to be told"))
  }
}
