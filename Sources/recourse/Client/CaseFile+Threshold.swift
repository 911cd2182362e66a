import CaseModel
import Messages
import ThresholdRules

// What Threshold knows of a case, as `case show` has it.
extension CaseFile {
  var thresholdJSON: JSON {
    guard let threshold else { return .null }
    return .object([
      ("assessment", assessment?.json(again) ?? .null),
      ("decision", decisionJSON),
      ("pending", pendingJSON),
      ("deferredUntil", .optional(threshold.deferredUntil)),
      ("deferralReason", .optional(threshold.deferralReason)),
      ("information", .list(threshold.information.map(\.json))),
      ("findings", .list(threshold.findings.map(\.json))),
      ("appeals", .list(threshold.appeals.map(\.json))),
      ("clocks", .list(threshold.clocks.map(\.json))),
      ("delays", .list(threshold.delays.map(\.json))),
      ("awaitsConsent", .bool(threshold.awaitsConsent)),
      (
        "notifications",
        .list(
          threshold.notifications.map {
            .object([("body", .text($0.body)), ("notifiedOn", .optional($0.notifiedOn))])
          })
      ),
    ])
  }

  var decisionJSON: JSON {
    guard let threshold, threshold.hasDecision else { return .null }
    return .object(
      threshold.decision.fields + [
        ("officer", .text(threshold.officer)), ("capacity", .optional(threshold.capacity)),
        ("secondOfficer", .optional(threshold.secondOfficer)), ("reason", .text(threshold.reason)),
      ])
  }

  /// What waits for a second signature.
  private var pendingJSON: JSON {
    guard let threshold, threshold.hasPending else { return .null }
    return threshold.pending.json
  }

  func thresholdLines(
    _ threshold: Recourse_Threshold_V1_GetAssessmentResponse
  ) -> [String] {
    var lines = threshold.decisionLines
    if !threshold.findings.isEmpty { lines.append("") }
    lines += threshold.findings.map(\.sentence) + threshold.appeals.map(\.sentence)
    if !threshold.information.isEmpty { lines.append("") }
    lines += threshold.information.map { "\($0.body) \($0.sentence)" }
    if !threshold.clocks.isEmpty { lines.append("") }
    lines += threshold.clocks.map(\.sentence) + threshold.delays.map(\.sentence)
    if threshold.awaitsConsent {
      lines += ["", "A consent is waited for without which a review cannot be run."]
    }
    let owed = threshold.notifications.filter(\.notifiedOn.isEmpty).map(\.body)
    if !owed.isEmpty {
      lines += ["", "Still to be told (s.104(3)): \(owed.joined(separator: ", "))."]
    }
    for told in threshold.notifications where !told.notifiedOn.isEmpty {
      lines.append("\(told.body) was told on \(told.notifiedOn.dayInWords).")
    }
    return lines
  }
}

extension Recourse_Threshold_V1_GetAssessmentResponse {
  /// What was decided or waits to be, by whom and in what capacity; with an empty line before each.
  var decisionLines: [String] {
    var lines: [String] = []
    if hasDecision {
      let people = officer + (secondOfficer.isEmpty ? "" : " and \(secondOfficer)")
      lines += [
        "",
        "Decided on \(decision.decidedOn.dayInWords) by \(people) (\(capacity.orNotOnRecord)): "
          + "\(decision.met ? "met" : "not met").",
        "Reason: \(reason)",
      ]
    }
    if hasPending { lines += [""] + pending.waitingLines }
    if !deferredUntil.isEmpty {
      lines += [
        "", "The decision is put off to \(deferredUntil.dayInWords).", "Reason: \(deferralReason)",
      ]
    }
    return lines
  }
}

extension Recourse_Threshold_V1_BodyFinding {
  var json: JSON {
    .object([
      ("complaint", .number(Int(finding.complaint))), ("body", .text(body)),
      ("standing", .text(Naming.name(of: finding.standing))),
      ("behaviourDate", .optional(finding.behaviourDate)),
      ("behaviourDateTo", .optional(finding.behaviourDateTo)),
      ("complaintDate", .optional(finding.complaintDate)),
      ("complaintDateTo", .optional(finding.complaintDateTo)),
    ])
  }

  /// Such as "police confirms complaint 1; on record: report on 20 February 2026."
  var sentence: String {
    let says =
      switch finding.standing {
      case .bodyConfirms: "confirms complaint \(finding.complaint + 1)"
      case .bodyDisputes: "disputes complaint \(finding.complaint + 1)"
      default: "does not know of complaint \(finding.complaint + 1)"
      }
    let days = [
      Self.days("behaviour", finding.behaviourDate, finding.behaviourDateTo),
      Self.days("report", finding.complaintDate, finding.complaintDateTo),
    ].compactMap(\.self)
    return "\(body) \(says)"
      + (days.isEmpty ? "." : "; on record: \(days.joined(separator: ", ")).")
  }

  private static func days(_ what: String, _ first: String, _ last: String) -> String? {
    guard !first.isEmpty else { return nil }
    return last.isEmpty
      ? "\(what) on \(first.dayInWords)"
      : "\(what) between \(first.dayInWords) and \(last.dayInWords)"
  }
}
