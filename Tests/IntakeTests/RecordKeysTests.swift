import Foundation
import GRPCCore
import Messages
import SwiftProtobuf
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Intake

@Suite struct RecordKeysTests {
  private typealias Response = Recourse_Intake_V1_GetRecordKeysResponse

  private func keys(
    _ reference: String, body: String = "plymouth-community-homes",
    purpose: Recourse_Intake_V1_DisclosurePurpose.Value = .informationRequest, _ stage: IntakeStage
  ) async throws -> Response {
    let intake = Recourse_Intake_V1_Intake.Stub(wrapping: stage.place.client)
    do {
      return try await intake.getRecordKeys(
        .with {
          $0.caseReference = reference
          $0.body = body
          $0.purpose = purpose
        })
    } catch let error as RPCError {
      guard let refusal = Refusal(error) else { throw error }
      throw refusal
    }
  }

  @Test func `a body is told whose records to look for, and its own references alone`()
    async throws
  {
    try await IntakeStage.with { stage in
      let reference = try await stage.submit().caseReference
      let told = try await keys(reference, stage)
      #expect(
        told
          == .with {
            $0.people = [
              .with {
                $0.name = "Applicant One"
                $0.address = "1 Example Terrace, Plymouth"
              }
            ]
            $0.complaints = [
              .with {
                $0.index = 1
                $0.reference = "PCH-88213"
              }
            ]
          })
      // A body to which no complaint was made still looks for the person.
      let another = try await keys(reference, body: "livewest", stage)
      #expect(another.people.count == 1)
      #expect(another.complaints.isEmpty)
    }
  }

  @Test func `nothing is told of who is complained of, of others, or of ways to reach anybody`()
    async throws
  {
    try await IntakeStage.with { stage in
      let reference = try await stage.submit {
        $0.others = [
          .with {
            $0.id = "o1"
            $0.name = "Other One"
          }
        ]
      }.caseReference
      let text = try await keys(reference, body: "devon-and-cornwall-police", stage).jsonString()
      for word in ["Neighbour", "Other One", "mail.example", "960001", "Music", "Upstairs"] {
        #expect(!text.contains(word), "\(word) is told")
      }
    }
  }

  @Test func `who was told, for which body and what is recorded`() async throws {
    try await IntakeStage.with { stage in
      let reference = try await stage.submit().caseReference
      _ = try await keys(reference, stage)
      let reasons = try await stage.slice.read { slice in
        try slice.rows(
          "SELECT reason FROM kit_audit WHERE action = 'intake.pass-on-record-keys'"
        ).map { try $0.text("reason") }
      }
      #expect(
        reasons == [
          "information-request to plymouth-community-homes: "
            + "people.name, people.address, complaints.reference"
        ])
    }
  }

  @Test func `it is refused without its purpose, a body of the case, or a consent to sharing`()
    async throws
  {
    try await IntakeStage.with { stage in
      let reference = try await stage.submit().caseReference
      let refused = try await stage.submit { $0.consents[0].given = false }.caseReference
      let homes = "plymouth-community-homes"
      let calls: [(String, String, Recourse_Intake_V1_DisclosurePurpose.Value, String)] = [
        (reference, homes, .unspecified, "purpose-needed"),
        (reference, homes, .supportReferral, "purpose-needed"),
        (reference, "leeds-city-council", .informationRequest, "unknown-body"),
        (reference, "", .informationRequest, "unknown-body"),
        (refused, homes, .informationRequest, "no-consent"),
        ("0000-0000", homes, .informationRequest, "unknown-case"),
      ]
      for (reference, body, purpose, code) in calls {
        let refusal = await #expect(throws: Refusal.self) {
          try await keys(reference, body: body, purpose: purpose, stage)
        }
        #expect(refusal?.code == code)
      }
    }
  }

  @Test func `a consent that is taken back ends it, and one that comes later begins it`()
    async throws
  {
    try await IntakeStage.with { stage in
      let reference = try await stage.submit().caseReference
      try await stage.record(.withdrawn, of: reference)
      let refusal = await #expect(throws: Refusal.self) { try await keys(reference, stage) }
      #expect(refusal?.code == "no-consent")
      try await stage.record(.given, of: reference)
      #expect(try await keys(reference, stage).people.count == 1)
    }
  }

  @Test(arguments: [(true, ["The Victim"]), (false, [])])
  func `a victim who is somebody else is told of where they let the applicant apply`(
    authority: Bool, names: [String]
  ) async throws {
    try await IntakeStage.with { stage in
      let reference = try await stage.submit { application in
        application.victims = [
          .with {
            $0.party.name = "The Victim"
            $0.party.phone = "+44 1632 960009"
            $0.party.safeContact.channels = [.sms]
          }
        ]
        application.consents.append(
          .with {
            $0.purpose = .thirdPartyAuthority
            $0.given = authority
            $0.wording = "2026-01"
          })
      }.caseReference
      let told = try? await keys(reference, stage)
      #expect((told?.people.map(\.name) ?? []) == names)
    }
  }
}
