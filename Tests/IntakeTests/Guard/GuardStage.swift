import CaseModel
import GRPCCore
import Messages
import SwiftProtobuf
import WorkerKit
import WorkerKitTesting

@testable import Intake

extension IntakeStage {
  /// Asks whether texts name whoever is complained of, unless told otherwise.
  func checkText(
    _ reference: String, _ texts: [(name: String, text: String)],
    protecting protected: [Recourse_Intake_V1_ProtectedParty] = [.allegedPerpetrator],
    for reader: String = ""
  ) async throws -> Recourse_Intake_V1_CheckTextResponse {
    try await refusal {
      try await Recourse_Intake_V1_Guard.Stub(wrapping: place.client).checkText(
        .with {
          $0.caseReference = reference
          $0.protected = protected
          $0.reader = reader
          $0.parts = texts.map { part in
            .with {
              $0.name = part.name
              $0.text = part.text
            }
          }
        })
    }
  }

  func contact(
    _ reference: String, of person: String = "", key: String = "",
    for purpose: Recourse_Intake_V1_DisclosurePurpose.Value = .correspondence
  ) async throws -> Recourse_Intake_V1_GetContactResponse {
    try await refusal {
      try await Recourse_Intake_V1_Guard.Stub(wrapping: place.client).getContact(
        .with {
          $0.caseReference = reference
          $0.person = person
          $0.personKey = key
          $0.purpose = purpose
        })
    }
  }

  /// Asks both for letters of a case, as a test has it.
  @discardableResult
  func prepare(
    _ reference: String, _ change: (inout Recourse_Intake_V1_PrepareLettersRequest) -> Void
  ) async throws -> Recourse_Intake_V1_PrepareLettersResponse {
    var request = Recourse_Intake_V1_PrepareLettersRequest()
    request.caseReference = reference
    request.purpose = .correspondence
    change(&request)
    return try await refusal { [request] in
      try await Recourse_Intake_V1_Guard.Stub(wrapping: place.client).prepareLetters(request)
    }
  }

  /// The reasons of an action in the audit, oldest first.
  func audited(_ action: String) async throws -> [String] {
    try await slice.read { slice in
      try slice.rows(
        "SELECT reason FROM kit_audit WHERE action = ? ORDER BY sequence", .text(action)
      ).map { try $0.text("reason") }
    }
  }

  private func refusal<T>(_ call: () async throws -> T) async throws -> T {
    do {
      return try await call()
    } catch let error as RPCError {
      guard let refusal = Refusal(error) else { throw error }
      throw refusal
    }
  }
}
