import Messages
import SwiftProtobuf
import WorkerKit

/// Takes a plan in: what is planned replaces what was, what happened stays.
struct TakePlan: Sendable {
  private let plan: OutreachPlan
  private let prunes: Bool
  private let isTrial: Bool
  private let caller: Caller

  /// - Throws: a `Refusal` if it makes no sense, or is too large.
  init(_ request: Recourse_Outreach_V1_ImportPlanRequest, by caller: Caller) throws {
    do throws(PlanProblem) { try PlanCheck.check(request.plan.record) } catch {
      throw Refusal(problem: error)
    }
    plan = request.plan
    prunes = request.prune
    isTrial = request.dryRun
    self.caller = caller
    try plan.checkSize()
  }

  /// Returns what changed, or would change.
  func apply(in tx: SliceTransaction) throws -> Recourse_Outreach_V1_ImportPlanResponse {
    let before = try tx.planHead(plan.id)
    var changes = try keepHead(in: tx, known: before)
    changes += try keep(plan.campaigns, in: tx).changes
    let activities = try keep(plan.activities, in: tx)
    changes += activities.changes
    changes += try keep(plan.events, in: tx) { events in
      if let before, before.organiser != plan.organiser { events.organiserChanged() }
    }.changes
    let distributions = try keep(plan.distributions, in: tx)
    changes += distributions.changes
    changes += try keep(plan.pledges, in: tx).changes
    try checkDays(activities.added, distributions.added, in: tx)
    if !isTrial {
      try checkGone(in: tx)
      try tell(activities.added, distributions.added, changes, in: tx)
    }
    return .with { $0.changes = changes }
  }

  /// What is announced has happened.
  /// - Throws: a `Refusal` where a day is still to come.
  private func checkDays(
    _ activities: [OutreachActivity], _ distributions: [OutreachDistribution],
    in tx: SliceTransaction
  ) throws {
    for activity in activities {
      try tx.past(CalendarDate(activity.heldOn), path: "activities.\(activity.id).held")
    }
    for one in distributions {
      try tx.past(
        CalendarDate(one.distributedOn), path: "distributions.\(one.id).distributed-on")
    }
  }

  private func checkGone(in tx: SliceTransaction) throws {
    let count = try tx.goneItems(of: plan.id).count
    guard count <= PlanLimits.gone else {
      throw Refusal(
        .state, code: "too-many-gone",
        message:
          "\(count) entries would be kept that the plan no longer has; \(PlanLimits.gone) are. "
          + "Take it in with --prune, which removes them.")
    }
  }

  private func keepHead(
    in tx: SliceTransaction, known: OutreachPlan?
  ) throws -> [OutreachChange] {
    var head = plan
    head.campaigns = []
    head.activities = []
    head.events = []
    head.distributions = []
    head.pledges = []
    if known == head { return [] }
    if known == nil, try tx.planIDs().count >= PlanLimits.plans {
      throw Refusal(
        .state, code: "too-many-plans",
        message: "There are \(PlanLimits.plans) plans; more are not kept.")
    }
    if !isTrial { try tx.keepHead(head) }
    return [
      .with {
        $0.kind = known == nil ? .added : .changed
        $0.item = "plan"
        $0.id = plan.id
        $0.fields = known.map { head.record.differences(from: $0.record) } ?? []
      }
    ]
  }

  private func keep<Item: PlanItem>(
    _ items: [Item], in tx: SliceTransaction, then: (inout PlanImport<Item>) -> Void = { _ in }
  ) throws -> PlanImport<Item> {
    let known: [KeptItem<Item>] = try tx.items(of: plan.id)
    var taken = PlanImport(items, over: known, on: tx.today, prunes: prunes)
    then(&taken)
    if !isTrial {
      for item in taken.removed { try tx.remember(item, of: plan.id) }
    }
    if !isTrial, taken.items != known { try tx.keepItems(taken.items, of: plan.id) }
    return taken
  }

  /// Announces what the plan says has happened with entries that are new, and writes down that it was taken in.
  private func tell(
    _ activities: [OutreachActivity], _ distributions: [OutreachDistribution],
    _ changes: [OutreachChange], in tx: SliceTransaction
  ) throws {
    for activity in activities where !activity.heldOn.isEmpty {
      try tx.announceHeld(activity, of: plan.id)
    }
    for distribution in distributions where !distribution.distributedOn.isEmpty {
      try tx.announceDistributed(distribution, of: plan.id)
    }
    guard !changes.isEmpty else { return }
    try tx.audit(
      actor: caller.principal, action: "outreach.import", subject: "plan/\(plan.id)",
      reason: "\(changes.count) changes" + (prunes ? ", pruned" : ""))
  }
}

extension Recourse_Outreach_V1_Plan {
  /// - Throws: a `Refusal` if it is too large to be answered with.
  func checkSize() throws {
    let bytes: [UInt8] = try serializedBytes()
    guard bytes.count <= PlanLimits.bytes else {
      throw Refusal(
        .input, code: "too-large",
        message: "The plan has \(bytes.count) bytes; \(PlanLimits.bytes) at most are expected.")
    }
  }
}
