import Foundation
import Messages
import SwiftProtobuf
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Intake

/// An application that is taken back: on the web, or by an officer for who cannot do it there.
@Suite(.timeLimit(.minutes(3))) struct WithdrawalTests {
  typealias Request = Recourse_Intake_V1_RecordWithdrawalRequest

  @Test func `an application is taken back once, and why stays here`() async throws {
    try await IntakeStage.with { stage in
      let own = try await stage.ownCase()
      let response = try await stage.withdraw(
        in: own.session, reason: "Zaphod said so", underPressure: true, key: "k")
      #expect(response.logPosition > 0 && response.faults.isEmpty)
      let withdrawn = try await stage.events(
        Recourse_Intake_V1_ApplicationWithdrawn.self, of: own.reference)
      #expect(withdrawn.map(\.withdrawnOn) == ["2026-06-30"])
      #expect(withdrawn[0].underPressure && !withdrawn[0].personKey.isEmpty)
      for logged in try await stage.place.events() {
        #expect(logged.event.payload.range(of: Data("Zaphod".utf8)) == nil)
      }
      #expect(
        try await stage.withdraw(
          in: own.session, reason: "Zaphod said so", underPressure: true, key: "k"
        ).repeated)
      for refused in [
        await stage.refusalCode { try await stage.withdraw(in: own.session) },
        await stage.refusalCode { try await stage.addComplaint(in: own.session) },
        await stage.refusalCode { try await stage.change(attendance: .statement, in: own.session) },
      ] {
        #expect(refused == "withdrawn")
      }
      // Support goes on, so they are reached and may consent as before.
      #expect(try await stage.change(contact: .init(), in: own.session).faults.isEmpty)
      #expect(try await stage.answer(.withdrawn, in: own.session).faults.isEmpty)
      #expect(try await stage.ownCase(in: own.session).withdrawnOn == "2026-06-30")
    }
  }

  @Test func `a withdrawal by telephone is announced once, with who recorded it here`() async throws
  {
    try await IntakeStage.with { stage in
      let reference = try await stage.submit().caseReference
      let change: (inout Request) -> Void = {
        $0.reason = "Zaphod told them to"
        $0.underPressure = true
        $0.idempotencyKey = "k"
      }
      let first = try await stage.recordWithdrawal(reference, change)
      let again = try await stage.recordWithdrawal(reference, change)
      #expect(first.withdrawnOn == "2026-06-30" && !first.repeated && first.logPosition > 0)
      #expect(again.repeated && again.withdrawnOn == first.withdrawnOn)
      let withdrawn = try await stage.events(
        Recourse_Intake_V1_ApplicationWithdrawn.self, of: reference)
      #expect(withdrawn.map(\.underPressure) == [true])
      for logged in try await stage.place.events() {
        for word in ["Zaphod", "Officer"] {
          #expect(logged.event.payload.range(of: Data(word.utf8)) == nil)
        }
      }
      #expect(
        try await stage.recorded("intake.withdraw").map { Array($0.prefix(2)) }
          == [["A. Officer", reference]])
    }
  }

  @Test func `it has a name and a reason, is of a case that there is, and comes once`() async throws
  {
    try await IntakeStage.with { stage in
      let reference = try await stage.submit().caseReference
      let wrong: [(String, @Sendable (inout Request) -> Void)] = [
        ("missing officer", { $0.officer = " – " }), ("missing reason", { $0.reason = "" }),
        ("unknown-case caseReference", { $0.caseReference = "0000-0000" }),
      ]
      for (expected, change) in wrong {
        let refusal = await #expect(throws: Refusal.self) {
          try await stage.recordWithdrawal(reference, change)
        }
        #expect(refusal.map { "\($0.code) \($0.path)" } == expected)
      }
      try await stage.recordWithdrawal(reference)
      let twice = await #expect(throws: Refusal.self) {
        try await stage.recordWithdrawal(reference)
      }
      #expect(twice?.code == "withdrawn")
    }
  }
}

extension IntakeStage {
  @discardableResult
  fileprivate func recordWithdrawal(
    _ reference: String,
    _ change: (inout Recourse_Intake_V1_RecordWithdrawalRequest) -> Void = {
      _ in
    }
  ) async throws -> Recourse_Intake_V1_RecordWithdrawalResponse {
    var request = Recourse_Intake_V1_RecordWithdrawalRequest.with {
      $0.caseReference = reference
      $0.reason = "It has stopped"
      $0.officer = "A. Officer"
    }
    change(&request)
    let intake = Recourse_Intake_V1_Intake.Stub(wrapping: place.client)
    return try await refusing { [request] in try await intake.recordWithdrawal(request) }
  }
}
