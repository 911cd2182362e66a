import CaseModel
import Foundation
import GRPCCore
import Messages
import SwiftProtobuf
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Intake

@Suite struct HeardViaTests {
  private typealias Response = Recourse_Intake_V1_GetHeardViaResponse

  private func heard(
    _ reference: String, purpose: Recourse_Intake_V1_DisclosurePurpose.Value = .outreachEffect,
    _ stage: IntakeStage
  ) async throws -> Response {
    let intake = Recourse_Intake_V1_Intake.Stub(wrapping: stage.place.client)
    do {
      return try await intake.getHeardVia(
        .with {
          $0.caseReference = reference
          $0.purpose = purpose
        })
    } catch let error as RPCError {
      guard let refusal = Refusal(error) else { throw error }
      throw refusal
    }
  }

  private static let code: MaterialCode = {
    var generator = SystemRandomNumberGenerator()
    return MaterialCode(using: &generator)
  }()

  @Test func `the channel and the code are told, as the code is shown`() async throws {
    try await IntakeStage.with { stage in
      let reference = try await stage.submit {
        $0.heardVia.channel = .socialMedia
        $0.heardVia.material = Self.code.description.lowercased()
      }.caseReference
      let told = try await heard(reference, stage)
      #expect(
        told
          == .with {
            $0.channel = .socialMedia
            $0.material = Self.code.description
          })
    }
  }

  @Test func `words in the place of a code stay where they are`() async throws {
    let marker = Marker("Qzheardwords")
    try await IntakeStage.with { stage in
      let reference = try await stage.submit {
        $0.heardVia.channel = .wordOfMouth
        $0.heardVia.material = marker.description
      }.caseReference
      let told = try await heard(reference, stage)
      #expect(
        told
          == .with {
            $0.channel = .wordOfMouth
            $0.otherWords = true
          })
    }
  }

  @Test func `who did not say is told of as that`() async throws {
    try await IntakeStage.with { stage in
      let reference = try await stage.submit { $0.clearHeardVia() }.caseReference
      #expect(try await heard(reference, stage) == Response())
    }
  }

  @Test func `who was told, and what, is recorded`() async throws {
    try await IntakeStage.with { stage in
      let reference = try await stage.submit().caseReference
      _ = try await heard(reference, stage)
      let reasons = try await stage.slice.read { slice in
        try slice.rows(
          "SELECT reason FROM kit_audit WHERE action = 'intake.pass-on-heard-via'"
        ).map { try $0.text("reason") }
      }
      #expect(reasons == ["outreach-effect: channel, material"])
    }
  }

  @Test func `it is refused without its purpose, and of an unknown case`() async throws {
    try await IntakeStage.with { stage in
      let reference = try await stage.submit().caseReference
      let calls: [(String, Recourse_Intake_V1_DisclosurePurpose.Value, String)] = [
        (reference, .unspecified, "purpose-needed"),
        (reference, .supportReferral, "purpose-needed"),
        ("0000-0000", .outreachEffect, "unknown-case"),
      ]
      for (reference, purpose, code) in calls {
        let refusal = await #expect(throws: Refusal.self) {
          try await heard(reference, purpose: purpose, stage)
        }
        #expect(refusal?.code == code)
      }
    }
  }
}
