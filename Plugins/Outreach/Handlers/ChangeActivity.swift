import Messages
import SwiftProtobuf
import WorkerKit

/// Adds an activity to a plan.
struct AddActivity: Sendable {
  let activity: OutreachActivity
  let caller: Caller

  /// - Throws: a `Refusal` if the activity makes no sense, or there is one of its id.
  func apply(to plan: String, in tx: SliceTransaction) throws {
    guard try tx.item(OutreachActivity.self, activity.id, of: plan) == nil else {
      throw Refusal(
        .state, code: "twice", path: "activity.id",
        message: "The plan has, or had, an activity of that id. Give this one another.")
    }
    var whole = try tx.wholePlan(plan) ?? OutreachPlan()
    whole.activities.append(activity)
    do throws(PlanProblem) { try PlanCheck.check(whole.record) } catch {
      throw Refusal(problem: error)
    }
    try whole.checkSize()
    try tx.past(CalendarDate(activity.heldOn), path: "activity.held")
    try tx.add(activity, to: plan)
    try tx.audit("outreach.activity-add", OutreachActivity.self, activity.id, plan, by: caller)
    if !activity.heldOn.isEmpty { try tx.announceHeld(activity, of: plan) }
  }
}

/// Lets an activity go out, in somebody's role.
struct ApproveActivity: Sendable {
  let id: String
  let approver: Recourse_Outreach_V1_Party
  /// Nil for today.
  let day: CalendarDate?
  let caller: Caller

  /// Returns the day of the approval.
  /// - Throws: a `Refusal` if it was approved already, or is over.
  func apply(to plan: String, in tx: SliceTransaction) throws -> CalendarDate {
    let day = try tx.past(day)
    var activity: OutreachActivity = try tx.presentItem(id, of: plan, path: "activity")
    guard activity.approval.on.isEmpty else {
      throw Refusal(
        .state, code: "already-approved", path: "activity",
        message: "It was approved on \(activity.approval.on). It is approved again if it changes.")
    }
    activity.approval = .with {
      $0.organisation = approver.organisation
      $0.role = approver.role
      $0.on = day.description
    }
    try tx.update(activity, of: plan)
    try tx.audit(
      "outreach.activity-approve", OutreachActivity.self, id, plan, by: caller,
      reason: day.description)
    return day
  }
}

/// Says that an activity was held.
struct HoldActivity: Sendable {
  let id: String
  let day: CalendarDate?
  let caller: Caller

  /// Returns the day on which it was held.
  /// - Throws: a `Refusal` if it is known to have been held.
  func apply(to plan: String, in tx: SliceTransaction) throws -> CalendarDate {
    let day = try tx.past(day)
    var activity: OutreachActivity = try tx.presentItem(id, of: plan, path: "activity")
    guard activity.heldOn.isEmpty else {
      throw Refusal(
        .state, code: "already-held", path: "activity",
        message: "It was held on \(activity.heldOn).")
    }
    activity.heldOn = day.description
    try tx.update(activity, of: plan)
    try tx.announceHeld(activity, of: plan)
    try tx.audit(
      "outreach.activity-done", OutreachActivity.self, id, plan, by: caller,
      reason: day.description)
    return day
  }
}

/// Says that a partner has passed a material on.
struct RecordDistribution: Sendable {
  let id: String
  /// Nil for what was planned.
  let quantity: Int?
  let day: CalendarDate?
  let caller: Caller

  /// Returns the day on which it was done.
  /// - Throws: a `Refusal` if that is known already, or nobody says how many.
  func apply(to plan: String, in tx: SliceTransaction) throws -> CalendarDate {
    let day = try tx.past(day)
    var distribution: OutreachDistribution = try tx.presentItem(id, of: plan, path: "distribution")
    guard distribution.distributedOn.isEmpty else {
      throw Refusal(
        .state, code: "already-distributed", path: "distribution",
        message: "It was distributed on \(distribution.distributedOn).")
    }
    guard let count = quantity ?? (distribution.hasQuantity ? Int(distribution.quantity) : nil)
    else {
      throw Refusal(
        .input, code: "missing", path: "quantity",
        message: "The plan does not say how many. Expected \(PlanShape.count.says).")
    }
    guard count <= PlanLimits.count else {
      throw Refusal(
        .input, code: "unexpected", path: "quantity",
        message: "Expected \(PlanShape.count.says).")
    }
    distribution.distributed = UInt64(count)
    distribution.distributedOn = day.description
    try tx.update(distribution, of: plan)
    try tx.announceDistributed(distribution, of: plan)
    try tx.audit(
      "outreach.distribute", OutreachDistribution.self, id, plan, by: caller,
      reason: "\(count) on \(day)")
    return day
  }
}

extension SliceTransaction {
  /// A day on which something happened: today, if none is given.
  /// - Parameter path: what the request calls it.
  /// - Throws: a `Refusal` for a day to come.
  @discardableResult
  func past(_ day: CalendarDate?, path: String = "on") throws -> CalendarDate {
    let day = day ?? today
    guard day <= today else {
      throw Refusal(
        .input, code: "day-to-come", path: path,
        message: "\(day) is still to come; expected \(today) or a day before.")
    }
    return day
  }

  /// Writes down what was done with an entry. No text of the plan stands there.
  func audit<Item: PlanItem>(
    _ action: String, _: Item.Type, _ id: String, _ plan: String, by caller: Caller,
    reason: String = ""
  ) throws {
    try audit(
      actor: caller.principal, action: action,
      subject: "plan/\(plan)/\(Item.kind.rawValue)/\(id)", reason: reason)
  }
}

extension SliceReader {
  /// An entry that the plan has.
  /// - Parameter path: what the request calls it.
  /// - Throws: a `Refusal` if there is none.
  func presentItem<Item: PlanItem>(
    _ id: String, of plan: String, path: String
  ) throws -> Item {
    let kept = try item(Item.self, id, of: plan)
    guard let kept, kept.goneSince == nil else {
      let known: [KeptItem<Item>] = try items(of: plan)
      let list = known.filter { $0.goneSince == nil }.map(\.item.id).joined(separator: ", ")
      let gone = kept == nil ? "" : " any more"
      throw Refusal(
        .notFound, code: "unknown-\(path)", path: path,
        message: "The plan has no such \(path)\(gone)"
          + (list.isEmpty ? "." : "; it has: \(list)."))
    }
    return kept.item
  }
}
