import CaseModel
import Policy
import Testing

/// Faults that the Ombudsman found in procedures, and that the lint names.
@Suite struct OmbudsmanTests {
  @Test func `Gosport, 21-017-196: a procedure that is not published is an error, and says why`()
    throws
  {
    let findings = PolicyPack.lawful { $0.publishedAt = "" }.lint()
    let finding = try #require(findings.first)
    #expect(findings.count == 1 && finding.code == "not-published")
    #expect(finding.severity == .error && finding.section == "s.104(2)")
    #expect(finding.path == "publishedAt" && finding.wayOut.hasPrefix("Publish"))
    #expect(PolicyPack.lawful { $0.publishedAt = "example.org" }.lint().isEmpty)
  }

  @Test
  func `Swindon, 22-005-953: where there is no procedure, each thing that must be in it is named`()
  {
    let errors = PolicyPack.lawful { $0 = PolicyPack.Procedure() }.lint()
      .filter { $0.severity == .error }
    #expect(
      Set(errors.map(\.code)).isSuperset(of: [
        "not-published", "no-point-of-contact", "no-dissatisfaction-route-handling",
        "no-dissatisfaction-route-review",
      ]))
    #expect(
      Set(errors.map(\.section)).isSuperset(of: ["s.104(2)", "s.104(3)", "Sch. 4 para 3"]))
  }
}
