import CaseModel
import Messages
import ThresholdRules

// What Threshold knows of a case, as `case show` has it.
extension CaseFile {
  var thresholdJSON: JSON {
    guard let threshold else { return .null }
    return .object([
      ("assessment", assessment?.json() ?? .null),
      ("decision", decisionJSON),
      ("pending", pendingJSON),
      ("deferredUntil", .optional(threshold.deferredUntil)),
      ("deferralReason", .optional(threshold.deferralReason)),
      ("information", .list(threshold.information.map(\.json))),
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
    var lines = decisionLines(threshold)
    lines += threshold.appeals.map(\.sentence)
    if !threshold.information.isEmpty { lines.append("") }
    lines += threshold.information.map { "\($0.body) \($0.sentence)" }
    if !threshold.clocks.isEmpty { lines.append("") }
    lines += threshold.clocks.map(\.sentence) + threshold.delays.map(\.sentence)
    if threshold.awaitsConsent { lines += ["", "The applicant has still to consent."] }
    let owed = threshold.notifications.filter(\.notifiedOn.isEmpty).map(\.body)
    if !owed.isEmpty {
      lines += ["", "Still to be told (s.104(3)): \(owed.joined(separator: ", "))."]
    }
    for told in threshold.notifications where !told.notifiedOn.isEmpty {
      lines.append("\(told.body) was told on \(told.notifiedOn.dayInWords).")
    }
    return lines
  }

  private func decisionLines(
    _ threshold: Recourse_Threshold_V1_GetAssessmentResponse
  ) -> [String] {
    var lines: [String] = []
    if threshold.hasDecision {
      let decision = threshold.decision
      let people =
        threshold.officer
        + (threshold.secondOfficer.isEmpty ? "" : " and \(threshold.secondOfficer)")
      let capacity = threshold.capacity.isEmpty ? "" : " (\(threshold.capacity))"
      lines += [
        "",
        "Decided on \(decision.decidedOn.dayInWords) by \(people)\(capacity): "
          + "\(decision.met ? "met" : "not met").",
        "Reason: \(threshold.reason)",
      ]
    }
    if threshold.hasPending { lines += [""] + threshold.pending.waitingLines }
    if !threshold.deferredUntil.isEmpty {
      lines += [
        "", "The decision is put off to \(threshold.deferredUntil.dayInWords).",
        "Reason: \(threshold.deferralReason)",
      ]
    }
    return lines
  }
}
