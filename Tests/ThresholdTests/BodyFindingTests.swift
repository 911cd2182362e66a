import CaseModel
import Foundation
import Messages
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Threshold

/// What bodies said of single complaints goes to whoever writes to the applicant, as data.
@Suite(.timeLimit(.minutes(1))) struct BodyFindingTests {
  let reference = Fixture.reference()
  let three = [complaint(0, to: "city"), complaint(1, to: "city"), complaint(2, to: "homes")]

  @Test func `each body's word and days are shown with the assessment that rests on them`()
    async throws
  {
    try await Fixture.place(of: [TestPack()]) { place in
      try await place.announce(reference, under: TestPack(), three)
      #expect(try await place.assessment(reference).findings.isEmpty)
      try await place.ask(reference)
      let days = finding(0, behaviour: "2026-02-27", to: "2026-02-28", made: "2026-03-03")
      try await place.answer(reference, "city", [days, finding(1, .bodyDisputes)])
      try await place.answer(reference, "homes", [finding(1, .nobodyKnows)])
      let shown = try await place.assessment(reference)
      #expect(shown.findings.map(\.body) == ["city", "city", "homes"])
      #expect(
        shown.findings.map(\.finding) == [
          days, finding(1, .bodyDisputes), finding(1, .nobodyKnows),
        ])
      #expect(shown.decisionFindings.isEmpty && !shown.hasDecision)
    }
  }

  @Test func `beside a decision stand those that it was signed on`() async throws {
    try await Fixture.place(of: [TestPack()]) { place in
      try await place.announce(reference, under: TestPack(), three)
      try await place.ask(reference)
      try await place.answer(reference, "city", [finding(0)])
      try await place.decide(reference, met: true)
      try await place.answer(reference, "homes", [finding(2, .bodyDisputes)])
      let shown = try await place.assessment(reference)
      #expect(shown.decisionFindings.map(\.finding) == [finding(0)])
      #expect(shown.findings == shown.decisionFindings, "while it stands nothing is assessed")
      try await place.appeal(reference, on: "any")
      try await place.decideAppeal(reference)
      let anew = try await place.assessment(reference)
      #expect(anew.findings.map(\.finding) == [finding(0), finding(2, .bodyDisputes)])
      #expect(anew.decisionFindings.map(\.finding) == [finding(0)])
    }
  }

  @Test func `what was assessed before that was kept shows none`() async throws {
    try await Fixture.place(of: [TestPack()]) { place in
      try await place.announce(reference, under: TestPack(), three)
      try await place.context(of: "threshold")?.slice.write { tx in
        try tx.execute("UPDATE assessment SET input = NULL")
      }
      let shown = try await place.assessment(reference)
      #expect(shown.findings.isEmpty && shown.hasAssessment)
    }
  }
}
