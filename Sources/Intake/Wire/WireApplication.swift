import CaseModel
import GRPCCore
import IntakeRules
import Messages
import SwiftProtobuf
import WorkerKit

/// What Intake tells officers of an application, and whoever has to mind what its people need.
extension IntakeService {
  func getApplication(
    request: Recourse_Intake_V1_GetApplicationRequest, context call: ServerContext
  ) async throws -> Recourse_Intake_V1_GetApplicationResponse {
    let reference = try CaseReference(request: request.caseReference)
    try Disclosure.Purpose.caseWork.check(request.purpose)
    let handler = ShowApplication(
      officer: try doorText(
        request.officer, path: "officer", limit: DoorBounds.nameLimit,
        missing: "An application is read by a named person; expected a name."),
      reason: try doorText(
        request.reason, path: "reason", limit: DoorBounds.reasonLimit,
        missing: "An application is read for a reason, which is kept; expected why."),
      caller: Caller(call))
    try await context.waitUntil(request.atLeastPosition)
    let view = try await context.slice.write { try handler.apply(reference, in: $0) }
    return .with {
      $0.caseReference = reference.description
      $0.receivedOn = view.told.receivedOn
      $0.application = Recourse_Intake_V1_Application(view.told).limited(to: view.fields)
      $0.complaintsAtReceipt = UInt32(view.told.complaints.count { $0.addedOn.isEmpty })
    }
  }

  func getNeeds(
    request: Recourse_Intake_V1_GetNeedsRequest, context call: ServerContext
  ) async throws -> Recourse_Intake_V1_GetNeedsResponse {
    let reference = try CaseReference(request: request.caseReference)
    guard let purpose = Needs.purposes.first(where: { $0.message == request.purpose }) else {
      throw Refusal.purposeNeeded(expected: Needs.purposes.map(\.rawValue))
    }
    let handler = ShowNeeds(purpose: purpose, caller: Caller(call))
    try await context.waitUntil(request.atLeastPosition)
    let view = try await context.slice.write { try handler.apply(reference, in: $0) }
    return .with {
      $0.immediateDanger = view.isInDanger
      $0.attendance = .named(view.attendance)
      $0.people = view.people.map { person in
        .with {
          $0.person = person.path
          $0.adjustments = person.adjustments
          $0.contactNote = person.contactNote
        }
      }
    }
  }
}

extension Recourse_Intake_V1_Application {
  /// Nothing but these fields, and what is nobody's: area and channel.
  func limited(to fields: [Disclosure.Field]) -> Self {
    .with {
      $0.area = area
      $0.channel = channel
      if fields.contains(.applicant), hasApplicant { $0.applicant = applicant }
      if fields.contains(.victims) { $0.victims = victims }
      if fields.contains(.others) { $0.others = others }
      if fields.contains(.complaints) { $0.complaints = complaints }
      if fields.contains(.impact) { $0.impact = impact }
      if fields.contains(.desiredOutcome) { $0.desiredOutcome = desiredOutcome }
      if fields.contains(.attendance) { $0.attendance = attendance }
      if fields.contains(.risk), hasRisk { $0.risk = risk }
    }
  }
}
