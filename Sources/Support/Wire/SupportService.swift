import CaseModel
import GRPCCore
import Messages
import SwiftProtobuf
import WorkerKit

/// Support's call, from message to store and back.
struct SupportService: Recourse_Support_V1_Support.SimpleServiceProtocol {
  let context: WorkerContext

  func getSupport(
    request: Recourse_Support_V1_GetSupportRequest, context call: ServerContext
  ) async throws -> Recourse_Support_V1_GetSupportResponse {
    let reference: CaseReference
    do {
      reference = try CaseReference(parsing: request.caseReference)
    } catch {
      throw Refusal(.input, code: error.code, path: "caseReference", message: error.description)
    }
    try await context.waitUntil(request.atLeastPosition)
    let (offered, referrals) = try await context.slice.read { slice in
      guard try slice.supportedCase(reference) != nil else {
        throw Refusal(
          .notFound, code: "unknown-case", path: "caseReference",
          message: "There is no case \(reference).")
      }
      return (try slice.offer(to: reference), try slice.referrals(of: reference))
    }
    return .with {
      $0.offered = !offered.isEmpty
      $0.offeredAgencies = offered
      $0.referrals = referrals.map { referral in
        .with {
          $0.agency = referral.agency
          $0.state = .init(referral.state)
          $0.consentID = referral.consentID
        }
      }
    }
  }
}

extension Recourse_Support_V1_Referral.State {
  fileprivate init(_ state: KeptReferral.State) {
    self =
      switch state {
      case .intended: .intended
      case .sent: .sent
      case .failed: .failed
      }
  }
}
