import CaseModel
import Foundation
import Policy
import PolicyDocuments
import Testing

@testable import recourse

/// What `recourse doctor` says of what ages.
@Suite struct ProcedureCheckTests {
  private static func noon(_ day: CalendarDate) -> Date {
    Date(timeIntervalSince1970: Double(day.daysSince1970) * 86_400 + 43_200)
  }

  @Test(arguments: [(-180, nil), (-179, "note"), (0, "note"), (1, "problem")])
  func `the end of the bank holidays is told half a year before`(
    days: Int, weight: String?
  ) {
    let today = WorkingCalendar.horizon.upperBound.adding(days: days)
    let findings = ProcedureCheck.holidays(now: Self.noon(today)).findings
    #expect(findings.inShort == (weight.map { ["\($0) holidays-end calendar"] } ?? []))
  }

  @Test(arguments: [(-180, false), (-179, true), (0, true), (179, true), (180, false)])
  func `an area's last procedure is told around its end`(days: Int, isTold: Bool) throws {
    try withDirectory { directory in
      let end = try #require(CalendarDate("2027-12-31"))
      let text = BuiltInPolicyDocuments.plymouth
        .replacing("name: plymouth", with: "name: ours", maxReplacements: 1)
        .replacing("area: plymouth", with: "area: ours\nuntil: \(end)", maxReplacements: 1)
      try directory.write(text, "packs/ours.yaml")
      let now = Self.noon(end.adding(days: days))
      let findings = ProcedureCheck.packs(of: directory, now: now).findings
        .filter { $0.subject == "ours" }
      #expect(findings.inShort == (isTold ? ["note procedure-ends ours"] : []))
      guard isTold else { return }
      #expect(findings[0].message.contains(days > 0 ? "ended on" : "ends on"))
    }
  }

  @Test func `a procedure that has a successor does not end`() throws {
    let text = try #require(
      BuiltInPolicyDocuments.all.first { $0.contains("until: 2026-05-07\n") })
    let pack = try PolicyDocument.parse(text)
    let end = try #require(pack.until)
    try withDirectory { directory in
      let findings = ProcedureCheck.packs(of: directory, now: Self.noon(end)).findings
      #expect(!findings.contains { $0.subject == "hinckley-and-bosworth" })
    }
  }

  @Test func `one that cannot be read is a problem with its place`() throws {
    try withDirectory { directory in
      try directory.write("name: [", "packs/ours.yaml")
      let findings = ProcedureCheck.packs(of: directory, now: Picture.moment).findings
      #expect(findings.codes == ["invalid-policy"])
      #expect(findings[0].subject.contains("ours.yaml"))
    }
  }
}
