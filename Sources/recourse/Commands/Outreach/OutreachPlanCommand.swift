import ArgumentParser
import Messages
import Outreach

extension OutreachCommand {
  /// `recourse outreach plan`: how a plan stands.
  struct Plan: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "plan",
      abstract: "Show a plan: what is late, what is due, what waits for approval.",
      discussion: """
        Something is due within 14 days, the renewal of a pledge within 90; late is what should have been by yesterday \
        and is not done. What has no day is neither.

        Example: recourse outreach plan
        """)

    @OptionGroup var call: OutreachCall

    func run() async throws {
      let response = try await call.current()
      if call.output.json {
        Output.line(response.json)
      } else {
        response.print()
      }
    }
  }
}

extension Recourse_Outreach_V1_GetPlanResponse {
  fileprivate var json: JSON {
    .object([
      ("plan", PlanFileWriter.json(OutreachPlanFile.record(plan))),
      ("today", .text(today)),
      (
        "findings",
        .list(
          findings.map {
            .object([
              ("finding", .text($0.name)), ("item", .text($0.item)), ("id", .text($0.id)),
              ("part", .optional($0.part)), ("on", .optional($0.on)),
            ])
          })
      ),
      (
        "gone",
        .list(
          gone.map {
            .object([
              ("item", .text($0.item)), ("id", .text($0.id)), ("since", .text($0.since)),
            ])
          })
      ),
    ])
  }

  fileprivate func print() {
    Output.line("\(plan.title) (\(plan.id)), on \(today)")
    if !plan.activities.isEmpty {
      Output.line("")
      var table = Table("ACTIVITY", "CHANNEL", "DATE", "OWNER", "STATE")
      for activity in plan.activities {
        table.add(
          activity.id, activity.channelWord, activity.date.orUnknown,
          activity.owner.organisation.orUnknown, activity.state)
      }
      table.print()
    }
    if !plan.events.isEmpty {
      Output.line("")
      var table = Table("EVENT", "DATE", "PLACE", "GUESTS", "ANSWERS")
      for event in plan.events {
        table.add(
          event.id, event.date.orUnknown, event.place.orUnknown, "\(event.guests.count)",
          event.answers)
      }
      table.print()
    }
    if !plan.distributions.isEmpty {
      Output.line("")
      var table = Table("DISTRIBUTION", "MATERIAL", "PARTNER", "DATE", "STATE")
      for one in plan.distributions {
        table.add(
          one.id, one.material, one.partner.organisation, one.date.orUnknown,
          one.distributedOn.isEmpty
            ? "planned" : "\(one.distributed) handed out on \(one.distributedOn)")
      }
      table.print()
    }
    if !plan.pledges.isEmpty {
      Output.line("")
      var table = Table("PLEDGE", "SIGNATORIES", "COMMITMENTS", "RENEW BY")
      for pledge in plan.pledges {
        table.add(
          pledge.id, "\(pledge.signatories.count)", "\(pledge.commitments.count)",
          pledge.renewBy.orUnknown)
      }
      table.print()
    }
    Output.line("")
    for finding in findings { Output.line(finding.sentence) }
    if findings.isEmpty { Output.line("Nothing is late, due or waiting.") }
    for item in gone {
      Output.line("\(item.item) \(item.id): no longer in the plan since \(item.since)")
    }
  }
}

extension String {
  fileprivate var orUnknown: String { isEmpty ? "-" : self }
}

extension Recourse_Outreach_V1_Activity {
  fileprivate var channelWord: String {
    Recourse_Outreach_V1_Channel.words.first { $0.1 == channel }?.0 ?? "-"
  }

  fileprivate var state: String {
    if !heldOn.isEmpty { return "held on \(heldOn)" }
    return approval.on.isEmpty ? "planned" : "approved on \(approval.on)"
  }
}

extension Recourse_Outreach_V1_Event {
  fileprivate var answers: String {
    if !cancelledOn.isEmpty { return "cancelled on \(cancelledOn)" }
    let counts = Recourse_Outreach_V1_Answer.words.compactMap { word, answer -> String? in
      let count = guests.filter { $0.answer == answer }.count
      return count == 0 ? nil : "\(count) \(word)"
    }
    return counts.isEmpty ? "-" : counts.joined(separator: ", ")
  }
}

extension Recourse_Outreach_V1_PlanFinding {
  fileprivate var name: String {
    switch kind {
    case .late: "late"
    case .due: "due"
    case .waitsForApproval: "waits-for-approval"
    case .notInvited: "not-invited"
    case .notAnswered: "not-answered"
    case .invitationOutdated: "invitation-outdated"
    case .renewalLate: "renewal-late"
    case .renewalDue: "renewal-due"
    case .noEvidence: "no-evidence"
    case .unspecified, .UNRECOGNIZED: ""
    }
  }

  fileprivate var sentence: String {
    switch kind {
    case .late: "LATE: \(item) \(id) was planned for \(on)"
    case .due: "DUE: \(item) \(id) on \(on)"
    case .waitsForApproval: "WAITS FOR APPROVAL: \(item) \(id)"
    case .notInvited: "NOT INVITED: \(part) to \(id) on \(on)"
    case .notAnswered: "NO ANSWER: \(part) to \(id) on \(on)"
    case .invitationOutdated: "INVITE AGAIN: \(part) to \(id), which has changed"
    case .renewalLate: "LATE: \(item) \(id) was to be renewed by \(on)"
    case .renewalDue: "DUE: \(item) \(id) is to be renewed by \(on)"
    case .noEvidence: "NO EVIDENCE: \(part) of \(item) \(id)"
    case .unspecified, .UNRECOGNIZED: "\(item) \(id)"
    }
  }
}
