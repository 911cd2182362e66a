import Calls
import CaseModel
import Foundation
import GRPCCore
import Messages
import Policy
import PolicyLibrary
import SwiftProtobuf
import WorkerKit

/// Support's calls, from message to store and back.
struct SupportService: Recourse_Support_V1_Support.SimpleServiceProtocol, UnaryService {
  let context: WorkerContext
  let library: PolicyLibrary

  func getSupport(
    request: Recourse_Support_V1_GetSupportRequest, context call: ServerContext
  ) async throws -> Recourse_Support_V1_GetSupportResponse {
    let reference = try CaseReference(request: request.caseReference)
    try await context.waitUntil(request.atLeastPosition)
    let (offered, offers, referrals) = try await context.slice.read { [library] slice in
      guard let supported = try slice.supportedCase(reference) else {
        throw Refusal(
          .notFound, code: "unknown-case", path: "caseReference",
          message: "There is no case \(reference).")
      }
      let offered = try slice.offer(to: reference)
      let offers = try library.details(of: offered, for: supported, in: slice)
      return (offered, offers, try slice.referrals(of: reference))
    }
    return .with {
      $0.offered = !offered.isEmpty
      $0.offeredAgencies = offered
      $0.offers = offers.map { agency in
        .with {
          $0.key = agency.key
          $0.name = agency.name
          $0.selfReferral = agency.selfReferral
        }
      }
      $0.referrals = referrals.map { .init($0, today: today) }
    }
  }

  var today: CalendarDate {
    CalendarDate(ofUnixSeconds: Int64(context.clock.now.timeIntervalSince1970.rounded(.down)))
  }
}

extension Recourse_Support_V1_Referral {
  fileprivate init(_ referral: KeptReferral, today: CalendarDate) {
    self.init()
    agency = referral.agency
    state = .init(referral.state)
    consentID = referral.consentID
    consentWithdrawn = referral.isConsentWithdrawn
    servedBy = referral.servedBy ?? ""
    if let kept = referral.answer {
      answer = .init(kept.answer)
      reason = kept.reason.map { .init($0) } ?? .unspecified
      answeredOn = kept.answeredOn.description
    }
    // Who never got a referral has nothing to confirm.
    guard referral.state == .sent, referral.answer?.reason != .notDelivered,
      let day = referral.withdrawnOn
    else { return }
    let due = AcknowledgementClock.dueOn(withdrawnOn: day)
    withdrawnOn = day.description
    acknowledgementDueOn = due.description
    acknowledgedOn = referral.acknowledgedOn?.description ?? ""
    acknowledgementOverdue = referral.acknowledgedOn == nil && today > due
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
