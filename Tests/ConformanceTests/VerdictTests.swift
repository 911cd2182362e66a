import Conformance
import Testing

@Suite struct VerdictTests {
  @Test func `a broken rule is another verdict than one that does not concern`() {
    #expect(Verdict.broken(seen: "x", mend: "y") != Verdict.passedOver("x"))
  }
}
