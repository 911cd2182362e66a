import Foundation
import Messages
import SwiftProtobuf
import WorkerKit

// What goes out by event. It names organisations, and nobody. What was announced before is not announced again.

extension SliceTransaction {
  func announceHeld(_ activity: OutreachActivity, of plan: String) throws {
    guard try !wasAnnounced(activity, of: plan) else { return }
    try emit(
      Recourse_Outreach_V1_ActivityHeld.with {
        $0.plan = plan
        $0.activity = activity.id
        $0.campaign = activity.campaign
        $0.channel = activity.channel
        $0.ward = activity.ward
        $0.heldOn = activity.heldOn
      }, key: EventKey(.plan, plan))
  }

  func announceDistributed(_ distribution: OutreachDistribution, of plan: String) throws {
    guard try !wasAnnounced(distribution, of: plan) else { return }
    try emit(
      Recourse_Outreach_V1_MaterialDistributed.with {
        $0.plan = plan
        $0.distribution = distribution.id
        $0.material = distribution.material
        $0.partner = distribution.partner.organisation
        $0.ward = distribution.ward
        $0.quantity = distribution.distributed
        $0.distributedOn = distribution.distributedOn
      }, key: EventKey(.plan, plan))
  }
}

extension WorkerContext {
  /// Today in Europe/London.
  var today: CalendarDate {
    CalendarDate(ofUnixSeconds: Int64(clock.now.timeIntervalSince1970.rounded(.down)))
  }
}

extension Refusal {
  /// What is wrong with a plan, as the other side of a call is told it.
  init(problem: PlanProblem) {
    self.init(.input, code: problem.code, path: problem.path, message: problem.message)
  }
}
