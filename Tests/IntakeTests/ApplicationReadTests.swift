import CaseModel
import Foundation
import GRPCCore
import IntakeRules
import Messages
import SwiftProtobuf
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Intake

/// What officers read of an application, what is minded of the people in it, and what of that is on record.
@Suite(.timeLimit(.minutes(3))) struct ApplicationReadTests {
  typealias Request = Recourse_Intake_V1_GetApplicationRequest
  typealias Response = Recourse_Intake_V1_GetApplicationResponse
  typealias Needs = Recourse_Intake_V1_GetNeedsResponse

  private static let alleged = Marker("Qzallegedreader")
  private static let heard = Marker("Qzheardreader")

  private func read(
    _ reference: String, _ stage: IntakeStage, _ change: (inout Request) -> Void = { _ in }
  ) async throws -> Response {
    let intake = Recourse_Intake_V1_Intake.Stub(wrapping: stage.place.client)
    var request = Request.with {
      $0.caseReference = reference
      $0.purpose = .caseWork
      $0.officer = "A. Officer"
      $0.reason = "To weigh the harm"
    }
    change(&request)
    return try await stage.refusing { [request] in try await intake.getApplication(request) }
  }

  private func needs(
    _ reference: String, for purpose: Recourse_Intake_V1_DisclosurePurpose.Value = .caseWork,
    _ stage: IntakeStage
  ) async throws -> Needs {
    let intake = Recourse_Intake_V1_Intake.Stub(wrapping: stage.place.client)
    return try await stage.refusing {
      try await intake.getNeeds(
        .with {
          $0.caseReference = reference
          $0.purpose = purpose
        })
    }
  }

  private func submitted(_ stage: IntakeStage) async throws -> String {
    try await stage.submit {
      $0.impact = "We do not sleep."
      $0.desiredOutcome = "Quiet nights."
      $0.attendance = .attendRemotely
      $0.risk.immediateDanger = true
      $0.applicant.safeContact.note = "Never on a Friday."
      $0.applicant.adjustments = ["Large print"]
      $0.allegedPerpetrators = [.with { $0.name = "Quentin \(Self.alleged)" }]
      $0.heardVia.material = Self.heard.description
    }.caseReference
  }

  @Test func `an officer reads what was told, and nothing of who is alleged to do it`() async throws
  {
    try await IntakeStage.with { stage in
      let reference = try await submitted(stage)
      let told = try await read(reference, stage)
      #expect(told.caseReference == reference && !told.receivedOn.isEmpty)
      #expect(told.application.impact == "We do not sleep.")
      #expect(told.application.desiredOutcome == "Quiet nights.")
      #expect(told.application.attendance == .attendRemotely)
      #expect(told.application.risk.immediateDanger)
      #expect(told.application.applicant.safeContact.note == "Never on a Friday.")
      #expect(!told.application.complaints.isEmpty)
      #expect(told.application.complaints.allSatisfy { !$0.what.isEmpty })
      #expect(told.complaintsAtReceipt == told.application.complaints.count)
      let bytes: Data = try told.serializedBytes()
      #expect(!Self.alleged.isIn(bytes) && !Self.heard.isIn(bytes))
    }
  }

  @Test func `who read it, why, and what they were told is on record`() async throws {
    try await IntakeStage.with { stage in
      let reference = try await submitted(stage)
      _ = try await read(reference, stage)
      let told = try #require(await stage.recorded("intake.read-application").first)
      #expect(told[1] == reference && told[2].hasPrefix("case-work: application.applicant, "))
      let opened = try await stage.recorded(ShowApplication.action)
      #expect(opened.map { $0[0] } == ["A. Officer"] && opened[0][1] == reference)
      // Why stands beside the record, as words that a person wrote do.
      #expect(opened[0][2].isEmpty)

      // The person sees that it was read, what for, and which parts.
      let reads = try await Recourse_Worker_V1_CaseReads.Stub(wrapping: stage.place.client).list(
        .with { $0.caseReference = reference }, metadata: ["recourse-target": "intake"])
      let read = try #require(reads.reads.first { $0.purpose == "case-work" })
      #expect(read.fields == Disclosure.minimum(for: .caseWork).map(\.rawValue))
    }
  }

  @Test func `nobody is told more of it than was approved for them`() async throws {
    try await IntakeStage.with { stage in
      let reference = try CaseReference(parsing: try await submitted(stage))
      let caller = Caller(
        principal: "reader", approved: ["case-work": ["application.impact", "immediate_danger"]])
      let view = try await stage.slice.write {
        try ShowApplication(officer: "A. Officer", reason: "Why", caller: caller)
          .apply(reference, in: $0)
      }
      #expect(view.fields == [.impact])
      let cut = Application(view.told).limited(to: view.fields)
      #expect(cut.impact == "We do not sleep." && cut.complaints.isEmpty && !cut.hasApplicant)
      #expect(!cut.hasRisk && cut.attendance == .unspecified && cut.desiredOutcome.isEmpty)
      let minded = try await stage.slice.write {
        try ShowNeeds(purpose: .caseWork, caller: caller).apply(reference, in: $0)
      }
      #expect(minded.isInDanger && minded.attendance.isEmpty && minded.people.isEmpty)

      let stranger = Caller(principal: "stranger", approved: ["letter": ["application.impact"]])
      await #expect(throws: RPCError.self) {
        _ = try await stage.slice.write {
          try ShowApplication(officer: "A. Officer", reason: "Why", caller: stranger)
            .apply(reference, in: $0)
        }
      }
    }
  }

  @Test func `it is refused without purpose, officer and reason, and of an unknown case`()
    async throws
  {
    try await IntakeStage.with { stage in
      let reference = try await submitted(stage)
      let refused: [(String, (inout Request) -> Void)] = [
        ("purpose-needed", { $0.purpose = .correspondence }),
        ("purpose-needed", { $0.purpose = .unspecified }),
        ("missing", { $0.officer = " " }), ("missing", { $0.reason = "" }),
        ("too-long", { $0.reason = String(repeating: "a", count: DoorBounds.reasonLimit + 1) }),
        ("unknown-case", { $0.caseReference = "0000-0000" }),
      ]
      for (code, change) in refused {
        #expect(await stage.refusalCode { try await read(reference, stage, change) } == code)
      }
      #expect(try await stage.recorded("intake.read-application").isEmpty)
      #expect(
        await stage.refusalCode { try await needs(reference, for: .outreachEffect, stage) }
          == "purpose-needed")
    }
  }

  @Test func `what is to be minded is told by itself, as it stands now`() async throws {
    try await IntakeStage.with { stage in
      let own = try await stage.startDraft()
      let reference = try await stage.handIn(own.session) {
        $0.attendance = .attendInPerson
        $0.risk.immediateDanger = true
        $0.applicant.safeContact.note = "Never on a Friday."
        $0.applicant.adjustments = ["Large print"]
      }.caseReference
      let told = try await needs(reference, stage)
      #expect(
        told
          == .with {
            $0.immediateDanger = true
            $0.attendance = .attendInPerson
            $0.people = [
              .with {
                $0.person = "applicant"
                $0.adjustments = ["Large print"]
                $0.contactNote = "Never on a Friday."
              }
            ]
          })
      // The first choice and a later one are known alike; of a letter nothing else is.
      _ = try await stage.change(attendance: .statement, in: own.session)
      #expect(
        try await needs(reference, for: .correspondence, stage)
          == .with { $0.attendance = .statement })
      let recorded = try await stage.recorded("intake.read-needs").map { $0[2] }
      #expect(
        recorded == [
          "case-work: immediate_danger, attendance, people.adjustments, people.contact_note",
          "correspondence: attendance",
        ])
    }
  }
}
