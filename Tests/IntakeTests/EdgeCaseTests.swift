import Foundation
import Messages
import SwiftProtobuf
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Intake

/// Cases that go wrong elsewhere, as far as taking an application in bears on them.
@Suite struct EdgeCaseTests {
  /// `three-complaints` by somebody for a victim who has contact details of their own.
  static func onBehalf(
    as relation: String, authority: Bool, victims: [String] = ["The Victim"]
  ) -> (inout Application) -> Void {
    { application in
      application.applicant.kind = .representative
      application.applicant.relation = relation
      application.victims = victims.map { name in
        .with {
          $0.party.name = name
          $0.party.phone = "+44 1632 960009"
          $0.party.safeContact.channels = [.phone]
        }
      }
      for index in application.complaints.indices {
        application.complaints[index].complainant = "victim"
      }
      application.consents.append(
        .with {
          $0.purpose = .thirdPartyAuthority
          $0.given = authority
          $0.wording = "2026-01"
        })
    }
  }

  static func received(
    _ stage: IntakeStage, _ change: @escaping (inout Application) -> Void
  ) async throws -> (reference: String, event: Recourse_Intake_V1_ApplicationReceived) {
    let reference = try await stage.submit(change).caseReference
    let events = try await stage.events(
      Recourse_Intake_V1_ApplicationReceived.self, of: reference)
    return (reference, try #require(events.first))
  }

  @Test func `6: for a child nobody writes to a parent who is the one complained of`() async throws
  {
    try await IntakeStage.with { stage in
      let (reference, event) = try await Self.received(stage) { application in
        Self.onBehalf(as: "grandparent", authority: true)(&application)
        application.allegedPerpetrators = [
          .with {
            $0.name = "A Parent"
            $0.relation = "Parent of the victim"
            $0.address = "1 Example Terrace, Plymouth"
          }
        ]
      }
      // No age is asked for, and none is too low.
      #expect(event.complaints == 3 && !event.awaitsConsent)
      let consent = try await stage.referralConsent(of: reference)
      let details = try await stage.referralDetails(reference, consent: consent)
      #expect(details.name == "The Victim")
      #expect(details.ways.map(\.address) == ["+44 1632 960009"])
      #expect(!details.textFormatString().contains("Parent"))
    }
  }

  @Test(arguments: ["attorney", "deputy", "best interests"])
  func `7: for somebody who lacks capacity another may apply, and its authority is waited for`(
    relation: String
  ) async throws {
    try await IntakeStage.with { stage in
      for authority in [true, false] {
        let (reference, event) = try await Self.received(
          stage, Self.onBehalf(as: relation, authority: authority))
        #expect(event.complaints == 3 && event.awaitsConsent == !authority)
        let complaints = try await stage.events(
          Recourse_Intake_V1_ComplaintRecorded.self, of: reference)
        #expect(complaints.count == 3)
      }
    }
  }

  @Test func `8: without the victim's consent an application is taken in, with its day of receipt`()
    async throws
  {
    try await IntakeStage.with { stage in
      let (reference, event) = try await Self.received(
        stage, Self.onBehalf(as: "neighbour", authority: false))
      #expect(event.awaitsConsent && event.receivedOn == "2026-03-16")
      let given = try await stage.events(Recourse_Intake_V1_ConsentGiven.self, of: reference)
      #expect(!given.map(\.purpose).contains("THIRD_PARTY_AUTHORITY"))
      let complaints = try await stage.events(
        Recourse_Intake_V1_ComplaintRecorded.self, of: reference)
      #expect(complaints.count == 3)
    }
  }

  @Test(arguments: ["councillor", "member of parliament"])
  func `9: who represents a constituent needs their consent, and no constituent's name leaves`(
    relation: String
  ) async throws {
    try await IntakeStage.with { stage in
      let constituent = "Zaphod"
      let (_, event) = try await Self.received(
        stage, Self.onBehalf(as: relation, authority: false, victims: [constituent]))
      #expect(event.awaitsConsent)
      for logged in try await stage.place.events() {
        #expect(
          logged.event.payload.range(of: Data(constituent.utf8)) == nil, "\(logged.event.type)")
      }
    }
  }

  /// Of a group, in which each victim says of their own whether somebody may apply for them.
  static func group(_ answers: [Int: Bool], of names: [String]) -> (inout Application) -> Void {
    { application in
      onBehalf(as: "tenants' association", authority: true, victims: names)(&application)
      application.consents.removeLast()
      for (place, given) in answers.sorted(by: { $0.key < $1.key }) {
        application.consents.append(
          .with {
            $0.purpose = .thirdPartyAuthority
            $0.given = given
            $0.wording = "2026-01"
            $0.person = "victims[\(place)]"
          })
      }
    }
  }

  @Test func `10: of a group each victim's own authority is waited for, by their place`()
    async throws
  {
    try await IntakeStage.with { stage in
      let names = ["Victim One", "Victim Two", "Victim Three"]
      let response = try await stage.submit(Self.group([0: true], of: names))
      #expect(response.awaited.map(\.person) == ["victims[1]", "victims[2]"])
      #expect(response.awaited.allSatisfy { $0.purpose == .thirdPartyAuthority })
      let reference = response.caseReference
      let second = try await stage.record(.given, of: reference) {
        $0.purpose = .thirdPartyAuthority
        $0.person = "victims[1]"
      }
      #expect(second.awaited.map(\.person) == ["victims[2]"])
      let unsaid = await #expect(throws: Refusal.self) {
        try await stage.record(.given, of: reference) { $0.purpose = .thirdPartyAuthority }
      }
      #expect(unsaid?.code == "missing" && unsaid?.path == "person")
      // One who says no does not hold the others up.
      let third = try await stage.record(.refused, of: reference) {
        $0.purpose = .thirdPartyAuthority
        $0.person = "victims[2]"
      }
      #expect(third.awaited.isEmpty)
      let refused = try await stage.events(
        Recourse_Intake_V1_ConsentRefused.self, of: reference)
      #expect(refused.map(\.awaitsConsent) == [false])
      let given = try await stage.events(Recourse_Intake_V1_ConsentGiven.self, of: reference)
      #expect(
        Set(given.filter { $0.purpose == "THIRD_PARTY_AUTHORITY" }.map(\.personKey)).count == 2)
    }
  }

  @Test func `10: one who withdraws does not end it for the others, the last one does`()
    async throws
  {
    try await IntakeStage.with { stage in
      let names = ["Victim One", "Victim Two"]
      let reference = try await stage.submit(
        Self.group([0: true, 1: true], of: names)
      ).caseReference
      var awaited: [[String]] = []
      for place in 0..<names.count {
        let response = try await stage.record(.withdrawn, of: reference) {
          $0.purpose = .thirdPartyAuthority
          $0.person = "victims[\(place)]"
        }
        awaited.append(response.awaited.map(\.person))
      }
      #expect(awaited == [[], ["victims[0]", "victims[1]"]])
    }
  }

  @Test func `10: who is referred is the one of the group who consented`() async throws {
    try await IntakeStage.with { stage in
      let names = ["Victim One", "Victim Two"]
      let reference = try await stage.submit(
        Self.group([0: true, 1: true], of: names)
      ).caseReference
      let consent = try await stage.record(.given, of: reference) {
        $0.purpose = .supportReferral
        $0.recipient = "victim-support"
        $0.person = "victims[1]"
      }
      let details = try await stage.referralDetails(reference, consent: consent.consentID)
      #expect(details.name == "Victim Two")
    }
  }
}
