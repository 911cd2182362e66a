import CaseModel
import Foundation
import Messages
import PolicyDocuments
import SwiftProtobuf
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Intake

@Suite struct SubmissionTests {
  @Test func `an application gets a reference and is announced under its pack's digest`()
    async throws
  {
    try await IntakeStage.with { stage in
      let response = try await stage.submit()
      let reference = try CaseReference(parsing: response.caseReference)
      #expect(response.caseReference == reference.description)
      #expect(response.receivedOn == "2026-03-16")
      #expect(response.logPosition > 0)
      #expect(!response.repeated)

      let received = try #require(
        try await stage.events(
          Recourse_Intake_V1_ApplicationReceived.self, of: response.caseReference
        ).first)
      #expect(received.area == "plymouth")
      #expect(received.policyDigest == (try PackFixture.plymouthDigest()))
      #expect(received.complaints == 3)
      #expect(received.channel == "WEB")
      #expect(
        received.bodies == [
          "devon-and-cornwall-police", "plymouth-community-homes", "plymouth-city-council",
        ])
      #expect(received.receivedAt.date == (try .at("2026-03-16T09:12:00Z")))
    }
  }

  @Test func `every complaint is recorded with days, a body, opaque keys and hate yes or no`()
    async throws
  {
    try await IntakeStage.with { stage in
      let response = try await stage.submit(example: "two-with-hate")
      let recorded = try await stage.events(
        Recourse_Intake_V1_ComplaintRecorded.self, of: response.caseReference)
      #expect(recorded.map(\.index) == [0, 1])
      #expect(recorded.map(\.hate) == [true, false])
      #expect(recorded.map(\.behaviourFrom) == ["2026-03-20", "2026-03-28"])
      #expect(recorded.map(\.complaintTo) == ["2026-03-20", "2026-03-30"])
      #expect(recorded.map(\.madeTo) == ["POLICE", "COUNCIL"])
      #expect(Set(recorded.map(\.complainantKey)).count == 1)
      #expect(Set(recorded.map(\.incidentKey)).count == 2)
    }
  }

  @Test func `keys of two cases cannot be compared`() async throws {
    try await IntakeStage.with { stage in
      var keys: [Set<String>] = []
      for _ in 0..<2 {
        let response = try await stage.submit()
        let recorded = try await stage.events(
          Recourse_Intake_V1_ComplaintRecorded.self, of: response.caseReference)
        keys.append(Set(recorded.flatMap { [$0.complainantKey, $0.incidentKey] }))
      }
      #expect(keys[0].isDisjoint(with: keys[1]))
    }
  }

  @Test func `only consents that were given are announced`() async throws {
    try await IntakeStage.with { stage in
      let response = try await stage.submit { $0.consents[0].given = false }
      let given = try await stage.events(
        Recourse_Intake_V1_ConsentGiven.self, of: response.caseReference)
      #expect(given.map(\.purpose) == ["SUPPORT_REFERRAL"])
      #expect(given.map(\.recipient) == ["victim-support"])
      #expect(given.map(\.wording) == ["2026-01"])
    }
  }

  enum Lack: CaseIterable {
    case nothing, sharing, authority, authorityGiven, notAsked
  }

  @Test(arguments: Lack.allCases)
  func `an application without a consent that a review needs is taken in, and says so`(lack: Lack)
    async throws
  {
    try await IntakeStage.with { stage in
      let response = try await stage.submit { application in
        switch lack {
        case .nothing: break
        case .sharing: application.consents[0].given = false
        case .notAsked: application.consents.removeAll()
        case .authority, .authorityGiven:
          application.victims = [.with { $0.party.name = "Somebody else" }]
          for index in application.complaints.indices {
            application.complaints[index].complainant = "victim"
          }
          application.consents.append(
            .with {
              $0.purpose = .thirdPartyAuthority
              $0.given = lack == .authorityGiven
              $0.wording = "2026-01"
            })
        }
      }
      let received = try await stage.events(
        Recourse_Intake_V1_ApplicationReceived.self, of: response.caseReference)
      #expect(received.map(\.awaitsConsent) == [lack != .nothing && lack != .authorityGiven])
    }
  }

  @Test func `nothing that somebody wrote is in the log or in the record of what was done`()
    async throws
  {
    try await IntakeStage.with { stage in
      let marker = "Zaphod"
      try await stage.submit {
        $0.applicant.name = marker
        $0.applicant.email = "\(marker)@mail.example"
        $0.applicant.phone = marker
        $0.applicant.postalAddress = marker
        $0.applicant.safeContact.note = marker
        $0.others = [
          .with {
            $0.id = marker
            $0.household = marker
            $0.name = marker
          }
        ]
        $0.allegedPerpetrators = [
          .with {
            $0.name = marker
            $0.address = marker
            $0.relation = marker
            $0.tenantOf = marker
          }
        ]
        $0.complaints[0].complainant = marker
        $0.complaints[0].incident = marker
        $0.complaints[0].reference = marker
        $0.complaints[0].what = marker
        $0.complaints[0].responseSoFar = marker
        $0.complaints[0].hateStrands = [.race]
        $0.impact = marker
        $0.desiredOutcome = marker
        $0.heardVia.material = marker
      }
      for logged in try await stage.place.events() {
        for word in [marker, "RACE", "Neighbour"] {
          #expect(logged.event.payload.range(of: Data(word.utf8)) == nil, "\(logged.event.type)")
        }
      }
      let record = try await stage.slice.read { slice in
        try slice.rows("SELECT actor, action, subject, reason FROM kit_audit").map {
          try [$0.text("actor"), $0.text("action"), $0.text("subject"), $0.text("reason")]
        }
      }
      #expect(record.contains { $0[1] == "intake.submit" && $0[0] == "OFFICER" })
      #expect(!record.joined().contains { $0.contains(marker) })
    }
  }

  @Test func `the same key gives the same reference and announces nothing twice`() async throws {
    try await IntakeStage.with { stage in
      let first = try await stage.submit(key: "k1")
      let head = try await stage.place.logHead()
      let second = try await stage.submit(key: "k1")
      #expect(second.caseReference == first.caseReference)
      #expect(second.receivedOn == first.receivedOn)
      #expect(second.repeated)
      #expect(try await stage.place.logHead() == head)
      #expect(try await stage.listCases().cases.count == 1)

      let refusal = await #expect(throws: Refusal.self) {
        try await stage.submit(key: "k1") { $0.impact = "another" }
      }
      #expect(refusal?.code == "idempotency-key-reused")
    }
  }

  @Test func `submissions without a key are each one of their own`() async throws {
    try await IntakeStage.with { stage in
      let first = try await stage.submit()
      let second = try await stage.submit()
      #expect(first.caseReference != second.caseReference)
    }
  }

  @Test(arguments: [
    (Recourse_Intake_V1_SubmitRequest.SubmittedBy.public, false), (.unspecified, false),
    (.UNRECOGNIZED(99), false), (.officer, true), (.commandLine, true),
  ])
  func `only an officer's and the command line's submission may say when it was received`(
    submitter: Recourse_Intake_V1_SubmitRequest.SubmittedBy, may: Bool
  ) async throws {
    try await IntakeStage.with { stage in
      if may {
        #expect(try await stage.submit(by: submitter).receivedOn == "2026-03-16")
      } else {
        let refusal = await #expect(throws: Refusal.self) {
          try await stage.submit(by: submitter)
        }
        #expect(refusal?.path == "receivedAt")
        #expect(refusal?.code == "not-allowed")
      }
      let now = try await stage.submit(by: submitter) { $0.clearReceivedAt() }
      #expect(now.receivedOn == "2026-06-30")
    }
  }

  @Test func `a malformed application is refused by its path and leaves nothing`() async throws {
    try await IntakeStage.with { stage in
      let refusal = await #expect(throws: Refusal.self) {
        try await stage.submit(key: "k1") { $0.complaints[1].madeTo = .UNRECOGNIZED(99) }
      }
      #expect(refusal?.kind == .input)
      #expect(refusal?.path == "complaints[1].madeTo")
      let listed = try await stage.listCases().cases
      #expect(listed.isEmpty)
      // A refused submission does not use its key up.
      let corrected = try await stage.submit(key: "k1")
      #expect(!corrected.repeated)
    }
  }

  @Test func `a reference that is taken is drawn again`() async throws {
    try await IntakeStage.with(drawingFrom: Counting(state: 7)) { stage in
      let first = try await stage.submit { $0.consents = [] }
      let second = try await stage.submit { $0.consents = [] }
      #expect(first.caseReference != second.caseReference)
    }
  }

  @Test func `drawing references ends at a bound and nothing is kept`() async throws {
    try await IntakeStage.with(drawingFrom: Constant()) { stage in
      try await stage.submit { $0.consents = [] }
      let refusal = await #expect(throws: Refusal.self) {
        try await stage.submit { $0.consents = [] }
      }
      #expect(refusal?.code == "no-free-reference")
      #expect(refusal?.kind == .tryAgain)
      #expect(try await stage.listCases().cases.count == 1)
    }
  }

  @Test(arguments: [
    [], [BuiltInPolicyDocuments.recourseDefault], [BuiltInPolicyDocuments.plymouth],
  ])
  func `until the packs are there the worker is not ready and asks to try again`(
    packs: [String]
  ) async throws {
    try await IntakeStage.with(packs: packs, unready: ["intake"]) { stage in
      let refusal = await #expect(throws: Refusal.self) { try await stage.submit() }
      #expect(refusal?.kind == .tryAgain)
      #expect(refusal?.code == "no-policy-yet")
      let unready = try await stage.slice.read { try IntakeWorker.worker().unready($0) }
      #expect(unready != nil)
    }
  }
}

/// Draws a sequence that is the same each time.
struct Counting: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state
  }
}

/// Draws the same number for ever.
struct Constant: RandomNumberGenerator {
  mutating func next() -> UInt64 { 42 }
}
