import CaseModel
import GRPCCore
import IntakeRules
import Messages
import SwiftProtobuf
import WorkerKit

/// What Intake tells a body by which it finds its own records, and outreach of what it brings.
extension IntakeService {
  func getRecordKeys(
    request: Recourse_Intake_V1_GetRecordKeysRequest, context call: ServerContext
  ) async throws -> Recourse_Intake_V1_GetRecordKeysResponse {
    let reference = try CaseReference(request: request.caseReference)
    try Disclosure.Purpose.informationRequest.check(request.purpose)
    let handler = PassOnRecordKeys(body: request.body, caller: Caller(call))
    let keys = try await context.slice.write { [library] in
      try handler.apply(reference, library, in: $0)
    }
    return .with {
      $0.people = keys.people.map { person in
        .with {
          $0.name = person.name
          $0.address = person.address
        }
      }
      $0.complaints = keys.complaints.map { complaint in
        .with {
          $0.index = UInt32(clamping: complaint.index)
          $0.reference = complaint.reference
        }
      }
    }
  }

  func getHeardVia(
    request: Recourse_Intake_V1_GetHeardViaRequest, context call: ServerContext
  ) async throws -> Recourse_Intake_V1_GetHeardViaResponse {
    let reference = try CaseReference(request: request.caseReference)
    try Disclosure.Purpose.outreachEffect.check(request.purpose)
    let handler = PassOnHeardVia(caller: Caller(call))
    let answer = try await context.slice.write { try handler.apply(reference, in: $0) }
    return .with {
      $0.channel = .init(formName: answer.channel)
      $0.material = answer.material?.description ?? ""
      $0.otherWords = answer.hasOtherWords
    }
  }
}

extension Disclosure.Purpose {
  /// A call tells for its own purpose and no other.
  /// - Throws: the refusal `purpose-needed`.
  func check(_ said: Recourse_Intake_V1_DisclosurePurpose.Value) throws {
    guard said == message else { throw Refusal.purposeNeeded(expected: [rawValue]) }
  }

  /// As a request says it.
  var message: Recourse_Intake_V1_DisclosurePurpose.Value {
    switch self {
    case .supportReferral: .supportReferral
    case .informationRequest: .informationRequest
    case .outreachEffect: .outreachEffect
    case .correspondence: .correspondence
    case .caseWork: .caseWork
    }
  }
}
