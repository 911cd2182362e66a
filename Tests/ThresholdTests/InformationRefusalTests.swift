import CaseModel
import Messages
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Threshold

/// What may not be recorded as a body's answer, each with where in the request it is wrong.
@Suite struct InformationRefusalTests {
  let reference = Fixture.reference()

  struct Wrong: Sendable, CustomTestStringConvertible {
    var findings: [Recourse_Threshold_V1_InformationFinding] = []
    var refused: Recourse_Threshold_V1_RefusalGround.Value = .unspecified
    var day = ""
    let code: String
    let path: String

    var testDescription: String { "\(code) at \(path)" }
  }

  static let wrong = [
    Wrong(day: "2026-03-18", code: "date-in-future", path: "answeredOn"),
    Wrong(day: "2026-03-15", code: "date-before-request", path: "answeredOn"),
    Wrong(day: "yesterday", code: "not-a-date", path: "answeredOn"),
    Wrong(
      findings: [finding(0), finding(2)], code: "unknown-complaint", path: "findings[1].complaint"),
    Wrong(findings: [finding(1), finding(1)], code: "named-twice", path: "findings[1].complaint"),
    Wrong(findings: [finding(0, .unspecified)], code: "missing", path: "findings[0].standing"),
    Wrong(findings: [finding(0, .applicantSays)], code: "missing", path: "findings[0].standing"),
    Wrong(
      findings: [finding(0, behaviour: "2026-03-02", to: "2026-03-01")], code: "dates-reversed",
      path: "findings[0].behaviourDateTo"),
    Wrong(
      findings: [finding(0, made: "2026-03-02", madeTo: "2026-03-01")], code: "dates-reversed",
      path: "findings[0].complaintDateTo"),
    Wrong(
      findings: [finding(0, madeTo: "2026-03-01")], code: "missing",
      path: "findings[0].complaintDate"),
    Wrong(
      findings: [finding(0, behaviour: "1 March")], code: "not-a-date",
      path: "findings[0].behaviourDate"),
    Wrong(
      findings: [finding(0, behaviour: "2026-03-01", to: "2026-03-17")], code: "date-after-receipt",
      path: "findings[0].behaviourDate"),
    Wrong(
      findings: [finding(0, made: "2026-03-17")], code: "date-after-receipt",
      path: "findings[0].complaintDate"),
    Wrong(
      findings: [finding(0), finding(1, made: "2026-02-28")], code: "date-before-behaviour",
      path: "findings[1].complaintDate"),
    Wrong(
      findings: [finding(1, behaviour: "2026-03-03")], code: "date-before-behaviour",
      path: "findings[0].behaviourDate"),
    Wrong(
      findings: [finding(1, behaviour: "2026-02-10", made: "2026-02-09")],
      code: "date-before-behaviour", path: "findings[0].complaintDate"),
    Wrong(
      findings: [finding(0, .bodyDisputes, made: "2026-03-02")], code: "not-their-complaint",
      path: "findings[0].complaintDate"),
    Wrong(
      findings: [finding(0, behaviour: "2026-03-01")], code: "not-their-complaint",
      path: "findings[0].behaviourDate"),
    Wrong(refused: .notPublicFunction, code: "must-comply", path: "refused"),
    Wrong(
      findings: [finding(0, .nobodyKnows, made: "2026-03-02")], code: "days-of-nothing",
      path: "findings[0]"),
    Wrong(
      findings: [finding(0)], refused: .notHeld, code: "refused-with-findings", path: "findings"),
    Wrong(refused: .UNRECOGNIZED(9), code: "unknown-ground", path: "refused"),
    Wrong(
      findings: Array(repeating: finding(0), count: Limits.findings + 1),
      code: "too-many-findings", path: "findings"),
  ]

  @Test(arguments: wrong)
  func `what is wrong is refused where it is wrong, and nothing is kept`(wrong: Wrong) async throws
  {
    try await Fixture.place(of: [TestPack()]) { place in
      try await place.announce(
        reference, under: TestPack(), [complaint(0), complaint(1, to: "city")])
      try await place.ask(reference, ["city"])
      place.clock.advance(by: Fixture.day)
      let refused = try await refusal {
        try await place.answer(
          reference, "city", wrong.findings, refused: wrong.refused, on: wrong.day)
      }
      #expect(refused.kind == .input && refused.code == wrong.code && refused.path == wrong.path)
      #expect(try await place.request(reference, "city").state == .requested)
      #expect(try await place.assessment(reference).assessment.revision == 0)
    }
  }

  @Test func `a complaint that is not there is told as people count, and as the field does`()
    async throws
  {
    try await Fixture.place(of: [TestPack()]) { place in
      try await place.announce(reference, under: TestPack(), [complaint(0), complaint(1)])
      try await place.ask(reference, ["city"])
      let refused = try await refusal { try await place.answer(reference, "city", [finding(2)]) }
      #expect(refused.message.contains("no complaint 3, which is 2 in this field"))
      #expect(refused.message.contains("complaints 1 to 2, which are 0 to 1 here"))
    }
  }

  @Test
  func `a body stands behind another's complaint without days, and a provider need not answer`()
    async throws
  {
    try await Fixture.place(of: [TestPack()]) { place in
      try await place.announce(
        reference, under: TestPack(), [complaint(0), complaint(1, to: "city")])
      try await place.ask(reference)
      try await place.answer(
        reference, "city", [finding(0, .bodyDisputes), finding(1, made: "2026-03-01")])
      #expect(try await place.request(reference, "city").state == .returned)
      try await place.answer(reference, "homes", refused: .notPublicFunction)
      #expect(try await place.request(reference, "homes").ground == .notPublicFunction)
    }
  }

  @Test func `nobody answers for a case or a body that was not asked`() async throws {
    try await Fixture.place(of: [TestPack()]) { place in
      let unknown = try await refusal { try await place.answer(reference, "city") }
      #expect(unknown.kind == .notFound && unknown.code == "unknown-case")
      try await place.announce(reference, under: TestPack(), [complaint(0)])
      try await place.ask(reference, ["city"])
      let silent = try await refusal { try await place.answer(reference, "homes") }
      #expect(silent.code == "not-asked" && silent.path == "body")
      #expect(silent.message.contains("asked are: city"))
    }
  }

  @Test func `an answer that is repeated under its key gives its first result`() async throws {
    try await Fixture.place(of: [TestPack()]) { place in
      try await place.announce(reference, under: TestPack(), [complaint(0)])
      try await place.ask(reference, ["city"], key: "ask")
      #expect(try await place.ask(reference, ["city"], key: "ask").repeated)
      let first = try await place.answer(reference, "city", [finding(0)], key: "k")
      let again = try await place.answer(reference, "city", [finding(0)], key: "k")
      #expect(!first.repeated && again.repeated && again.assessment == first.assessment)
      #expect(try await place.events(Recourse_Threshold_V1_InformationReturned.self).count == 1)
      let other = try await refusal { try await place.answer(reference, "city", key: "k") }
      #expect(other.code == "idempotency-key-reused")
    }
  }
}
