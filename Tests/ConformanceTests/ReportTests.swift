import Foundation
import Testing

@testable import Conformance

@Suite struct ReportTests {
  private static let report = ConformanceReport(
    plugin: "council-alerts",
    findings: [
      ConformanceReport.Finding(.order, .holds),
      ConformanceReport.Finding(.refusal, .passedOver("it calls nobody")),
      ConformanceReport.Finding(.drainInTime, .broken(seen: "it stayed", mend: "Leave.")),
    ],
    readyAfter: .milliseconds(31), memoryBytes: 12 * 1_048_576)

  @Test func `a broken rule is named with what was seen and how to mend it`() {
    let lines = Self.report.lines
    #expect(
      lines == [
        "holds   order          It acts on the events of one case in their order.",
        "–       refusal        Passed over: it calls nobody.",
        "BROKEN  drain-in-time  It leaves in order when its input ends.",
        "        tried:  Its input ends while events come and an answer is awaited.",
        "        seen:   it stayed",
        "        mend:   Leave.",
        "council-alerts: 1 hold, 1 broken, 1 passed over; ready after 31 ms; 12 MiB in use.",
      ])
    #expect(!Self.report.conforms)
    #expect(Self.report.broken == [.drainInTime])
  }

  @Test func `a program reads the same from one object`() throws {
    let object = try #require(
      try JSONSerialization.jsonObject(with: Self.report.json) as? [String: Any])
    #expect(object["plugin"] as? String == "council-alerts")
    #expect(object["conforms"] as? Bool == false)
    #expect(object["readyAfterMilliseconds"] as? Int == 31)
    let rules = try #require(object["rules"] as? [[String: String]])
    #expect(rules.map { $0["verdict"] } == ["holds", "passed-over", "broken"])
    #expect(rules[2]["mend"] == "Leave.")
  }

  @Test(arguments: Rule.allCases)
  func `every rule has a promise and a way in which it is tried`(_ rule: Rule) {
    #expect(rule.promise.hasSuffix("."))
    #expect(rule.trial.hasSuffix("."))
  }
}
