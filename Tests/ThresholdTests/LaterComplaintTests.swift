import CaseModel
import Messages
import SwiftProtobuf
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Threshold

/// A complaint that a person adds after their application was assessed.
@Suite(.timeLimit(.minutes(1))) struct LaterComplaintTests {
  let reference = Fixture.reference()

  private func later(
    _ index: UInt32, behaviour: String = "2026-03-01", made: String = "2026-03-02"
  ) -> Recourse_Intake_V1_ComplaintRecorded {
    var event = complaint(index, behaviour: behaviour, made: made)
    event.addedLater = true
    return event
  }

  private func revisions(
    _ place: TestPlace
  ) async throws -> [Recourse_Threshold_V1_ThresholdAssessed] {
    try await place.events(Recourse_Threshold_V1_ThresholdAssessed.self)
  }

  @Test func `while nothing is decided it is assessed with the others, as another revision`()
    async throws
  {
    try await Fixture.place { place in
      try await place.announce(reference, [complaint(0), complaint(1)])
      #expect(try await revisions(place).map(\.counted) == [2])
      try await place.announceMore(reference, [later(2)])
      let assessed = try await revisions(place)
      #expect(assessed.map(\.revision) == [0, 1])
      #expect(assessed.map(\.counted) == [2, 3] && assessed.map(\.outcome).last == .met)
      #expect(try await place.assessment(reference).assessment.revision == 1)
      // Once per complaint, however often it is heard of.
      try await place.announceMore(reference, [later(2)])
      #expect(try await revisions(place).count == 2)
    }
  }

  @Test
  func `one that was made after the application does not count, with the reason, and is there`()
    async throws
  {
    try await Fixture.place { place in
      try await place.announce(reference, [complaint(0), complaint(1)])
      try await place.announceMore(
        reference, [later(2, behaviour: "2026-03-20", made: "2026-03-21")])
      let assessed = try #require(try await revisions(place).last)
      #expect(assessed.revision == 1 && assessed.counted == 2)
      let codes = assessed.routes.flatMap(\.complaints).filter { $0.index == 2 }.map(\.reason.code)
      #expect(codes.contains("complaint-after-application"))
    }
  }

  @Test
  func `after a decision it is on record only, and the decision rests on what was known then`()
    async throws
  {
    try await Fixture.place { place in
      try await place.announce(reference, [complaint(0), complaint(1), complaint(2)])
      try await place.decide(reference, met: true)
      try await place.announceMore(reference, [later(3)])
      #expect(try await revisions(place).map(\.revision) == [0])
      let shown = try await place.assessment(reference)
      #expect(shown.decision.met && shown.decisionAssessment.counted == 3)
      #expect(shown.decisionAssessment.revision == 0)
      let kept = try await place.context(of: "threshold")?.slice.read { slice in
        try slice.rows("SELECT place FROM complaint ORDER BY place").map { try $0.int("place") }
      }
      #expect(kept == [0, 1, 2, 3])
      #expect(try await place.rederive().differences.isEmpty)
    }
  }

  @Test func `a body may say something of it, also with days after the application`() async throws {
    try await Fixture.place { place in
      try await place.announce(reference, [complaint(0), complaint(1)])
      try await place.ask(reference, ["plymouth-city-council"])
      let early = try await refusal {
        try await place.answer(reference, "plymouth-city-council", [finding(2)])
      }
      #expect(early.code == "unknown-complaint")
      try await place.go(to: "2026-03-25")
      try await place.announceMore(
        reference, [later(2, behaviour: "2026-03-20", made: "2026-03-21")])
      try await place.answer(
        reference, "plymouth-city-council",
        [finding(2, behaviour: "2026-03-20", made: "2026-03-21")])
      let findings = try await place.assessment(reference).findings
      #expect(findings.map(\.finding.complaint) == [2])
      let late = try await refusal {
        try await place.answer(
          reference, "plymouth-city-council", [finding(0, made: "2026-03-21")])
      }
      #expect(late.code == "date-after-receipt")
    }
  }
}
