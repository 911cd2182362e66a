import Testing

@testable import Torture

/// What the workers have on record, looked at when all have stopped.
@Suite struct AuditTests {
  private func checked(_ audits: [RunHistory.Audit]) -> TortureReport {
    var report = TortureChecker.check(Fixture.history)
    TortureChecker.check(audits, of: ["intake", "support"], &report)
    return report
  }

  private func audit(
    _ worker: String, rows: Int = 3, faults: [String] = []
  ) -> RunHistory.Audit {
    RunHistory.Audit(worker: worker, rows: rows, faults: faults)
  }

  @Test func `audits that are whole are counted and are no finding`() {
    let report = checked([audit("intake"), audit("support", rows: 4)])
    #expect(report.isAsExpected && report.audited == 7)
  }

  @Test func `each fault is a finding, and none may only be late`() {
    let report = checked([audit("intake", faults: ["one", "two"]), audit("support")])
    #expect(report.findings.map(\.kind) == [.brokenAudit, .brokenAudit])
    #expect(report.findings.map(\.place) == ["intake", "intake"])
    #expect(!report.mayOnlyBeLate)
  }

  @Test func `a worker without an audit, and audits without a row, prove nothing`() {
    #expect(checked([audit("intake")]).findings.map(\.place) == ["support"])
    let empty = checked([audit("intake", rows: 0), audit("support", rows: 0)])
    #expect(empty.findings.map(\.kind) == [.untested])
  }
}
