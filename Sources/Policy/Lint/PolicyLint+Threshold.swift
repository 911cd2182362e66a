import CaseModel

extension PolicyLint {
  /// s.104(4) and the periods of s.104(11).
  mutating func lookAtThreshold() {
    let (rule, act) = (pack.mandatory, MandatoryRule())
    if rule.required > MandatoryRule.requiredLimit {
      find(
        .requiredAboveThree, "mandatory.required",
        "The procedure requires \(rule.required) complaints; the Act allows three at most.")
    }
    if Self.isShorter(rule.complaintWindow, than: act.complaintWindow) {
      find(
        .complaintWindowShorter, "mandatory.complaintWindow",
        "The time to complain, \(Self.words(rule.complaintWindow)), is shorter than the Act's own month."
      )
    }
    if Self.isShorter(rule.applicationWindow, than: act.applicationWindow) {
      find(
        .applicationWindowShorter, "mandatory.applicationWindow",
        "The time to apply, \(Self.words(rule.applicationWindow)), is shorter than the Act's own six months."
      )
    }
    switch pack.procedure.dedupe {
    case .sameComplainantSameIncident: break
    case .sameIncident:
      find(
        .dedupeBeyondOneIncident, "dedupe",
        "Reports by different people of one incident are taken as one; each person's complaint counts."
      )
    case .sameComplainantSameDay:
      find(
        .dedupeBeyondOneIncident, "dedupe",
        "One person's reports on one day are taken as one; each incident's complaint counts.")
    }
  }

  /// s.104(11): a complaint made to any relevant body counts (s.105).
  mutating func lookAtRecipients() {
    let (recipients, bodies) = (pack.procedure.recipients, pack.bodies.map(\.kind))
    guard !recipients.isEmpty else { return }
    let leftOut = RelevantBody.Kind.allCases.filter {
      bodies.contains($0) && !recipients.contains($0)
    }
    guard !leftOut.isEmpty else { return }
    find(
      .recipientsLeaveOutBody, "recipients",
      "Reports to these relevant bodies are not recognised: "
        + "\(leftOut.map(\.rawValue).joined(separator: ", ")); for s.104(4) a complaint to any of them counts."
    )
  }

  /// Compared over the shortest and the longest months, so that neither hides it.
  static func isShorter(_ window: Period, than other: Period) -> Bool {
    let limits = 1...Period.amountLimit
    guard limits.contains(window.amount), limits.contains(other.amount) else { return false }
    return ["2026-02-01", "2026-07-01"].compactMap(CalendarDate.init).contains {
      window.lastDay(beginningWith: $0) < other.lastDay(beginningWith: $0)
    }
  }

  /// Such as `7 days`.
  static func words(_ period: Period) -> String { "\(period.amount) \(period.unit.rawValue)" }

  mutating func lookAtCaveats() {
    for (index, caveat) in pack.caveats.enumerated() {
      let isAlone = pack.caveats.count { $0.kind == caveat.kind } == 1
      let path = isAlone ? "caveats.\(caveat.kind.rawValue)" : "caveats[\(index)]"
      if caveat.route == .mandatory {
        find(.caveatOnMandatory, path, caveat.kind.whyNotOnMandatory)
      } else {
        find(
          .caveatDiscouraged, path,
          "The condition “\(caveat.kind.plainName)” narrows a route of the area's own; the guidance asks "
            + "to consider such conditions carefully.")
      }
    }
  }
}

extension Caveat.Kind {
  /// Why the Act has no room for it on s.104(4).
  fileprivate var whyNotOnMandatory: String {
    switch self {
    case .caseClosed:
      "The procedure waits until the case is closed; s.104(4) gives the review while it is open as well."
    case .noActionTaken:
      "The procedure asks that no action was taken; s.104(4) counts complaints, not what was done about them."
    case .furtherActions:
      "The procedure asks that further actions are available; s.104(4) leaves to the review what can be done."
    case .stillContinuing:
      "The procedure asks that the behaviour goes on; s.104(4) counts complaints within its periods, whether it does or not."
    case .resolved:
      "The procedure leaves out cases that have been resolved; s.104(4) does not ask what came of them."
    case .withinLastMonth:
      "The procedure asks for a complaint in the last month; s.104(4) counts all within its periods alike."
    case .singleAgency:
      "The procedure refuses where all complaints went to one body; for s.104(4) one body is enough."
    case .diarySheets:
      "The procedure leaves out diary sheets; for s.104(4) what a body was told counts, in whatever form."
    case .shorterWindow:
      "The procedure shortens the time by a condition; for s.104(4) only the periods under mandatory hold."
    case .otherHousehold:
      "The procedure asks that another household behaves so; s.104(4) does not ask who it is."
    case .vexatious:
      "The procedure shuts out what it holds to be vexatious; s.104(4) has no such bar."
    case .tenancyOnly:
      "The procedure shuts out matters of tenancy; s.104(4) asks only whether it is anti-social behaviour."
    case .complaintRunning:
      "The procedure waits for a complaint about a body to end; s.104(4) does not wait."
    case .anonymous:
      "The procedure takes no request without a name; s.104(4) counts complaints, whoever asks: a name can be kept confidential instead."
    case .distressOnly:
      "The procedure asks each complaint to show distress; s.104(4) counts them, and behaviour is judged as a whole."
    case .incompleteForm:
      "The procedure refuses incomplete forms; for s.104(4) a form is completed with the applicant."
    }
  }
}
