import CaseModel
import Messages
import SwiftProtobuf
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Threshold

@Suite struct AssessmentTests {
  let reference = Fixture.reference()

  @Test func `an application is assessed when its last complaint is there, and once`() async throws
  {
    try await Fixture.place { place in
      try await place.announce(reference, expecting: 3, [complaint(0), complaint(1)])
      #expect(try await place.events(Recourse_Threshold_V1_ThresholdAssessed.self).isEmpty)
      #expect(try await refusal { try await place.assessment(reference) }.kind == .tryAgain)

      try await place.announceMore(reference, [complaint(2)])
      try await place.announceMore(reference, [complaint(2)])
      let assessed = try await place.events(
        Recourse_Threshold_V1_ThresholdAssessed.self, key: reference.key.description)
      try #require(assessed.count == 1)
      #expect(assessed[0].outcome == .met)
      #expect(assessed[0].met && assessed[0].counted == 3 && assessed[0].required == 3)
      #expect(assessed[0].policyDigest == Fixture.plymouth)
      #expect(assessed[0].assessedOn == Fixture.receivedOn)
    }
  }

  @Test func `each complaint gets its own finding with its reason as data`() async throws {
    try await Fixture.place { place in
      try await place.announce(
        reference,
        [
          complaint(0, behaviour: "2025-09-20", made: "2025-11-04"),
          complaint(1, about: "same"), complaint(2, made: "2026-03-03", about: "same"),
        ])
      let response = try await place.assessment(reference)
      let mandatory = try #require(response.assessment.routes.first)
      #expect(mandatory.route == .mandatory && mandatory.clause == "s.104(4)")
      #expect(mandatory.complaints.map(\.counted) == [false, true, false])
      #expect(mandatory.complaints.map(\.hasWith) == [false, false, true])
      #expect(mandatory.complaints[2].with == 1)
      #expect(
        mandatory.complaints.map(\.reason.code) == [
          "complaint-too-late", "complaint-counts", "same-complainant-same-incident",
        ])
      #expect(mandatory.complaints[0].reason.details.contains { $0.value == "2025-10-19" })
      #expect(response.assessment.outcome == .notMet)
      #expect(response.policyName == "plymouth" && response.policyVersion == "2")
      #expect(!response.hasDecision)
    }
  }

  @Test func `two complaints of which one is of hate leave it to a person`() async throws {
    try await Fixture.place { place in
      try await place.announce(reference, [complaint(0, hate: true), complaint(1)])
      let assessment = try await place.assessment(reference).assessment
      #expect(assessment.outcome == .personDecides && !assessment.met)
      let local = try #require(assessment.routes.first { $0.route == .local })
      #expect(local.outcome == .personDecides && local.required == 2 && local.counted == 2)
      #expect(!local.toFind.isEmpty)
    }
  }

  @Test func `an application without complaints is assessed as it stands`() async throws {
    try await Fixture.place { place in
      try await place.announce(reference, [])
      #expect(try await place.assessment(reference).assessment.outcome == .notMet)
    }
  }

  @Test func `whoever reads an assessment is put on record`() async throws {
    try await Fixture.place { place in
      try await place.announce(reference, [complaint(0)])
      _ = try await place.assessment(reference)
      _ = try await place.assessment(reference)
      #expect(try await place.audited("threshold.read-assessment").count == 2)
    }
  }

  @Test func `a case that is not known here is refused`() async throws {
    try await Fixture.place { place in
      let unknown = try await refusal { try await place.assessment(reference) }
      #expect(unknown.kind == .notFound && unknown.code == "unknown-case")
      let wrong = try await refusal {
        try await place.threshold.getAssessment(
          .with {
            $0.caseReference = "4F7K"
            $0.purpose = .progress
          })
      }
      #expect(wrong.code == "invalid-reference" && wrong.path == "caseReference")
    }
  }

  @Test func `an application under a pack that nobody published waits with its case`() async throws
  {
    try await Fixture.place { place in
      let source = try #require(place.context(of: "source"))
      let other = Fixture.reference(2)
      try await source.slice.write { tx in
        try tx.emit(
          Recourse_Intake_V1_ApplicationReceived.with {
            $0.caseReference = other.description
            $0.receivedOn = Fixture.receivedOn
            $0.policyDigest = "no such digest"
          }, key: other.key)
      }
      try await place.announce(reference, [complaint(0)])
      #expect(try await place.assessment(reference).assessment.outcome == .notMet)
      #expect(try await refusal { try await place.assessment(other) }.code == "unknown-case")
    }
  }
}
