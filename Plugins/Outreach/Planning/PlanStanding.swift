import Messages
import SwiftProtobuf
import WorkerKit

typealias OutreachFinding = Recourse_Outreach_V1_PlanFinding

/// What somebody must see to in a plan, on a day.
struct PlanStanding: Sendable {
  let plan: OutreachPlan
  let today: CalendarDate

  /// Days ahead in which something is due.
  static let dueDays = 14
  /// Days ahead in which the renewal of a pledge is due: bodies need to meet about it.
  static let renewalDays = 90

  /// In the order of the plan.
  var findings: [OutreachFinding] {
    plan.activities.flatMap(findings) + plan.events.flatMap(findings)
      + plan.distributions.flatMap(findings) + plan.pledges.flatMap(findings)
  }

  private func findings(_ activity: OutreachActivity) -> [OutreachFinding] {
    guard activity.heldOn.isEmpty else { return [] }
    var findings = timing(of: activity.date, PlanItemKind.activity, activity.id)
    if activity.approval.on.isEmpty {
      findings.append(finding(.waitsForApproval, .activity, activity.id, on: activity.date))
    }
    return findings
  }

  private func findings(_ event: OutreachEvent) -> [OutreachFinding] {
    guard event.cancelledOn.isEmpty, let day = CalendarDate(event.date), day >= today
    else { return [] }
    let about = event.date
    return event.guests.compactMap { guest in
      guard guest.cancelledOn.isEmpty else { return nil }
      let kind: OutreachFinding.Kind
      if guest.invitedOn.isEmpty {
        kind = .notInvited
      } else if guest.sequence < event.sequence {
        kind = .invitationOutdated
      } else if guest.answer == .unspecified {
        kind = .notAnswered
      } else {
        return nil
      }
      return finding(kind, .event, event.id, part: guest.id, on: about)
    }
  }

  private func findings(_ distribution: OutreachDistribution) -> [OutreachFinding] {
    guard distribution.distributedOn.isEmpty else { return [] }
    return timing(of: distribution.date, .distribution, distribution.id)
  }

  private func findings(_ pledge: OutreachPledge) -> [OutreachFinding] {
    let renewal = timing(
      of: pledge.renewBy, .pledge, pledge.id, days: Self.renewalDays,
      late: .renewalLate, due: .renewalDue)
    let unproven = pledge.commitments.filter(\.evidence.isEmpty)
    return renewal + unproven.map { finding(.noEvidence, .pledge, pledge.id, part: $0.id, on: "") }
  }

  /// Late the day after, due from some days before. What has no day is neither.
  private func timing(
    of date: String, _ item: PlanItemKind, _ id: String, days: Int = dueDays,
    late: OutreachFinding.Kind = .late, due: OutreachFinding.Kind = .due
  ) -> [OutreachFinding] {
    guard let day = CalendarDate(date) else { return [] }
    if day < today { return [finding(late, item, id, on: date)] }
    return day <= today.adding(days: days) ? [finding(due, item, id, on: date)] : []
  }

  private func finding(
    _ kind: OutreachFinding.Kind, _ item: PlanItemKind, _ id: String, part: String = "", on: String
  ) -> OutreachFinding {
    .with {
      $0.kind = kind
      $0.item = item.rawValue
      $0.id = id
      $0.part = part
      $0.on = on
    }
  }
}

/// The kinds of entries in a plan that have a fate of their own.
enum PlanItemKind: String, Sendable, CaseIterable {
  case campaign, activity, event, distribution, pledge
}
