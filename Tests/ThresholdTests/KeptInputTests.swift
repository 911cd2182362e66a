import CaseModel
import Foundation
import Messages
import Policy
import PolicyDocuments
import SwiftProtobuf
import Testing
import ThresholdRules
import WorkerKit
import WorkerKitTesting

@testable import Threshold

/// What is kept with a decision is all that the rules were given, and names what they said.
@Suite struct KeptInputTests {
  static func day(_ number: Int) -> CalendarDate { CalendarDate(daysSince1970: number) }

  static let facts = ApplicationFacts(
    receivedOn: day(20_528),
    complaints: [
      ComplaintFacts(
        index: 0, behaviour: day(20_500)...day(20_505), complaint: day(20_506)...day(20_507),
        body: "city", complainant: "k1", incident: "i1", hate: true, household: "h1"),
      ComplaintFacts(
        index: 1, behaviour: day(-1)...day(-1), complaint: day(0)...day(0), complainant: "k2"),
    ])

  static let evidence = Evidence(
    findings: [
      Evidence.Finding(
        complaint: 0, body: "city", standing: .bodyConfirms, behaviour: day(20_501)...day(20_501),
        reported: day(20_506)...day(20_508)),
      Evidence.Finding(complaint: 1, body: "city", standing: .nobodyKnows),
    ],
    information: InformationCompleteness(asked: 4, returned: 1, refused: 1, overdue: 1))

  static let pack = TestPack()

  static func assessment(
    _ facts: ApplicationFacts = facts, _ evidence: Evidence = evidence
  ) throws -> Assessment {
    Assessment.of(facts, evidence, under: try PolicyDocument.parse(pack.document))
  }

  @Test(arguments: [evidence, .none])
  func `what is kept reads back as it was`(evidence: Evidence) throws {
    let inputs = AssessmentInputs(facts: Self.facts, evidence: evidence)
    #expect(try AssessmentInputs(serialized: inputs.serialized()) == inputs)
  }

  @Test func `what is no day, no range or no standing is not guessed at`() throws {
    let whole = Recourse_Threshold_V1_AssessmentInput(
      AssessmentInputs(facts: Self.facts, evidence: Self.evidence))
    var (day, range, standing) = (whole, whole, whole)
    day.receivedOn = "May"
    range.complaints[0].behaviourTo = range.complaints[0].behaviourFrom - 1
    standing.findings[0].standing = .unspecified
    for damaged in [day, range, standing] {
      let bytes: Data = try damaged.serializedBytes()
      #expect(throws: DamagedSlice.self) { try AssessmentInputs(serialized: bytes) }
    }
  }

  @Test func `the same lines have the same digest, however far the bodies have answered`() throws {
    let digest = LinesDigest.of(try Self.assessment())
    #expect(LinesDigest.of(try Self.assessment()) == digest)
    let further = Evidence(
      findings: Self.evidence.findings,
      information: InformationCompleteness(asked: 4, returned: 2, refused: 1, overdue: 0))
    #expect(LinesDigest.of(try Self.assessment(Self.facts, further)) == digest)
  }

  @Test func `another day, another standing or a line less has another digest`() throws {
    let first = Self.facts.complaints[0]
    let later = ComplaintFacts(
      index: 0, behaviour: first.behaviour, complaint: first.complaint, body: first.body,
      complainant: first.complainant, incident: first.incident, hate: first.hate)
    let assessments = [
      try Self.assessment(),
      try Self.assessment(Self.facts, .none),
      try Self.assessment(
        ApplicationFacts(receivedOn: Self.day(20_527), complaints: Self.facts.complaints)),
      try Self.assessment(ApplicationFacts(receivedOn: Self.day(20_528), complaints: [later])),
    ]
    #expect(Set(assessments.map(LinesDigest.of)).count == assessments.count)
  }

  @Test func `a signed decision keeps its inputs beside it, and no name`() async throws {
    let reference = Fixture.reference()
    try await Fixture.place(of: [Self.pack]) { place in
      try await place.announce(reference, under: Self.pack, [complaint(0)])
      try await place.ask(reference, ["city"])
      try await place.answer(reference, "city", [finding(0)])
      try await place.decide(
        reference, met: false, officer: "Zebedee Marker", reason: "Quokka words")
      let slice = try #require(place.context(of: "threshold")?.slice)
      let kept = try await slice.read { try $0.keptInputs(after: 0, limit: 10) }
      try #require(kept.count == 1)
      #expect(kept[0].sequence == 1 && kept[0].reference == reference.description)
      #expect(kept[0].policyDigest == Self.pack.digest && kept[0].outcome == .notMet)
      #expect(kept[0].engine == Assessment.engineVersion)
      let inputs = try AssessmentInputs(serialized: kept[0].input)
      #expect(inputs.facts.receivedOn.description == Fixture.receivedOn)
      #expect(inputs.evidence.findings.map(\.standing) == [.bodyConfirms])
      for marker in ["Zebedee", "Quokka"] {
        #expect(kept[0].input.range(of: Data(marker.utf8)) == nil)
      }
    }
  }
}
